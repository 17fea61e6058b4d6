using Diaspora.Domain.Members;
using Diaspora.Domain.Overview;
using Diaspora.Domain.Rights;
using Diaspora.Tests.Members.Duplicates;
using Diaspora.Tests.Payments;
using Diaspora.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using static Diaspora.Tests.Payments.PaymentSetup;

namespace Diaspora.Tests.Rights;

/// <summary>A member asks that their data be deleted, on a real file. The clock stands at Sunday, 8 March 2026.</summary>
public sealed class DeletionTests : IAsyncLifetime
{
    private static readonly RefuseDeletionForm Refusal = new() { Reason = "закон требует хранить записи" };

    private readonly TestDatabase _database = new();
    private Actor _admin = null!;
    private Actor _member = null!;

    public async ValueTask InitializeAsync()
    {
        await _database.InitializeAsync();
        _admin = await _database.AddAdminAsync();
        _member = await _database.AddAsync("Алиев Рашад");
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private DeletionService Deletions => _database.Get<DeletionService>();

    [Fact]
    public async Task Ask_Twice_IsOneRequestWithFifteenWorkingDays()
    {
        await Deletions.AskAsync(_member);
        await Deletions.AskAsync(_member);
        var own = Assert.Single(await Deletions.OwnAsync(_member));
        Assert.Equal((DeletionState.Open, new DateOnly(2026, 3, 27)), (own.State, own.DueOn));
        var row = Assert.Single(await Deletions.OpenAsync(_admin));
        Assert.Equal((own.Id, "Алиев Рашад", own.DueOn), (row.Id, row.FullName, row.DueOn));
        Assert.Equal(own, Assert.Single((await _database.Get<OwnDataService>().DataAsync(_member)).DeletionRequests));
    }

    /// <summary>Past the code: two pages of one member on two portals.</summary>
    [Fact]
    public async Task Ask_ASecondTimePastTheCode_IsRefusedByTheDatabase()
    {
        await using var context = _database.Context();
        var now = _database.Clock.GetUtcNow().UtcDateTime;
        context.Add(new DeletionRequest(_member.MemberId!.Value, new DateOnly(2026, 3, 8), now));
        await context.SaveChangesAsync();
        context.Add(new DeletionRequest(_member.MemberId!.Value, new DateOnly(2026, 3, 8), now));
        await Assert.ThrowsAsync<DbUpdateException>(() => context.SaveChangesAsync());
    }

    [Fact]
    public async Task Withdraw_OnesOwn_MayBeAskedAnewAndIsNobodyElses()
    {
        var other = await _database.AddAsync("Гасанов Рустам");
        await Deletions.AskAsync(_member);
        var id = Assert.Single(await Deletions.OwnAsync(_member)).Id;
        Assert.Equal(Problems.NotFound, (await RefusedAsync(() => Deletions.WithdrawAsync(other, id))).Code);

        await Deletions.WithdrawAsync(_member, id);

        Assert.Empty(await Deletions.OpenAsync(_admin));
        Assert.Equal(Problems.RequestDecided, (await RefusedAsync(() => Deletions.CompleteAsync(_admin, id))).Code);
        _database.Clock.Advance(TimeSpan.FromDays(1));
        await Deletions.AskAsync(_member);
        Assert.Equal([DeletionState.Open, DeletionState.Withdrawn], (await Deletions.OwnAsync(_member)).Select(own => own.State));
    }

    [Fact]
    public async Task Refuse_WithAReason_IsReadByTheMemberAndDecidedOnce()
    {
        await Deletions.AskAsync(_member);
        var id = Assert.Single(await Deletions.OwnAsync(_member)).Id;
        Assert.NotNull(Assert.Single((await Assert.ThrowsAsync<FormException>(() => Deletions.RefuseAsync(_admin, id, new RefuseDeletionForm { Reason = " " }))).Problems.ByField).Value);

        await Deletions.RefuseAsync(_admin, id, Refusal);

        var own = Assert.Single(await Deletions.OwnAsync(_member));
        Assert.Equal((DeletionState.Refused, Refusal.Reason), (own.State, own.Reason));
        Assert.Equal(Problems.RequestDecided, (await RefusedAsync(() => Deletions.CompleteAsync(_admin, id))).Code);
        Assert.Equal(Problems.RequestDecided, (await RefusedAsync(() => Deletions.WithdrawAsync(_member, id))).Code);
        Assert.Contains(_database.Feed.Changes, change => change is MemberChanged changed && changed.MemberId == _member.MemberId);
    }

    [Fact]
    public async Task Wait_PastTheDeadline_IsLateForAdminsAlone()
    {
        var cashier = await _database.AddCashierAsync();
        await Deletions.AskAsync(_member);
        Assert.Equal((1, 0), await WaitingAsync(_admin));
        _database.Clock.Advance(TimeSpan.FromDays(19));
        Assert.Equal((1, 0), await WaitingAsync(_admin));
        _database.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal((1, 1), await WaitingAsync(_admin));
        Assert.Equal((0, 0), await WaitingAsync(cashier));
    }

    /// <summary>Whoever asked is not forgotten because their record was merged into another one.</summary>
    [Fact]
    public async Task Merge_ARecordWithARequest_LeavesItWithTheRecordThatStays()
    {
        var stays = await _database.AddAsync("Алиев Рашад Вагифович");
        await Deletions.AskAsync(_member);
        await _database.MergeAsync(_admin, stays, _member);
        Assert.Equal(await _database.NumberOfAsync(stays), Assert.Single(await Deletions.OpenAsync(_admin)).Number);
        var own = Assert.Single(await Deletions.OwnAsync(stays));
        await Deletions.AskAsync(stays);
        await Deletions.WithdrawAsync(stays, own.Id);
        Assert.Empty(await Deletions.OpenAsync(_admin));
    }

    private async Task<(int, int)> WaitingAsync(Actor staff)
    {
        _database.Clock.Advance(TimeSpan.FromSeconds(3));
        var waiting = (await _database.Get<DashboardService>().DashboardAsync(staff)).Waiting;
        return (waiting.Deletions, waiting.LateDeletions);
    }
}
