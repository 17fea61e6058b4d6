using System.Security.Cryptography;
using Diaspora.Domain.Members;
using Diaspora.Domain.Payments;
using Diaspora.Tests.Storage;
using SkiaSharp;
using static Diaspora.Tests.Payments.TestPictures;

namespace Diaspora.Tests.Payments;

/// <summary>What becomes of a photo on its way into the storage.</summary>
public sealed class ReceiptImageTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private IReceiptFiles Storage => database.Get<IReceiptFiles>();

    [Theory]
    [InlineData(1, "ABCD")]
    [InlineData(2, "BADC")]
    [InlineData(3, "DCBA")]
    [InlineData(4, "CDAB")]
    [InlineData(5, "ACBD")]
    [InlineData(6, "CADB")]
    [InlineData(7, "DBCA")]
    [InlineData(8, "BDAC")]
    public async Task Save_APhotoHowEverItWasHeld_StandsUprightAndTellsNothing(ushort orientation, string quarters)
    {
        var photo = WithExif(Jpeg(2400, 1200), orientation);
        Assert.True(photo.AsSpan().IndexOf("GPS of a home"u8) > 0);

        var stored = await Storage.SaveAsync(new MemoryStream(photo), TestContext.Current.CancellationToken);

        using var picture = Picture(Storage.Open(stored.StoredName));
        var isTurned = orientation >= 5;
        Assert.Equal(isTurned ? (800, 1600) : (1600, 800), (picture.Width, picture.Height));
        Assert.Equal(quarters, QuartersOf(picture));
        using var thumbnail = Picture(Storage.OpenThumbnail(stored.StoredName));
        Assert.Equal(isTurned ? (100, 200) : (200, 100), (thumbnail.Width, thumbnail.Height));
        Assert.Equal(quarters, QuartersOf(thumbnail));
        foreach (var file in (Stream[])[Storage.Open(stored.StoredName), Storage.OpenThumbnail(stored.StoredName)])
        {
            var bytes = BytesOf(file);
            Assert.Equal(-1, bytes.AsSpan().IndexOf("Exif"u8));
            Assert.Equal(-1, bytes.AsSpan().IndexOf("GPS"u8));
        }
    }

    [Fact]
    public async Task Save_APhoto_KeepsTheHashOfWhatCameAndTheSizeOfWhatIsKept()
    {
        var photo = Jpeg(3000, 2000);

        var stored = await Storage.SaveAsync(new MemoryStream(photo), TestContext.Current.CancellationToken);

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(photo)), stored.Sha256);
        Assert.Equal((ReceiptRules.Jpeg, (long)BytesOf(Storage.Open(stored.StoredName)).Length), (stored.ContentType, stored.Size));
        Assert.Equal(2, database.Files().Count(file => file.Contains(stored.StoredName, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Save_ASmallPicture_IsNotMadeLarger()
    {
        using var picture = await SavedAsync(Webp(300, 500));

        Assert.Equal((300, 500), (picture.Width, picture.Height));
        Assert.Equal("ABCD", QuartersOf(picture));
    }

    [Fact]
    public async Task Save_ALongScreenshot_KeepsItsShape()
    {
        using var picture = await SavedAsync(ClearPng(1000, 8000));

        Assert.Equal((200, 1600), (picture.Width, picture.Height));
    }

    /// <summary>What is seen through would turn black in a JPEG, and black print with it.</summary>
    [Fact]
    public async Task Save_ASeeThroughPicture_LiesOnWhite()
    {
        using var picture = await SavedAsync(ClearPng(400, 300));

        Assert.Equal(SKColors.White, picture.GetPixel(200, 150));
    }

    [Fact]
    public async Task Save_APictureOfOneLine_IsAPictureOfOneLine()
    {
        using var picture = await SavedAsync(Jpeg(5000, 1));

        Assert.Equal((1600, 1), (picture.Width, picture.Height));
    }

    [Fact]
    public async Task Save_APhotoOfACamera_IsTaken()
    {
        var photo = Noise(4000, 3000, 85);
        Assert.InRange(photo.Length, 8_000_000, ReceiptRules.MaxBytes);

        using var picture = await SavedAsync(photo);

        Assert.Equal((1600, 1200), (picture.Width, picture.Height));
    }

    public static TheoryData<string, byte[], string> Bad => new()
    {
        { "a PNG that would take ten gigabytes", PngDeclaring(50_000, 50_000), Problems.ImageTooLarge },
        { "a PNG a little too large", PngDeclaring(4001, 3500), Problems.ImageTooLarge },
        { "a PNG in passes, kept twice", PngDeclaring(3500, 3500, inPasses: true), Problems.ImageTooLarge },
        { "a JPEG of 100 megapixels", Declaring(Jpeg(64, 64), 10_000, 10_000, isProgressive: false), Problems.ImageTooLarge },
        { "a JPEG in scans, kept whole", Declaring(Jpeg(64, 64), 7000, 7000, isProgressive: true), Problems.ImageTooLarge },
        { "a JPEG that breaks off", Jpeg(1200, 800)[..4000], Problems.ImageDamaged },
        { "a JPEG's first bytes", [0xFF, 0xD8, 0xFF, 0xE0, 0, 16], Problems.ImageDamaged },
        { "a PNG that breaks off", PngDeclaring(300, 300), Problems.ImageDamaged },
        { "a WebP that breaks off", Webp(300, 300)[..40], Problems.ImageDamaged },
        { "a page that calls itself WebP", "RIFF\0\0\0\0WEBP<script>alert(1)</script>"u8.ToArray(), Problems.ImageDamaged },
    };

    [Theory]
    [MemberData(nameof(Bad), DisableDiscoveryEnumeration = true)]
    public async Task Save_WhatIsNoGoodPicture_IsRefusedAndLeavesNothing(string what, byte[] file, string problem)
    {
        var before = database.Files();

        var refusal = await PaymentSetup.RefusedAsync(() => Storage.SaveAsync(new MemoryStream(file), TestContext.Current.CancellationToken));

        Assert.True(problem == refusal.Code, $"{what}: {refusal}");
        Assert.Equal(before, database.Files());
    }

    [Fact]
    public async Task Save_BrokenOffByItsSender_LeavesNothing()
    {
        var before = database.Files();
        using var gone = new CancellationTokenSource();
        var sender = new BreakingStream(Jpeg(800, 600), gone);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Storage.SaveAsync(sender, gone.Token));

        Assert.Equal(before, database.Files());
    }

    [Fact]
    public async Task Delete_APicture_TakesItsThumbnailToo()
    {
        var stored = await Storage.SaveAsync(new MemoryStream(Jpeg(300, 200)), TestContext.Current.CancellationToken);

        Storage.Delete(stored.StoredName);

        Assert.DoesNotContain(database.Files(), file => file.Contains(stored.StoredName, StringComparison.Ordinal));
    }

    private async Task<SKBitmap> SavedAsync(byte[] file) =>
        Picture(Storage.Open((await Storage.SaveAsync(new MemoryStream(file), TestContext.Current.CancellationToken)).StoredName));

    private static byte[] BytesOf(Stream file)
    {
        using var copy = new MemoryStream();
        using (file)
        {
            file.CopyTo(copy);
        }

        return copy.ToArray();
    }

    private static SKBitmap Picture(Stream file)
    {
        var bytes = BytesOf(file);
        Assert.Equal(ReceiptRules.Jpeg, ReceiptRules.ContentTypeOf(bytes));
        return SKBitmap.Decode(bytes);
    }

    private static string QuartersOf(SKBitmap picture) => string.Concat(
        from place in (int[])[0, 1, 2, 3]
        let colour = picture.GetPixel(picture.Width * (1 + place % 2 * 2) / 4, picture.Height * (1 + place / 2 * 2) / 4)
        select "ABCD"[Array.FindIndex(Quarters, quarter => Math.Abs(quarter.Red - colour.Red) + Math.Abs(quarter.Green - colour.Green) + Math.Abs(quarter.Blue - colour.Blue) < 60)]);

    /// <summary>Sends half, and goes away.</summary>
    private sealed class BreakingStream(byte[] file, CancellationTokenSource gone) : MemoryStream(file)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Position > 0)
            {
                await gone.CancelAsync();
            }

            cancellationToken.ThrowIfCancellationRequested();
            return Read(buffer.Span[..Math.Min(buffer.Length, (int)Length / 2)]);
        }
    }
}
