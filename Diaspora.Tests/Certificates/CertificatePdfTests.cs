using System.Diagnostics;
using System.Globalization;
using Diaspora.Web.Certificates;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using UglyToad.PdfPig;

namespace Diaspora.Tests.Certificates;

/// <summary>The file of a certificate, read back as text. Wants a face with all letters: the gate installs one.</summary>
public sealed class CertificatePdfTests
{
    private static readonly string Address = "https://portal.example.kz/paper/" + new string('A', 220);

    [Fact]
    public void Draw_BothLanguages_AreReadBackWithEveryLetterAndTheSignOfTheTenge()
    {
        var text = TextOf(Draw(Text("Ғұмарова Әсел Қожақызы, Məmmədov Şəhriyar oğlu Ağa", 2)));
        Assert.All(["Ғұмарова Әсел Қожақызы, Məmmədov Şəhriyar oğlu Ağa", "4 000 ₸", "Мүшелік жарналардың төленгені туралы анықтама"], said => Assert.Contains(said.Replace(" ", ""), text, StringComparison.Ordinal));
    }

    [Fact]
    public void Draw_ALongNameWithLettersThatNoFaceHas_IsWrittenOverSeveralLines()
    {
        var name = new string('Щ', 120) + " 王 \U0001F600 " + string.Concat(Enumerable.Repeat("Аб ", 25)).Trim();
        using var pdf = PdfDocument.Open(Draw(Text(name, 1)));
        var page = pdf.GetPage(1);
        Assert.All(page.Letters, letter => Assert.InRange(letter.EndBaseLine.X, 0, page.Width - 50));
        Assert.Equal(120, page.Letters.Count(letter => letter.Value == "Щ"));
    }

    [Fact]
    public void Draw_FortyMonths_GoOverTwoPagesWithEachOnce()
    {
        using var pdf = PdfDocument.Open(Draw(Text("Алиев Рашад", 40)));
        Assert.Equal(2, pdf.NumberOfPages);
        var text = string.Concat(pdf.GetPages().Select(page => TextOf(page)));
        Assert.All(Enumerable.Range(1, 40), month => Assert.Single(text.Split($"месяц-{month.ToString(CultureInfo.InvariantCulture)}.").Skip(1)));
        Assert.Contains("80000₸", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Draw_AYear_IsASmallFileThatLinksToItsCheck()
    {
        var file = Draw(Text("Алиев Рашад", 12));
        Assert.InRange(file.Length, 1, 60 * 1024);
        using var pdf = PdfDocument.Open(file);
        Assert.Contains(pdf.GetPage(1).GetAnnotations(), annotation => annotation.Action is UglyToad.PdfPig.Actions.UriAction { Uri: var uri } && uri == Address);
        Assert.Single(pdf.GetPage(1).GetImages());
    }

    [Theory]
    [InlineData("нет-такого.ttf")]
    [InlineData("Diaspora.Web.dll")]
    public void Options_AFileThatIsNoSuchFace_IsRefusedByItsKey(string file)
    {
        var refusal = new CertificateOptionsValidator().Validate(null, new CertificateOptions { Font = Path.Combine(AppContext.BaseDirectory, file) });
        Assert.Contains("Paper:Font", Assert.Single(refusal.Failures!), StringComparison.Ordinal);
    }

    private static byte[] Draw(CertificateText text) =>
        CertificatePdf.Draw(text, new CertificateFont(Options.Create(new CertificateOptions()), NullLogger<CertificateFont>.Instance).Face ?? throw new UnreachableException("No face with all letters is installed: .ci/run installs DejaVu Sans."));

    private static CertificateText Text(string name, int months) => new(
        "«Диаспора азербайджанцев Казахстана»",
        "Мүшелік жарналардың төленгені туралы анықтама",
        "Осы айлардың мүшелік жарналары төленгенін растаймыз.",
        [("Мүше", name), ("Мүшелік нөмірі", "1024 0016")],
        "Ай", "Сома", "Төленген күні",
        [.. Enumerable.Range(1, months).Select(month => ($"месяц-{month.ToString(CultureInfo.InvariantCulture)}.", "2 000 ₸", "8 наурыз"))],
        "Барлығы",
        $"{(2000 * months).ToString("#,0", new NumberFormatInfo { NumberGroupSeparator = "\u00A0" })}\u00A0₸",
        Address,
        "Анықтаманы тексеру үшін телефон камерасын кодқа қаратыңыз.",
        "Анықтаманы портал жасады.");

    private static string TextOf(byte[] file)
    {
        using var pdf = PdfDocument.Open(file);
        return TextOf(pdf.GetPage(1));
    }

    /// <summary>Without spaces: a line ends where a space was.</summary>
    private static string TextOf(UglyToad.PdfPig.Content.Page page) => string.Concat(page.Letters.Select(letter => letter.Value)).Replace(" ", "");
}
