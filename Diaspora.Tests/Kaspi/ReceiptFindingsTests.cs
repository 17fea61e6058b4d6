using Diaspora.Domain.Kaspi;
using Diaspora.Domain.Payments;
using Diaspora.Tests.Payments;
using Diaspora.Tests.Storage;

namespace Diaspora.Tests.Kaspi;

/// <summary>What a receipt says of itself stands beside the claim: another sum, another day, a number that was used before.</summary>
public sealed class ReceiptFindingsTests : IAsyncLifetime
{
    private TestDatabase _database = null!;
    private Actor _cashier = null!;

    public async ValueTask InitializeAsync()
    {
        _database = new TestDatabase();
        await _database.InitializeAsync();
        _cashier = await _database.AddCashierAsync();
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Theory]
    [InlineData(600_000, "2026-03-08", false, "")]
    [InlineData(400_000, "2026-03-08", false, "SumDiffers")]
    [InlineData(0, "2026-03-08", false, "")]
    [InlineData(600_000, "2026-03-07", false, "")]
    [InlineData(600_000, "2026-03-06", false, "DayDiffers")]
    [InlineData(600_000, "2026-03-10", false, "DayDiffers")]
    [InlineData(599_950, "2026-02-01", true, "SumDiffers DayDiffers NumberUsed")]
    public void Check_AReceipt_SaysWhatSpeaksAgainstIt(long tiyn, string on, bool isUsed, string warnings)
    {
        var facts = new ReceiptFacts(Guid.NewGuid(), "чек.pdf", "123", tiyn, DateOnly.Parse(on, null), null, "", isUsed ? Guid.NewGuid() : null, isUsed ? "104217" : null);
        Assert.Equal(warnings, string.Join(' ', ReceiptWarnings.Of(facts, new Money(6000), new DateOnly(2026, 3, 8), new DateOnly(2026, 3, 9))));
    }

    [Theory]
    [InlineData("Рашад А.", "")]
    [InlineData("Алиев Рашад", "")]
    [InlineData("Айгюн М.", "")]
    [InlineData("Фарид Г.", "PayerDiffers")]
    [InlineData("", "")]
    public void Check_WhoPaid_IsOneOfThoseItIsFor(string payer, string warnings)
    {
        var facts = new ReceiptFacts(Guid.NewGuid(), "чек.pdf", "123", 600_000, new DateOnly(2026, 3, 8), null, payer, null, null);
        Assert.Equal(warnings, string.Join(' ', ReceiptWarnings.Of(facts, new Money(6000), new DateOnly(2026, 3, 8), new DateOnly(2026, 3, 9), ["Алиев Рашад", "Мамедова Айгюн"])));
    }

    [Fact]
    public async Task Note_TheSameNumberOnTwoFiles_NamesTheOtherPayment()
    {
        var first = await AttachedAsync("Алиев Рашад", [1]);
        var second = await AttachedAsync("Мамедова Айгюн", [2]);
        var read = new ReadReceipt("7712345678", null, 200_000, new DateOnly(2026, 3, 8), new TimeOnly(11, 40), "Рашад А.", null, IsTransfer: false);

        foreach (var unread in await _database.Get<ReceiptReadingService>().UnreadAsync(10))
        {
            await _database.Get<ReceiptReadingService>().NoteAsync(unread, read);
        }

        // Both rows of the queue have something new to say.
        Assert.Equal(new[] { first, second }.Order(), _database.Feed.Changes.OfType<PaymentsChanged>().TakeLast(2).Select(change => change.IntentId).Order());
        Assert.Empty(await _database.Get<ReceiptReadingService>().UnreadAsync(10));
        var found = Assert.Single(await _database.Get<ReceiptReadingService>().OfIntentAsync(_cashier, second));
        Assert.Equal([ReceiptWarning.NumberUsed, ReceiptWarning.PayerDiffers], found.Warnings);
        Assert.Equal((first, "7712345678", 200_000L), (found.Facts.UsedInIntent!.Value, found.Facts.Number, found.Facts.Tiyn));
    }

    [Fact]
    public async Task Note_NothingRecognised_IsNotReadAgainAndSaysNothing()
    {
        var intent = await AttachedAsync("Алиев Рашад", [1]);
        await _database.Get<ReceiptReadingService>().NoteAsync(Assert.Single(await _database.Get<ReceiptReadingService>().UnreadAsync(10)), null);

        Assert.Empty(await _database.Get<ReceiptReadingService>().UnreadAsync(10));
        Assert.Empty(await _database.Get<ReceiptReadingService>().OfIntentAsync(_cashier, intent));
    }

    private async Task<Guid> AttachedAsync(string name, byte[] more)
    {
        var member = await _database.AddAsync(name);
        var intent = await _database.StartAsync(member, "2026-03");
        await _database.AttachAsync(member, intent, [.. PaymentSetup.Pdf, .. more]);
        return intent;
    }
}
