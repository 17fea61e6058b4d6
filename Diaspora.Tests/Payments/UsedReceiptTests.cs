using System.Security.Cryptography;
using Diaspora.Domain.Overview;
using Diaspora.Domain.Payments;
using Diaspora.Tests.Storage;

namespace Diaspora.Tests.Payments;

/// <summary>The same file used twice: the cashier is told, the member is not hindered.</summary>
public sealed class UsedReceiptTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task Attach_AFileOfSomeoneElse_IsTakenAndToldToTheCashierAlone()
    {
        var (first, second) = (await database.AddAsync("Алиев Рашад"), await database.AddAsync("Гусейнов Вусал"));
        var (one, other) = (await database.StartAsync(first, "2026-03"), await database.StartAsync(second, "2026-03"));
        var photo = TestPictures.Jpeg(640, 480);
        await database.AttachAsync(first, one, photo, "чек.jpg");
        await database.AttachAsync(second, other, photo, "другое имя.jpg");

        var cashier = await database.AddCashierAsync();
        var queue = (await database.Get<ModerationService>().QueueAsync(cashier, new PaymentFilter())).Page.Items.ToDictionary(row => row.IntentId);
        Assert.Equal((other, one), (queue[one].UsedIn, queue[other].UsedIn));
        Assert.Equal(one, (await database.Get<ModerationService>().IntentAsync(cashier, other)).Row.UsedIn);
        Assert.Null((await database.Get<PaymentService>().IntentAsync(second, other)).Row.UsedIn);
    }

    [Fact]
    public async Task Attach_AnotherFile_IsToldToNobody()
    {
        var (first, second) = (await database.AddAsync("Алиев Рашад"), await database.AddAsync("Гусейнов Вусал"));
        await database.AttachAsync(first, await database.StartAsync(first, "2026-03"), Pdf());
        var own = await database.StartAsync(second, "2026-03");
        await database.AttachAsync(second, own, Pdf());

        Assert.Null((await database.Get<WatchService>().RowAsync(await database.AddCashierAsync(), own)).Row!.UsedIn);
    }

    /// <summary>A list keeps one receipt of a row: the one that matters.</summary>
    [Fact]
    public async Task Shorten_ARowWhoseSecondReceiptWasUsed_KeepsTheFlag()
    {
        var (first, second) = (await database.AddAsync("Алиев Рашад"), await database.AddAsync("Гусейнов Вусал"));
        var (one, other, shared) = (await database.StartAsync(first, "2026-03"), await database.StartAsync(second, "2026-03"), Pdf());
        await database.AttachAsync(first, one, shared);
        await database.AttachAsync(second, other, Pdf());
        await database.AttachAsync(second, other, shared);

        var row = (await database.Get<WatchService>().RowAsync(await database.AddCashierAsync(), other)).Row!.InShort();

        Assert.Equal((one, 1, 1), (row.UsedIn, row.Receipts.Count, row.MoreReceipts));
    }

    private static byte[] Pdf() => [.. PaymentSetup.Pdf, .. RandomNumberGenerator.GetBytes(16)];
}
