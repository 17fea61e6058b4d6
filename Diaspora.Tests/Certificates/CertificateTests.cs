using Diaspora.Domain.Certificates;
using Diaspora.Domain.Payments;
using Diaspora.Tests.Payments;
using Diaspora.Tests.Storage;
using Diaspora.Web.Certificates;
using Microsoft.AspNetCore.DataProtection;
using static Diaspora.Tests.Payments.MoneySetup;
using static Diaspora.Tests.Payments.PaymentSetup;

namespace Diaspora.Tests.Certificates;

/// <summary>Certificates of payment on a real file: what stands on one, who may have it, and what its code says afterwards.</summary>
public sealed class CertificateTests : IAsyncLifetime
{
    private readonly TestDatabase _database = new();
    private readonly CertificateStamp _stamp = new(new EphemeralDataProtectionProvider());
    private Actor _cashier = null!;
    private Actor _member = null!;

    public async ValueTask InitializeAsync()
    {
        await _database.InitializeAsync();
        _cashier = await _database.AddCashierAsync("Лейла Исмаилова");
        _member = await _database.AddAsync("Алиев Рашад", joinedOn: "2025-12-01");
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private CertificateService Certificates => _database.Get<CertificateService>();

    [Fact]
    public async Task Own_AYear_HasItsConfirmedMonthsAlone()
    {
        await _database.ConfirmAsync(_cashier, await _database.StartAsync(_member, "2025-12", "2026-01", "2026-02"));
        await _database.RejectAsync(_cashier, await _database.StartAsync(_member, "2026-03"));
        await _database.StartAsync(_member, "2026-04");

        var certificate = await Certificates.OwnAsync(_member, CertificateSubject.Of(2026));

        Assert.Equal([new Period(2026, 1), new Period(2026, 2)], certificate.Months);
        Assert.Equal((new Money(4000), new DateOnly(2026, 3, 8), "Алиев Рашад"), (certificate.Total, certificate.IssuedOn, certificate.MemberName));
        Assert.Equal(new DateOnly(2026, 3, 8), certificate.Lines[0].PaidOn);
    }

    [Fact]
    public async Task Own_ATransferOverTwoYears_HasAllItsMonths()
    {
        var intent = await _database.StartAsync(_member, "2025-12", "2026-01");
        await _database.ConfirmAsync(_cashier, intent);
        Assert.Equal([new Period(2025, 12), new Period(2026, 1)], (await Certificates.OwnAsync(_member, CertificateSubject.Of(intent))).Months);
    }

    [Fact]
    public async Task Own_NothingPaidOrSomebodyElses_IsNotFound()
    {
        var stranger = await _database.AddAsync("Гасанова Айтен");
        var intent = await _database.StartAsync(_member, "2026-01");
        await NotFoundAsync(() => Certificates.OwnAsync(_member, CertificateSubject.Of(intent)));
        await _database.ConfirmAsync(_cashier, intent);
        await NotFoundAsync(() => Certificates.OwnAsync(stranger, CertificateSubject.Of(intent)));
        await NotFoundAsync(() => Certificates.OwnAsync(stranger, CertificateSubject.Of(2026)));
    }

    /// <summary>A transfer that paid months of two is two certificates: each names its own member's months alone.</summary>
    [Fact]
    public async Task OfMember_ATransferForTwo_NamesOnlyThatMembersMonths()
    {
        var sister = await _database.AddAsync("Алиева Нигяр", joinedOn: "2026-01-01");
        var intent = await _database.RecordAsync(_cashier, Cash(_member, 4000, [.. _member.Of("2026-01"), .. sister.Of("2026-02")]));

        var number = (await Certificates.OwnAsync(sister, CertificateSubject.Of(intent))).MemberNumber;
        var certificate = await Certificates.OfMemberAsync(_cashier, number, CertificateSubject.Of(intent));
        Assert.Equal(("Алиева Нигяр", new Money(2000)), (certificate.MemberName, certificate.Total));
        Assert.Equal([new Period(2026, 2)], certificate.Months);
    }

    [Fact]
    public async Task Check_AfterARefund_NamesTheMonthThatCameBack()
    {
        await _database.RecordAsync(_cashier, Cash(_member, 4000, _member.Of("2026-01", "2026-02")));
        var mark = _stamp.Read(_stamp.Write((await Certificates.OwnAsync(_member, CertificateSubject.Of(2026))).Mark))!;
        Assert.True((await Certificates.CheckAsync(mark))!.IsValid);

        await _database.RefundAsync(_cashier, (await _database.HistoryAsync(_member)).Single(row => row.Period == new Period(2026, 2)));
        var check = (await Certificates.CheckAsync(mark))!;
        Assert.Equal([new Period(2026, 2)], check.Returned);

        // Paid anew by another transfer: the year's certificate holds again, since it is about the months.
        await _database.ConfirmAsync(_cashier, await _database.StartAsync(_member, "2026-02"));
        Assert.True((await Certificates.CheckAsync(mark))!.IsValid);
    }

    [Fact]
    public async Task Check_ATransferThatWasUndone_HoldsNoMoreThoughAnotherPaidTheMonth()
    {
        var intent = await _database.StartAsync(_member, "2026-01");
        await _database.ConfirmAsync(_cashier, intent);
        var mark = (await Certificates.OwnAsync(_member, CertificateSubject.Of(intent))).Mark;
        await _database.RefundAsync(_cashier, Assert.Single(await _database.HistoryAsync(_member)));
        await _database.ConfirmAsync(_cashier, await _database.StartAsync(_member, "2026-01"));
        Assert.Equal([new Period(2026, 1)], (await Certificates.CheckAsync(mark))!.Returned);
    }

    [Fact]
    public async Task Check_AMemberWhomNobodyKnows_SaysNothing() =>
        Assert.Null(await Certificates.CheckAsync(new CertificateMark(Guid.NewGuid(), null, [new Period(2026, 1)], new Money(2000), new DateOnly(2026, 3, 8))));

    [Fact]
    public void Stamp_AnyCharacterChanged_IsNotRead()
    {
        var mark = new CertificateMark(Guid.NewGuid(), Guid.NewGuid(), [.. Period.Range(new Period(2024, 1), new Period(2026, 12))], new Money(72_000), new DateOnly(2026, 3, 8));
        var code = _stamp.Write(mark);
        var read = _stamp.Read(code)!;
        Assert.Equal((mark.MemberId, mark.IntentId, mark.Total, mark.IssuedOn), (read.MemberId, read.IntentId, read.Total, read.IssuedOn));
        Assert.Equal(mark.Months, read.Months);
        Assert.All(Enumerable.Range(0, code.Length - 1), place => Assert.Null(_stamp.Read(code[..place] + (code[place] == 'A' ? 'B' : 'A') + code[(place + 1)..])));
        Assert.Null(_stamp.Read(new CertificateStamp(new EphemeralDataProtectionProvider()).Write(mark)));
        Assert.All(["", "x", new string('A', 5000), code[..^8], "ы"], text => Assert.Null(_stamp.Read(text)));
    }
}
