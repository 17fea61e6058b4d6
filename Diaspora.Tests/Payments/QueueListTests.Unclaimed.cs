using Diaspora.Domain.Payments;
using Diaspora.Web.Payments.Admin.Queue;
using Xunit;

namespace Diaspora.Tests.Payments;

/// <summary>Those whom nobody has claimed yet, several pages, and what is read again.</summary>
public sealed partial class QueueListTests
{
    [Fact]
    public void Apply_UnclaimedClaimed_IsAnArrival()
    {
        var list = Queue();
        var claimed = Unclaimed with { ClaimedAt = Now };

        Assert.True(list.Apply(Unclaimed.IntentId, claimed, Now));

        Assert.Equal([claimed, Old, Recent], Rows(list));
    }

    [Fact]
    public void Apply_UnclaimedClaimedWhileHeld_StaysWhereItIsButIsNew()
    {
        var list = Queue();
        list.Hold(true, Now);
        var claimed = Unclaimed with { ClaimedAt = Now };

        list.Apply(Unclaimed.IntentId, claimed, Now);

        Assert.Equal([Old, Recent, claimed], Rows(list));
        Assert.True(list.Items[2].IsNew(Now));
    }

    [Fact]
    public void Apply_StartedButNotClaimed_GoesLastAndIsNoArrival()
    {
        var list = Queue();
        var started = Row("Велиев Тимур", claimed: null, created: Now);

        Assert.False(list.Apply(started.IntentId, started, Now));

        Assert.Equal([Old, Recent, Unclaimed, started], Rows(list));
    }

    /// <summary>It stands behind all that are on this page: nothing of it is shown, and it is counted.</summary>
    [Fact]
    public void Apply_StartedWhereThereAreMorePages_ShowsNothingUntilItIsClaimed()
    {
        var list = new QueueList(new PaymentFilter(), [Old, Recent], goesOn: true);
        var started = Row("Велиев Тимур", claimed: null, created: Now);
        var version = list.Version;

        Assert.False(list.Apply(started.IntentId, started, Now));
        Assert.Equal([Old, Recent], Rows(list));
        Assert.Equal((3, version), (list.Count, list.Version));

        var claimed = started with { ClaimedAt = Now };
        Assert.True(list.Apply(started.IntentId, claimed, Now));
        Assert.Equal([claimed, Old, Recent], Rows(list));
        Assert.Equal(3, list.Count);
    }

    [Fact]
    public void Apply_StartedWhereThereAreMorePagesAndCancelled_IsCountedNoMore()
    {
        var list = new QueueList(new PaymentFilter(), [Old], goesOn: true);
        list.Apply(Unclaimed.IntentId, Unclaimed, Now);

        list.Apply(Unclaimed.IntentId, Decided(Unclaimed, PaymentStatus.Rejected), Now);

        Assert.Equal([Old], Rows(list));
        Assert.Equal(1, list.Count);
    }

    [Fact]
    public void Apply_OwnUndoBehindThePage_IsSeenAllTheSame()
    {
        var list = new QueueList(new PaymentFilter(), [Old], goesOn: true);

        list.Apply(Recent.IntentId, Recent, Now, mine: true);

        Assert.Equal([Old, Recent], Rows(list));
    }

    /// <summary>A row is read again whenever something of its payer changes: what says the same is not drawn.</summary>
    [Fact]
    public void Apply_ReadAgainAndTheSame_IsNoChange()
    {
        var list = Queue();
        var version = list.Version;

        list.Apply(Old.IntentId, Old with { Months = [.. Old.Months], Receipts = [], Warnings = [] }, Now);
        Assert.Equal(version, list.Version);

        list.Apply(Old.IntentId, Old with { Warnings = [new RowWarning(ClaimWarning.SecondIntent)] }, Now);
        Assert.NotEqual(version, list.Version);
    }
}
