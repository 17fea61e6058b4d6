using System.Globalization;
using Diaspora.Domain.Kaspi;
using Diaspora.Domain.Members;
using Diaspora.Domain.Payments;
using Diaspora.Tests.Members.Duplicates;
using Diaspora.Tests.Payments;
using Diaspora.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using static Diaspora.Tests.Payments.MoneySetup;

namespace Diaspora.Tests.Kaspi;

/// <summary>The bank's calls on a real file: each books once, and no tenge is lost.</summary>
public sealed class BillerServiceTests : IAsyncLifetime
{
    private readonly TestDatabase _database = new();
    private Actor _member = null!;
    private string _account = "";

    public async ValueTask InitializeAsync()
    {
        await _database.InitializeAsync();
        _member = await _database.AddAsync("Алиев Рашад");
        _account = await _database.NumberOfAsync(_member);
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Pay_WhatTheIntentAsksFor_ConfirmsItInTheBanksName()
    {
        var intentId = await _database.StartAsync(_member, "2026-03", "2026-04");

        var answer = await _database.PayAsync(1, _account, "4000.00", "20260307235959");

        Assert.Matches("""^{"txn_id":"1","prv_txn":"(\d{1,20})","prv_txn_id":"\1","result":0,"sum":"4000.00","comment":""}$""", answer);
        Assert.Equal("2026-03 Confirmed, 2026-04 Confirmed", await _database.MonthsAsync(_member));
        await using var context = _database.Context();
        var evidence = Assert.Single(await context.Evidence.ToListAsync());
        Assert.Equal((EvidenceSource.Biller, new DateOnly(2026, 3, 7), new TimeOnly(23, 59, 59), 400_000L, "1"), (evidence.Source, evidence.On, evidence.At!.Value, evidence.Tiyn, evidence.Operation));
        Assert.Equal(intentId, Assert.Single(await context.Matches.ToListAsync()).IntentId);
        Assert.All(await context.AuditEntries.Where(entry => entry.Action == AuditAction.PaymentConfirmed || entry.Action == AuditAction.EvidenceReceived).ToListAsync(),
            entry => Assert.Equal((null, null, BillerService.Name), (entry.ActorId, entry.Ip, entry.UserAgent)));
        Assert.Contains(_database.Feed.Changes, change => change is PaymentsChanged changed && changed.IntentId == intentId);
    }

    [Fact]
    public async Task Pay_TheSameNumberAgain_GetsTheStoredAnswerWhateverElseItSays()
    {
        var first = await _database.PayAsync(1, _account, "2000.00");
        Assert.Equal(first, await _database.PayAsync(1, _account, "2000.00"));
        Assert.Equal(first, await _database.PayAsync(1, "00000000", "777.00", "20200101000000"));
        Assert.Equal((1, 1), await _database.EvidenceAsync());
        Assert.Equal("2026-03 Confirmed", await _database.MonthsAsync(_member));
    }

    [Theory]
    [InlineData("2000.00", "2026-03 Confirmed, 2026-04 Rejected", 0)]
    [InlineData("1500.00", "2026-03 Rejected, 2026-04 Rejected", 1500)]
    [InlineData("6500.99", "2026-03 Confirmed, 2026-04 Confirmed, 2026-05 Confirmed", 500)]
    public async Task Pay_AnotherSumThanTheOnlyIntent_SettlesItWithTheSum(string sum, string months, long credit)
    {
        await _database.StartAsync(_member, "2026-03", "2026-04");
        await _database.PayAsync(1, _account, sum);
        Assert.Equal(months, await _database.MonthsAsync(_member));
        Assert.Equal(credit, await _database.CreditAsync(_member));
    }

    [Fact]
    public async Task Pay_WithSeveralIntents_TakesTheOneOfThatSum()
    {
        await _database.StartAsync(_member, "2026-03", "2026-04");
        await _database.StartAsync(_member, "2026-05");
        await _database.PayAsync(1, _account, "2000.00");
        Assert.Equal("2026-03 Pending, 2026-04 Pending, 2026-05 Confirmed", await _database.MonthsAsync(_member));

        // No intent has this sum, one waits: it is settled with it.
        await _database.PayAsync(2, _account, "2000.00");
        Assert.Equal("2026-03 Confirmed, 2026-04 Rejected, 2026-05 Confirmed", await _database.MonthsAsync(_member));
    }

    [Fact]
    public async Task Pay_WithoutAnIntent_BooksTheOldestMonthsAndKeepsTheRest()
    {
        await _database.PayAsync(1, _account, "5000.00");
        Assert.Equal("2026-03 Confirmed, 2026-04 Confirmed", await _database.MonthsAsync(_member));
        Assert.Equal(1000, await _database.CreditAsync(_member));
    }

    [Fact]
    public async Task Pay_ForTheBlocked_IsTheirCredit()
    {
        var admin = await _database.AddAdminAsync();
        await _database.Get<MemberService>().BlockAsync(admin, _member.MemberId!.Value, new BlockMemberForm { Reason = "спам" });
        Assert.Contains("\"result\":0", await _database.PayAsync(1, _account, "2000.00"), StringComparison.Ordinal);
        Assert.Equal(2000, await _database.CreditAsync(_member));
    }

    [Fact]
    public async Task Pay_MoreThanAllMonthsThatCanBePaid_KeepsTheRest()
    {
        await _database.PayAsync(1, _account, "100000000");
        Assert.Equal(100_000_000 - 13 * 2000, await _database.CreditAsync(_member));
        await _database.PayAsync(2, _account, "300");
        Assert.Equal(100_000_300 - 13 * 2000, await _database.CreditAsync(_member));
    }

    [Fact]
    public async Task Pay_TheMonthThatCameInCashAnHourAgo_PaysTheNextOne()
    {
        var cashier = await _database.AddCashierAsync();
        await _database.RecordAsync(cashier, Cash(_member, 2000, _member.Of("2026-03")));
        await _database.PayAsync(1, _account, "2000.00");
        Assert.Equal("2026-03 Confirmed, 2026-04 Confirmed", await _database.MonthsAsync(_member));
    }

    [Fact]
    public async Task Pay_ByTheNumberOfAMergedRecord_IsTheSurvivors()
    {
        var admin = await _database.AddAdminAsync();
        var other = await _database.AddAsync("Алиев Рашат");
        var number = await _database.NumberOfAsync(other);
        await _database.MergeAsync(admin, _member, other);

        await _database.PayAsync(1, number, "2000.00");

        Assert.Equal("2026-03 Confirmed", await _database.MonthsAsync(_member));
    }

    [Theory]
    [InlineData("10000019")]
    [InlineData("12345678")]
    [InlineData("+77010000001")]
    [InlineData("' OR 1=1 --")]
    public async Task Pay_ForNobody_IsRefusedAndRemembered(string account)
    {
        var first = await _database.PayAsync(1, account, "2000.00");
        Assert.Equal("""{"txn_id":"1","result":1,"sum":"2000.00","comment":""}""", first);
        Assert.Equal(first, await _database.PayAsync(1, _account, "2000.00"));
        Assert.Equal((0, 0), await _database.EvidenceAsync());
        Assert.Null(await _database.Get<BillerService>().CheckAsync(account));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("20990101000000")]
    [InlineData("yesterday")]
    public async Task Pay_WithoutATimeThatCanBe_IsOfToday(string? date)
    {
        await _database.PayAsync(1, _account, "2000.00", date);
        await using var context = _database.Context();
        Assert.Equal(Today, (await context.Evidence.SingleAsync()).On);
    }

    [Fact]
    public async Task Pay_WithThePrefixOfTheBank_IsTheSameAccount()
    {
        _database.Settings.Use(_database.Settings.Value with { Kaspi = new(null, null, null, "495") });
        await _database.PayAsync(1, "495" + _account, "2000.00");
        await _database.PayAsync(2, _account[..4] + " " + _account[4..], "2000.00");
        Assert.Equal("2026-03 Confirmed, 2026-04 Confirmed", await _database.MonthsAsync(_member));
    }

    [Fact]
    public async Task Pay_WhereTheSourceIsNotTrusted_IsKeptAndWaits()
    {
        await _database.Get<IStore>().WriteAsync(async work =>
        {
            (await work.Evidence.TrustAsync(EvidenceSource.Biller, DateTime.UnixEpoch)).Choose(TrustLevel.Hints, 0, _member.MemberId!.Value, DateTime.UnixEpoch);
            return true;
        });
        Assert.Contains("\"result\":0", await _database.PayAsync(1, _account, "2000.00"), StringComparison.Ordinal);
        Assert.Equal((1, 0), await _database.EvidenceAsync());
        Assert.Equal("", await _database.MonthsAsync(_member));
    }

    [Fact]
    public async Task Check_Account_TellsTheNameAndWhatIsToPay()
    {
        _database.Clock.SetUtcNow(TestDatabase.Noon(2026, 4, 11));
        await _database.StartAsync(_member, "2026-03");
        var account = await _database.Get<BillerService>().CheckAsync(_account);
        Assert.Equal(("Рашад А.", "2026-03 2026-04", new Money(4000)), (account!.Name, string.Join(' ', account.Months), account.Sum));
    }

    /// <summary>Fifty at once for ten members, each number five times: in the gate so many, with <c>DIASPORA_FUZZ=long</c> two hundred times that.</summary>
    [Fact]
    public async Task Pay_FiftyAtOnce_BooksEachOnce()
    {
        var members = new List<(Actor Member, string Account)> { (_member, _account) };
        while (members.Count < 10)
        {
            var member = await _database.AddAsync("Алиев Рашад");
            members.Add((member, await _database.NumberOfAsync(member)));
        }

        var rounds = Environment.GetEnvironmentVariable("DIASPORA_FUZZ") == "long" ? 1000 : 2;
        for (var round = 0; round < rounds; round++)
        {
            var answers = new string[50];
            var faults = await PaymentSetup.AtOnceAsync(50, async index => answers[index] = await _database.PayAsync(round * 10 + index % 10 + 1, members[index % 10].Account, "1.00"));
            Assert.All(faults, Assert.Null);
            Assert.All(answers.Index().GroupBy(answer => answer.Index % 10), same => Assert.Single(same.Select(answer => answer.Item).Distinct()));
        }

        Assert.Equal((rounds * 10, rounds * 10), await _database.EvidenceAsync());
        foreach (var (member, _) in members)
        {
            Assert.Equal(rounds, await _database.CreditAsync(member));
        }
    }
}
