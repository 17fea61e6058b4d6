using Diaspora.Domain.Payments;
using Diaspora.Web.Payments.Admin.Queue;
using Xunit;

namespace Diaspora.Tests.Payments;

public sealed partial class QueueListTests
{
    private static readonly DateTime Now = new(2026, 5, 9, 9, 50, 0, DateTimeKind.Utc);
    private static readonly Period May = new(2026, 5);

    private static readonly PaymentRow Old = Row("Гусейнов Фарид", claimed: Now.AddHours(-3));
    private static readonly PaymentRow Recent = Row("Аббасова Севда", claimed: Now.AddMinutes(-18));
    private static readonly PaymentRow Unclaimed = Row("Садыков Айдар", claimed: null, created: Now.AddDays(-2));
    private static readonly PaymentRow Arrival = Row("Рзаева Гюнель", claimed: Now.AddSeconds(-12));

    [Fact]
    public void Apply_ArrivalWhileNobodyWorks_GoesOnTopAsNew()
    {
        var list = Queue();

        Assert.True(list.Apply(Arrival.IntentId, Arrival, Now));

        Assert.Equal([Arrival, Old, Recent, Unclaimed], Rows(list));
        Assert.True(list.Items[0].IsNew(Now));
        Assert.False(list.Items[0].IsNew(Now.AddSeconds(60)));
    }

    [Fact]
    public void Apply_ArrivalWhileARowHasFocus_Waits()
    {
        var list = Queue();
        list.Hold(true, Now);

        Assert.True(list.Apply(Arrival.IntentId, Arrival, Now));

        Assert.Equal([Old, Recent, Unclaimed], Rows(list));
        Assert.Equal(1, list.Waiting);
    }

    [Fact]
    public void Hold_Ended_LetsInTheNewestOnTop()
    {
        var list = Queue();
        var later = Row("Джафаров Орхан", claimed: Now.AddSeconds(-2));
        list.Hold(true, Now);
        list.Apply(Arrival.IntentId, Arrival, Now);
        list.Apply(later.IntentId, later, Now);

        list.Hold(false, Now);

        Assert.Equal([later, Arrival, Old, Recent, Unclaimed], Rows(list));
        Assert.Equal(0, list.Waiting);
    }

    [Fact]
    public void LetIn_WhileStillHeld_ShowsThoseWhoWaited()
    {
        var list = Queue();
        list.Hold(true, Now);
        list.Apply(Arrival.IntentId, Arrival, Now);

        list.LetIn(Now);

        Assert.Equal(Arrival, Rows(list)[0]);
        Assert.True(list.IsHeld);
    }

    [Fact]
    public void Apply_WaitingOneDecidedByAColleague_NeverAppears()
    {
        var list = Queue();
        list.Hold(true, Now);
        list.Apply(Arrival.IntentId, Arrival, Now);

        list.Apply(Arrival.IntentId, Decided(Arrival, PaymentStatus.Confirmed), Now);
        list.Hold(false, Now);

        Assert.Equal([Old, Recent, Unclaimed], Rows(list));
    }

    [Fact]
    public void Apply_ConfirmedByAColleague_LeavesEvenWhileHeld()
    {
        var list = Queue();
        list.Hold(true, Now);

        Assert.False(list.Apply(Old.IntentId, Decided(Old, PaymentStatus.Confirmed), Now));

        Assert.Equal([Recent, Unclaimed], Rows(list));
    }

    [Fact]
    public void Apply_DecidedWhileAHandIsOverTheList_StaysUntilItRests()
    {
        var list = Queue();
        list.KeepStill(true);
        var confirmed = Decided(Old, PaymentStatus.Confirmed);

        list.Apply(Old.IntentId, confirmed, Now);

        Assert.Equal([confirmed, Recent, Unclaimed], Rows(list));
        Assert.True(list.Items[0].IsLeaving);

        list.KeepStill(false);

        Assert.Equal([Recent, Unclaimed], Rows(list));
    }

    [Fact]
    public void Apply_UndoneBeforeItLeft_Stays()
    {
        var list = Queue();
        list.KeepStill(true);
        list.Apply(Old.IntentId, Decided(Old, PaymentStatus.Confirmed), Now);

        list.Apply(Old.IntentId, Old, Now, mine: true);
        list.KeepStill(false);

        Assert.Equal([Old, Recent, Unclaimed], Rows(list));
    }

    [Fact]
    public void Apply_ReceiptAdded_PatchesTheRowInItsPlace()
    {
        var list = Queue();
        var withReceipt = Recent with { Receipts = [new ReceiptRow(Guid.NewGuid(), "чек.pdf", "application/pdf", 1)] };

        Assert.False(list.Apply(Recent.IntentId, withReceipt, Now));

        Assert.Equal([Old, withReceipt, Unclaimed], Rows(list));
    }

    [Fact]
    public void Apply_OwnUndo_ReturnsToItsPlaceEvenWhileHeld()
    {
        var list = Queue();
        var between = Row("Ибрагимов Самир", claimed: Now.AddHours(-1));
        list.Hold(true, Now);

        Assert.False(list.Apply(between.IntentId, between, Now, mine: true));

        Assert.Equal([Old, between, Recent, Unclaimed], Rows(list));
    }

    [Fact]
    public void Apply_AnotherMonthIsShown_KeepsItOut()
    {
        var list = new QueueList(new PaymentFilter(Month: May.Previous), []);

        Assert.False(list.Apply(Arrival.IntentId, Arrival, Now));

        Assert.Empty(list.Items);
    }

    [Theory]
    [InlineData("рзаев", true)]
    [InlineData("Rzayeva", true)]
    [InlineData("555 01", true)]
    [InlineData("8 701 555", true)]
    [InlineData("512734", true)]
    [InlineData("512735", false)]
    [InlineData("Алиев", false)]
    public void Apply_WhileSearching_LetsInOnlyWhatIsSearched(string search, bool isFound)
    {
        var list = new QueueList(new PaymentFilter(Search: search), []);

        list.Apply(Arrival.IntentId, Arrival, Now);

        Assert.Equal(isFound, list.Items.Count == 1);
    }

    [Fact]
    public void Apply_ArrivalOnTheSecondPage_ChangesNothing()
    {
        var list = new QueueList(new PaymentFilter(Number: 2), [Old]);

        Assert.False(list.Apply(Arrival.IntentId, Arrival, Now));

        Assert.Equal([Old], Rows(list));
    }

    [Fact]
    public void Apply_WhereAllAreShown_ADecidedOneStays()
    {
        var list = new QueueList(new PaymentFilter(Status: null), [Old]);
        var confirmed = Decided(Old, PaymentStatus.Confirmed);

        list.Apply(Old.IntentId, confirmed, Now);

        Assert.Equal([confirmed], Rows(list));
    }

    private static QueueList Queue() => new(new PaymentFilter(), [Old, Recent, Unclaimed]);

    private static PaymentRow[] Rows(QueueList list) => [.. list.Items.Select(item => item.Row)];

    private static PaymentRow Decided(PaymentRow row, PaymentStatus status) => row with { Months = [.. row.Months.Select(month => month with { Status = status })] };

    private static PaymentRow Row(string name, DateTime? claimed, DateTime? created = null) => new(
        Guid.NewGuid(), "512734", Guid.NewGuid(), name, "+77015550142", "Алматы", [new PaymentMonth(May, new Money(2000), PaymentStatus.Pending)],
        PaymentMethod.KaspiTransfer, created ?? claimed ?? Now, claimed, [], null, null, null);
}
