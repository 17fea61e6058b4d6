using Diaspora.Domain.Dues;
using Diaspora.Domain.Overview;
using Diaspora.Domain.Payments;
using Diaspora.Tests.Storage;
using static Diaspora.Tests.Payments.MoneySetup;
using static Diaspora.Tests.Payments.PaymentSetup;

namespace Diaspora.Tests.Payments;

/// <summary>One transfer for a family: who paid sees all of it, whom it was paid for sees their own months and nothing more.</summary>
public sealed class FamilyViewTests : IAsyncLifetime
{
    private readonly TestDatabase _database = new();
    private Actor _cashier = null!;
    private Actor _father = null!;
    private Actor _son = null!;
    private Guid _intentId;
    private Guid _receiptId;

    private PaymentService Payments => _database.Get<PaymentService>();

    public async ValueTask InitializeAsync()
    {
        await _database.InitializeAsync();
        _cashier = await _database.AddCashierAsync("Лейла Исмаилова");
        _father = await _database.AddAsync("Гусейнов Вусал");
        _son = await _database.AddAsync("Гусейнов Тимур");
        var form = Cash(_father, 6500, [.. _father.Of("2026-03"), .. _son.Of("2026-03", "2026-04")]).KeepingTheRest();
        form.Note = "принёс сосед";
        _intentId = await _database.RecordAsync(_cashier, form);
        _receiptId = await Payments.AttachAsCashierAsync(_cashier, _intentId, "перевод отца.pdf", new MemoryStream(Pdf));
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Read_ByWhoPaid_IsTheWholeTransfer()
    {
        var details = await Payments.IntentAsync(_father, _intentId);
        Assert.True(details.IsPayer);
        Assert.Equal([(null, "2026-03"), ("Гусейнов Тимур", "2026-03"), ("Гусейнов Тимур", "2026-04")], details.Row.Months.Select(month => (month.MemberName, month.Period.ToString())).Order());
        Assert.Equal((new Money(6000), new Money(6500)), (details.Row.Total, details.Row.Received));
        Assert.Equal(_receiptId, Assert.Single(details.Row.Receipts).Id);
        Assert.Equal("перевод отца.pdf", (await Payments.ReceiptAsync(_father, _receiptId)).FileName);
        Assert.Null(details.Row.Note);
    }

    [Fact]
    public async Task Read_ByWhomItWasPaidFor_IsOnlyTheirMonthsAndNothingOfThePayer()
    {
        var details = await Payments.IntentAsync(_son, _intentId);
        Assert.False(details.IsPayer);
        Assert.Equal([(_son.MemberId, "2026-03"), (_son.MemberId, "2026-04")], details.Row.Months.Select(month => ((Guid?)month.MemberId, month.Period.ToString())));
        Assert.Equal((new Money(4000), null, "", ""), (details.Row.Total, details.Row.Received, details.Row.Code, details.Row.PayerPhone));
        Assert.Empty(details.Row.Receipts);

        // Whatever is added to the row one day: nothing of the father is in it.
        var father = await FatherAsync();
        var all = System.Text.Json.JsonSerializer.Serialize(details);
        Assert.DoesNotContain(_father.MemberId.ToString()!, all, StringComparison.OrdinalIgnoreCase);
        Assert.All([father.PayerName, father.PayerPhone[1..], father.Code, "перевод отца", "принёс сосед"], word => Assert.DoesNotContain(word, Unescaped(all), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Read_ByWhomItWasPaidFor_SaysNotWhyThePayersMonthWasGivenBack()
    {
        _database.Clock.Advance(TimeSpan.FromMinutes(1));
        await _database.RefundAsync(_cashier, Assert.Single(await _database.HistoryAsync(_father)), "отец вышел из общины");
        var details = await Payments.IntentAsync(_son, _intentId);
        Assert.DoesNotContain("отец вышел", Unescaped(System.Text.Json.JsonSerializer.Serialize(details)), StringComparison.Ordinal);
        Assert.Equal((PaymentStatus.Confirmed, "Лейла Исмаилова", _database.Clock.GetUtcNow().UtcDateTime.AddMinutes(-1)), (details.Row.Status, details.Row.DecidedBy, details.Row.DecidedAt));
    }

    [Fact]
    public async Task Open_TheReceiptByWhomItWasPaidFor_IsNotFound()
    {
        await NotFoundAsync(() => Payments.ReceiptAsync(_son, _receiptId));
        Assert.Equal("перевод отца.pdf", (await Payments.ReceiptAsync(_cashier, _receiptId)).FileName);
    }

    [Fact]
    public async Task Read_TheHistoryOfWhomItWasPaidFor_SaysOnlyThatSomebodyElsePaid()
    {
        HistoryRow[] seen =
        [
            .. await _database.HistoryAsync(_son),
            .. (await _database.Get<CabinetService>().CabinetAsync(_son)).Recent,
            .. (await _database.Get<MemberCardService>().OwnMonthAsync(_son, new Period(2026, 3))).Payments,
        ];
        Assert.Equal(5, seen.Length);
        Assert.All(seen, row => Assert.Equal((true, "", ""), (row.IsPaidByAnother, row.PayerName, row.Code)));
        Assert.All(seen, row => Assert.Empty(row.Receipts));
        var own = Assert.Single(await _database.HistoryAsync(_father));
        Assert.Equal((false, _receiptId), (own.IsPaidByAnother, Assert.Single(own.Receipts).Id));
    }

    [Fact]
    public async Task Read_TheCardOfWhomItWasPaidForByStaff_HasThePayersReceipt()
    {
        var card = await _database.CardAsync(_cashier, _son);
        Assert.All(card.Payments, row => Assert.Equal(_receiptId, Assert.Single(row.Receipts).Id));
    }

    [Fact]
    public async Task Read_ByAStranger_IsNotFound()
    {
        var stranger = await _database.AddAsync("Мамедова Севда");
        await NotFoundAsync(() => Payments.IntentAsync(stranger, _intentId));
        await NotFoundAsync(() => Payments.ReceiptAsync(stranger, _receiptId));
    }

    [Fact]
    public async Task Change_ByWhomItWasPaidFor_IsNotFound()
    {
        var at = (await FatherAsync()).Months[0].DecidedAt!.Value;
        await _database.Get<RecordingService>().ReturnCreditAsync(_cashier, (await _database.OpenCreditsAsync(_cashier, _father))[0].Id, new ReturnCreditForm { Reason = "вернули" });
        Assert.Equal(Problems.CreditInTheWay, (await RefusedAsync(() => _database.Get<ModerationService>().ReopenAsync(_cashier, _intentId, at))).Code);
        await NotFoundAsync(() => Payments.ClaimAsync(_son, _intentId));
        await NotFoundAsync(() => Payments.CancelAsync(_son, _intentId));
        await NotFoundAsync(() => Payments.RemoveReceiptAsync(_son, _intentId, _receiptId));
        await NotFoundAsync(() => _database.AttachAsync(_son, _intentId, Pdf));
    }

    /// <summary>A transfer of the family that was put back into the queue is not what its payer means by «March».</summary>
    [Fact]
    public async Task Start_WhileATransferForSomebodyElseWaits_IsAnIntentOfItsOwn()
    {
        var mother = await _database.AddAsync("Гусейнова Айгюн");
        var daughter = await _database.AddAsync("Гусейнова Лала");
        var forDaughter = await _database.RecordAsync(_cashier, Cash(mother, 2000, daughter.Of("2026-03")));
        await _database.Get<ModerationService>().ReopenAsync(_cashier, forDaughter, _database.Clock.GetUtcNow().UtcDateTime);

        Assert.NotEqual(forDaughter, await _database.StartAsync(mother, "2026-03"));
        Assert.Equal(MonthState.Pending, await _database.TileAsync(mother, "2026-03"));
    }

    private async Task<PaymentRow> FatherAsync() => (await Payments.IntentAsync(_father, _intentId)).Row;

    private static string Unescaped(string json) => System.Text.RegularExpressions.Regex.Unescape(json);
}
