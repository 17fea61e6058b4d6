using Diaspora.Domain.Kaspi;
using Diaspora.Domain.Payments;
using Diaspora.Tests.Payments;
using Diaspora.Tests.Storage;
using Microsoft.EntityFrameworkCore;

namespace Diaspora.Tests.Kaspi;

/// <summary>How a source earns the portal's trust, and how it loses it.</summary>
public sealed class TrustTests : IAsyncLifetime
{
    private TestDatabase _database = null!;
    private Actor _admin = null!;
    private Actor _cashier = null!;

    private TrustService Trust => _database.Get<TrustService>();

    public async ValueTask InitializeAsync()
    {
        _database = new TestDatabase();
        await _database.InitializeAsync();
        (_admin, _cashier) = (await _database.AddAdminAsync(), await _database.AddCashierAsync());
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    /// <summary>On a server two write at once: what was lowered meanwhile is not made automatic by what was read before.</summary>
    [Fact]
    public async Task Lower_WhileAnAdminChooses_IsNotLost()
    {
        await _database.TrustAsync(EvidenceSource.Statement, TrustLevel.Automatic);
        await using var cashiers = _database.Context();
        await using var admins = _database.Context();
        var (seen, stale) = (await cashiers.Trusts.AsTracking().SingleAsync(trust => trust.Source == EvidenceSource.Statement), await admins.Trusts.AsTracking().SingleAsync(trust => trust.Source == EvidenceSource.Statement));
        var now = _database.Clock.GetUtcNow().UtcDateTime;

        Assert.True(seen.Lower("888590", now));
        await cashiers.SaveChangesAsync();
        stale.Choose(TrustLevel.Hints, SourceTrust.AgreedNeeded, Guid.NewGuid(), now);

        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => admins.SaveChangesAsync());
    }

    /// <summary>From what it would have done to doing it, and back by the first confirmation that is taken back.</summary>
    [Fact]
    public async Task Statement_InShadow_EarnsIt_ConfirmsByItself_AndIsLoweredByOneUndo()
    {
        await Trust.ChooseAsync(_admin, EvidenceSource.Statement, TrustLevel.Shadow);
        for (var number = 1; number <= SourceTrust.AgreedNeeded; number++)
        {
            if (number == SourceTrust.AgreedNeeded)
            {
                var early = await PaymentSetup.RefusedAsync(() => Trust.ChooseAsync(_admin, EvidenceSource.Statement, TrustLevel.Automatic));
                Assert.Equal((Problems.TrustNotEarned, SourceTrust.AgreedNeeded - 1), (early.Code, early.Args[0]));
            }

            var (evidence, intent, member) = await ClaimedAsync();
            Assert.Equal(0, await _database.LookAsync());
            await _database.Get<EvidenceService>().MatchAsync(_cashier, evidence, new MatchTarget(intent, member));
        }

        Assert.Equal(new ShadowFigures(50, 0, 50, 0, 50), (await RowAsync()).Shadow);
        await Trust.ChooseAsync(_admin, EvidenceSource.Statement, TrustLevel.Automatic);

        var (own, confirmed, _) = await ClaimedAsync();
        Assert.Equal(1, await _database.LookAsync());
        var row = Assert.Single(await _database.Get<EvidenceLookService>().RowsAsync(_cashier, [own]));
        Assert.Equal((confirmed, (string?)null), (row.Match!.IntentId, row.Match.By));

        _database.Clock.Advance(TimeSpan.FromMinutes(1));
        await _database.Get<EvidenceService>().UndoAsync(_cashier, row.Match.Id);

        var lowered = await RowAsync();
        Assert.Equal((TrustLevel.Shadow, await _database.CodeAsync(confirmed), (string?)null), (lowered.Level, lowered.Why, lowered.ChangedBy));
        Assert.Equal((0, 0), (lowered.Shadow.Agreed, lowered.Shadow.InARow));
        Assert.Equal(0, await _database.LookAsync());
        var late = await PaymentSetup.RefusedAsync(() => Trust.ChooseAsync(_admin, EvidenceSource.Statement, TrustLevel.Automatic));
        Assert.Equal((Problems.TrustNotEarned, 0), (late.Code, late.Args[0]));
    }

    [Fact]
    public async Task Disagreement_NamesWhatItWouldHaveDone_AndBeginsTheRowAnew()
    {
        await Trust.ChooseAsync(_admin, EvidenceSource.Statement, TrustLevel.Shadow);
        var (agreed, intent, member) = await ClaimedAsync();
        var (wrong, would, _) = await ClaimedAsync();
        await _database.LookAsync();
        await _database.Get<EvidenceService>().MatchAsync(_cashier, agreed, new MatchTarget(intent, member));
        _database.Clock.Advance(TimeSpan.FromMinutes(1));
        await _database.Get<EvidenceService>().RefuseAsync(_cashier, wrong, new RefuseEvidenceForm { Note = "подарок" });

        var row = await RowAsync();

        Assert.Equal(new ShadowFigures(2, 0, 1, 1, 0), row.Shadow);
        var named = Assert.Single(row.Disagreements);
        Assert.Equal((wrong, would, await _database.CodeAsync(would)), (named.Row.Id, named.WouldIntentId, named.WouldCode));
        Assert.Equal("подарок", named.Row.Note);
        Assert.False(row.MayConfirm);
    }

    [Fact]
    public async Task Sources_WithOurOwnNumber_AreBelievedFromTheStart()
    {
        var rows = await Trust.SourcesAsync(_admin);
        Assert.Equal([TrustLevel.Hints, TrustLevel.Automatic, TrustLevel.Automatic], rows.Select(row => row.Level));
        await PaymentSetup.NotFoundAsync(() => Trust.ChooseAsync(_admin, EvidenceSource.Receipt, TrustLevel.Automatic));
    }

    private async Task<TrustRow> RowAsync() => (await Trust.SourcesAsync(_admin)).Single(row => row.Source == EvidenceSource.Statement);

    private async Task<(Guid Evidence, Guid Intent, Guid Member)> ClaimedAsync()
    {
        var member = await _database.AddAsync("Алиев Рашад");
        var intent = await _database.StartAsync(member, "2026-03");
        return (await _database.EvidenceAsync($"{intent}", 2000, message: await _database.CodeAsync(intent)), intent, member.MemberId!.Value);
    }
}
