using System.IO.Compression;
using System.Text;
using Diaspora.Domain.Members;
using Diaspora.Domain.Payments;
using Diaspora.Tests.Storage;

namespace Diaspora.Tests.Payments;

/// <summary>Which PDFs are kept, and that they are kept as they came.</summary>
public sealed class ReceiptPdfTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private const string Action = "<< /Type /Action /S /JavaScript /JS (app.alert(1)) >>";

    public static TheoryData<string, byte[]> Good => new()
    {
        { "a plain one", PaymentSetup.Pdf },
        { "one with a compressed page", Pdf(Packed("BT (Kaspi Gold 2000) Tj ET")) },
        { "one that speaks of scripts", Pdf(Raw("(JavaScript, Launch and Encrypt are words)")) },
        { "longer names", Pdf(Raw("<< /JavaScriptFree true /Launched true /EncryptMetadata false >>"), Packed("/JavaScripts /LaunchPad")) },
        { "a stream that breaks off", Pdf(Packed(new string('x', 5000))[..^40]) },
        { "a signed one", Pdf(Raw("<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /adbe.pkcs7.detached >>")) },
        { "pictures", Pdf(Filtered("/DCTDecode"), Filtered("[/FlateDecode /DCTDecode]"), Filtered("[ ]"), Filtered("/JPXDecode"), Filtered("null")) },
        { "a picture as large as a screen", Pdf(Packed(new string('\0', 1440 * 3200 * 3))) },
    };

    [Theory]
    [MemberData(nameof(Good), DisableDiscoveryEnumeration = true)]
    public async Task Save_AHarmlessPdf_IsKeptAsItCame(string what, byte[] pdf)
    {
        var stored = await database.Get<IReceiptFiles>().SaveAsync(new MemoryStream(pdf), TestContext.Current.CancellationToken);

        using var copy = new MemoryStream();
        await using (var file = database.Get<IReceiptFiles>().Open(stored.StoredName))
        {
            await file.CopyToAsync(copy, TestContext.Current.CancellationToken);
        }

        Assert.True(pdf.AsSpan().SequenceEqual(copy.ToArray()), what);
        Assert.Throws<FileNotFoundException>(() => database.Get<IReceiptFiles>().OpenThumbnail(stored.StoredName));
    }

    public static TheoryData<string, byte[], string> Bad => new()
    {
        { "a script", Pdf(Raw(Action)), Problems.PdfHasScript },
        { "a script at the very end", [.. PaymentSetup.Pdf, .. "/JavaScript"u8], Problems.PdfHasScript },
        { "a name with escapes", Pdf(Raw("<< /S /J#61v#61Scr#69pt /JS (1) >>")), Problems.PdfHasScript },
        { "a program to start", Pdf(Raw("<< /S /Launch /F (calc.exe) >>")), Problems.PdfHasScript },
        { "a form with scripts", Pdf(Raw("<< /AcroForm << /XFA 7 0 R >> >>")), Problems.PdfHasScript },
        { "a script in a compressed object", Pdf(Packed("1 0 " + Action)), Problems.PdfHasScript },
        { "escapes in a compressed object", Pdf(Packed("1 0 << /S /#4Caunch >>")), Problems.PdfHasScript },
        { "a script behind other streams", Pdf(Packed("q Q"), Packed(new string(' ', 70_000)), Packed(Action)), Problems.PdfHasScript },
        { "a script in a stream that breaks off", Pdf(Packed(Action + new string('x', 5000))[..^40]), Problems.PdfHasScript },
        { "a script behind a filter that is not looked through", Pdf(Filtered("/ASCII85Decode")), Problems.PdfUnknownFilter },
        { "the same, before one that is", Pdf(Filtered("[ /ASCIIHexDecode /FlateDecode ]")), Problems.PdfUnknownFilter },
        { "the same, after one that is", Pdf(Filtered("[/FlateDecode/LZWDecode]")), Problems.PdfUnknownFilter },
        { "a filter with escapes", Pdf(Filtered("/#52unLengthDecode")), Problems.PdfUnknownFilter },
        { "the filter's key with escapes", Pdf("3 0 obj\n<< /Type /ObjStm /F#69lter /ASCII85Decode >>\nstream\n9jqo^~>\nendstream\nendobj\n"u8.ToArray()), Problems.PdfUnknownFilter },
        { "a filter's short name", Pdf("3 0 obj\n<< /Type /ObjStm /F /A85 >>\nstream\n9jqo^~>\nendstream\nendobj\n"u8.ToArray()), Problems.PdfUnknownFilter },
        { "packed twice", Pdf(Filtered("[/FlateDecode /FlateDecode]")), Problems.PdfUnknownFilter },
        { "a filter that is named elsewhere", Pdf(Filtered("7 0 R")), Problems.PdfUnknownFilter },
        { "a filter behind a comment", Pdf(Filtered("% nothing\n/ASCII85Decode")), Problems.PdfUnknownFilter },
        { "a filter of one's own", Pdf(Filtered("/Crypt")), Problems.PdfUnknownFilter },
        { "a password", Pdf(Raw("trailer << /Root 1 0 R /Encrypt 9 0 R >>")), Problems.PdfLocked },
        { "a password behind escapes", Pdf(Raw("trailer << /#45ncrypt 9 0 R >>")), Problems.PdfLocked },
        { "a bomb", Pdf(Packed(new string('\0', 130 * 1024 * 1024))), Problems.PdfUnreadable },
        { "streams that cost more to begin than they hold", Pdf([.. Enumerable.Repeat(Stream([0x78, 0x9C]), 20_000)]), Problems.PdfUnreadable },
    };

    [Theory]
    [MemberData(nameof(Bad), DisableDiscoveryEnumeration = true)]
    public async Task Save_ADangerousPdf_IsRefusedAndLeavesNothing(string what, byte[] pdf, string problem)
    {
        var before = database.Files();

        var refusal = await PaymentSetup.RefusedAsync(() => database.Get<IReceiptFiles>().SaveAsync(new MemoryStream(pdf), TestContext.Current.CancellationToken));

        Assert.True(problem == refusal.Code, $"{what}: {refusal}");
        Assert.Equal(before, database.Files());
    }

    /// <summary>Wherever a name falls on the edge of what is looked at in one go, it is found.</summary>
    [Fact]
    public async Task Save_AScriptAtAnyPlaceOfAStream_IsFound()
    {
        const int Window = 64 * 1024;
        for (var place = Window - 30; place < Window + 5; place++)
        {
            var pdf = Pdf(Packed(new string(' ', place) + "/J#61v#61Script (1)"));
            Assert.Equal(Problems.PdfHasScript, (await PaymentSetup.RefusedAsync(() => database.Get<IReceiptFiles>().SaveAsync(new MemoryStream(pdf), TestContext.Current.CancellationToken))).Code);
        }
    }

    private static byte[] Pdf(params byte[][] objects) => [.. "%PDF-1.7\n"u8, .. objects.SelectMany(part => part), .. "\n%%EOF\n"u8];

    private static byte[] Raw(string text) => Encoding.ASCII.GetBytes($"1 0 obj\n{text}\nendobj\n");

    private static byte[] Filtered(string filter) => Encoding.ASCII.GetBytes($"3 0 obj\n<< /Type /ObjStm /Length 7 /Filter {filter} >>\nstream\n9jqo^~>\nendstream\nendobj\n");

    private static byte[] Packed(string text)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal))
        {
            zlib.Write(Encoding.ASCII.GetBytes(text));
        }

        return Stream(packed.ToArray());
    }

    private static byte[] Stream(byte[] content) => [.. "2 0 obj\n<< /Type /ObjStm /Filter /FlateDecode >>\nstream\r\n"u8, .. content, .. "\nendstream\nendobj\n"u8];
}
