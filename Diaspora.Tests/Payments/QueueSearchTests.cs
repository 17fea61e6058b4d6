using Diaspora.Domain.Kaspi;
using Diaspora.Domain.Payments;
using Diaspora.Tests.Storage;

namespace Diaspora.Tests.Payments;

/// <summary>The cashier types what they have at hand: some of a name, a sum from the bank's list, the time beside it.</summary>
public sealed class QueueSearchTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Almaty");

    private static readonly PaymentRow Row = new(
        Guid.NewGuid(), "512734", Guid.NewGuid(), "Гусейнов Фарид Асланович", "+77475550361", "Шымкент",
        [.. Enumerable.Range(1, 3).Select(month => new PaymentMonth(new Period(2026, month), new Money(2000), PaymentStatus.Pending))],
        PaymentMethod.KaspiTransfer, new DateTime(2026, 3, 8, 7, 20, 0, DateTimeKind.Utc), new DateTime(2026, 3, 8, 7, 26, 41, DateTimeKind.Utc), [], null, null, null)
    {
        ReceiptAt = new TimeOnly(12, 19, 5),
    };

    [Theory]
    [InlineData("Фарид Гусейнов")]
    [InlineData("асланович гусейнов")]
    [InlineData("фар")]
    [InlineData("Guseynov Fərid")]
    [InlineData("Фарид Г.")]
    [InlineData("Г. Фарид")]
    [InlineData("Ф.А. Гусейнов")]
    [InlineData("512734")]
    [InlineData("6000")]
    [InlineData("6 000")]
    [InlineData("6 000 ₸")]
    [InlineData("6000₸")]
    [InlineData("6\u00A0000\u00A0₸")]
    [InlineData("12:26")]
    [InlineData("12:20")]
    [InlineData("12:19")]
    [InlineData("8 747 555 03 61")]
    [InlineData("+7 (747) 555-03-61")]
    [InlineData("0361")]
    [InlineData("гусейнов 6 000 12:26")]
    [InlineData("6 000 512734")]
    [InlineData("512734 6 000 фарид")]
    public void Find_WhatIsAtHand_FindsThePayment(string search) => Assert.True(QueueSearch.Parse(search)!.Finds(Row, Zone));

    [Theory]
    [InlineData("Мамед Заде", "Мамедзаде")]
    [InlineData("Мамедзаде", "мамед заде")]
    [InlineData("Мамедзаде", "Mamed-Zade рашад")]
    public void Find_ANameInOneWordOrTwo_FindsBoth(string name, string search) => Assert.True(QueueSearch.Parse(search)!.Finds(Row with { PayerName = $"{name} Рашад" }, Zone));

    [Theory]
    [InlineData("Фарид К.")]
    [InlineData("Фарид Рашад")]
    [InlineData("4000")]
    [InlineData("4 000")]
    [InlineData("6 001")]
    [InlineData("512735")]
    [InlineData("12:27")]
    [InlineData("07:26")]
    [InlineData("25:99")]
    [InlineData("гусейнов 12:27")]
    [InlineData("…")]
    public void Find_SomethingElse_DoesNot(string search) => Assert.False(QueueSearch.Parse(search)!.Finds(Row, Zone));

    [Theory]
    [InlineData(null)]
    [InlineData("  ")]
    public void Parse_Nothing_AsksForNothing(string? search) => Assert.Null(QueueSearch.Parse(search));

    /// <summary>A row that comes while the page is open is held against the search here; all others are found by the database.</summary>
    [Fact]
    public async Task Search_InTheDatabase_FindsWhatTheRuleFinds()
    {
        var cashier = await database.AddCashierAsync();
        foreach (var (name, months) in new (string, string[])[]
        {
            ("Гусейнов Фарид Асланович", ["2026-01", "2026-02", "2026-03"]), ("Гасанова Фарида", ["2026-03"]), ("Petrova Зарина", ["2026-02", "2026-03"]), ("Алиев Рашад", ["2026-01", "2026-02", "2026-03"]),
        })
        {
            var member = await database.AddAsync(name, joinedOn: "2026-01-05");
            var intent = await database.StartAsync(member, months);
            database.Clock.Advance(TimeSpan.FromMinutes(7));
            await database.AttachAsync(member, intent, [.. PaymentSetup.Pdf, .. intent.ToByteArray()]);
        }

        var readings = database.Get<ReceiptReadingService>();
        var unread = await readings.UnreadAsync(10);
        foreach (var (receipt, minute) in unread.Select((receipt, minute) => (receipt, minute)))
        {
            await readings.NoteAsync(receipt, new ReadReceipt($"77123456{minute}", null, 600_000, new DateOnly(2026, 3, 8), new TimeOnly(9, 40 + minute, 12), "Рашад А.", null, IsTransfer: true));
        }

        var moderation = database.Get<ModerationService>();
        var all = (await moderation.QueueAsync(cashier, new PaymentFilter(Status: null))).Page.Items;
        Assert.Equal(4, all.Count);
        string[] searches =
        [
            "Фарид Г.", "г.", "фарид", "зарина petrova", "рашад 6 000", "6 000", "4000", "2 000", "6000 4000", "555", all[0].Code, $"{all[0].Code} 6 000", all[1].PayerPhone, all[2].PayerPhone[^4..], "09:41", "09:49",
            .. all.Select(row => LocalOf(row.CreatedAt)), .. all.Select(row => LocalOf(row.ClaimedAt!.Value)), "…", "Ы. Ы.", "%", "_",
        ];
        foreach (var search in searches)
        {
            var found = (await moderation.QueueAsync(cashier, new PaymentFilter(Status: null, Search: search))).Page.Items.Select(row => row.PayerName).Order();
            Assert.Equal((search, string.Join(", ", all.Where(row => QueueSearch.Parse(search)!.Finds(row, Zone)).Select(row => row.PayerName).Order())), (search, string.Join(", ", found)));
        }

        static string LocalOf(DateTime utc) => TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), Zone).ToString("HH:mm", null);
    }
}
