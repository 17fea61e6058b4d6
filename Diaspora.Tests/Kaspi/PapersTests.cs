using System.Globalization;
using System.Text;
using Diaspora.Domain.Payments;
using Diaspora.Tests.Payments;
using Diaspora.Tests.Storage;
using Diaspora.Web.Kaspi.Receipts;
using Microsoft.Extensions.Logging.Abstractions;

namespace Diaspora.Tests.Kaspi;

/// <summary>A PDF is looked into before a desk shows it: what cannot be looked at is said in a sentence, and never asks for a password.</summary>
public sealed class PapersTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task Look_AReceipt_IsShownWithWhatStandsInIt()
    {
        var paper = await LookAsync(Pdf(pages: 1));

        Assert.Equal((PaperState.Shown, 1), (paper.State, paper.Pages));
        Assert.Equal(["2000 KZT 12:26"], paper.Rows);
    }

    [Theory]
    [InlineData(20, PaperState.Shown)]
    [InlineData(80, PaperState.TooLong)]
    public async Task Look_ManyPages_SaysHowMany(int pages, PaperState state)
    {
        var paper = await LookAsync(Pdf(pages));

        Assert.Equal((state, pages), (paper.State, paper.Pages));
    }

    [Fact]
    public async Task Look_AtALockedOne_SaysSo() =>
        Assert.Equal(PaperState.Locked, (await LookAsync(Pdf(1, $"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{new string('1', 64)}> /U <{new string('2', 64)}> >> /ID [<00><00>]"))).State);

    [Fact]
    public async Task Look_AtWhatIsNoPdf_LeavesItToTheBrowser() => Assert.Equal(PaperState.Unclear, (await LookAsync(PaymentSetup.Pdf)).State);

    [Fact]
    public async Task Look_AtAFileThatIsGone_IsMissingAndLookedForAgain()
    {
        var files = database.Get<IReceiptFiles>();
        using var papers = Papers();
        using var content = new MemoryStream(Pdf(1));
        var stored = await files.KeepAsync(content, ReceiptRules.Pdf, ReceiptRules.MaxBytes);
        var receipt = new ReceiptFile(stored.StoredName, "чек.pdf", ReceiptRules.Pdf);

        Assert.Equal(PaperState.Missing, (await papers.OfAsync(receipt with { StoredName = "no-such-file" })).State);
        Assert.Equal(PaperState.Shown, (await papers.OfAsync(receipt)).State);
    }

    private Papers Papers() => new(database.Get<IReceiptFiles>(), NullLogger<Papers>.Instance);

    /// <summary>As it may lie there from before it was checked on its way in.</summary>
    private async Task<Paper> LookAsync(byte[] file)
    {
        using var content = new MemoryStream(file);
        var stored = await database.Get<IReceiptFiles>().KeepAsync(content, ReceiptRules.Pdf, ReceiptRules.MaxBytes);
        using var papers = Papers();
        return await papers.OfAsync(new ReceiptFile(stored.StoredName, "чек.pdf", ReceiptRules.Pdf));
    }

    /// <param name="more">What stands in its trailer besides.</param>
    private static byte[] Pdf(int pages, string more = "")
    {
        const string Text = "BT /F1 20 Tf 40 250 Td (2000 KZT 12:26) Tj ET";
        string[] objects =
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            $"<< /Type /Pages /Count {pages} /Kids [{string.Join(' ', Enumerable.Range(5, pages).Select(number => $"{number} 0 R"))}] >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            $"<< /Length {Text.Length} >>\nstream\n{Text}\nendstream",
            .. Enumerable.Repeat("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 320] /Contents 4 0 R /Resources << /Font << /F1 3 0 R >> >> >>", pages),
        ];
        var (file, table) = (new StringBuilder("%PDF-1.4\n"), new StringBuilder("0000000000 65535 f \n"));
        for (var index = 0; index < objects.Length; index++)
        {
            table.Append(CultureInfo.InvariantCulture, $"{file.Length:0000000000} 00000 n \n");
            file.Append(CultureInfo.InvariantCulture, $"{index + 1} 0 obj\n{objects[index]}\nendobj\n");
        }

        return Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture,
            $"{file}xref\n0 {objects.Length + 1}\n{table}trailer\n<< /Size {objects.Length + 1} /Root 1 0 R {more} >>\nstartxref\n{file.Length}\n%%EOF\n"));
    }
}
