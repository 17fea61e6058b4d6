using Diaspora.Domain.Certificates;
using Diaspora.Domain.Dues;
using Diaspora.Domain.Settings;
using Diaspora.Web.Shared;
using Diaspora.Web.Shell;
using Diaspora.Web.Shell.Guard;
using Diaspora.Web.Shell.Localization;
using Microsoft.Extensions.Localization;

namespace Diaspora.Web.Certificates;

/// <summary>A certificate in the words of the reader's language: the page and the file say the same.</summary>
/// <param name="CheckUrl">Whole address of the page that says whether it still holds; the code beside it leads there.</param>
public sealed record CertificateText(
    string Association, string Title, string Sentence, IReadOnlyList<(string Label, string Value)> Facts, string MonthHead, string SumHead, string DayHead,
    IReadOnlyList<(string Month, string Sum, string Day)> Rows, string TotalLabel, string Total, string CheckUrl, string CheckNote, string Footer);

/// <summary>Puts a certificate into words.</summary>
public sealed class CertificateWords(IStringLocalizer<CertificatesTexts> texts, Wording words, CurrentSettings settings, CertificateStamp stamp)
{
    /// <param name="site">The portal's own address, with a slash at its end.</param>
    public CertificateText Of(Certificate certificate, Uri site) => new(
        settings.Value.Association.NameIn(Languages.Current),
        texts["Title"],
        texts["Sentence"],
        [
            (texts["Member"], certificate.MemberName),
            (texts["Number"], Domain.Members.MemberNumber.FromStored(certificate.MemberNumber).ToDisplay()),
            (texts["About"], certificate.Subject.Year is { } year ? words.Year(year) : Months(certificate.Months)),
            (texts["IssuedOn"], words.FullDate(certificate.IssuedOn)),
        ],
        texts["Month"],
        texts["Sum"],
        texts["PaidOn"],
        [.. certificate.Lines.Select(line => (words.MonthYear(line.Period.Year, line.Period.Month), Wording.Money(line.Amount.Tenge), words.FullDate(line.PaidOn)))],
        texts["Total"],
        Wording.Money(certificate.Total.Tenge),
        new Uri(site, Urls.CertificateCheck(stamp.Write(certificate.Mark))).AbsoluteUri,
        texts["CheckNote"],
        texts["Footer"]);

    /// <summary>«Январь 2026», «Январь 2026 — март 2026», «Январь 2026, март 2026»: a certificate names its months whole, whatever year it is read in.</summary>
    public string Months(IReadOnlyList<Period> months)
    {
        if (months.Count > 1 && months[^1].MonthsSince(months[0]) == months.Count - 1)
        {
            return $"{Name(months[0])} — {Lower(months[^1])}";
        }

        return string.Join(", ", months.Select((month, index) => index == 0 ? Name(month) : Lower(month)));
    }

    private string Name(Period month) => words.MonthYear(month.Year, month.Month);

    private string Lower(Period month)
    {
        var name = Name(month);
        return char.ToLower(name[0], System.Globalization.CultureInfo.CurrentCulture) + name[1..];
    }

    /// <summary>«Ф. Г.»: whoever checks a certificate learns no more of its member.</summary>
    public static string Initials(string name) =>
        string.Join(' ', name.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(2).Select(word => $"{System.Globalization.StringInfo.GetNextTextElement(word).ToUpper(System.Globalization.CultureInfo.CurrentCulture)}."));
}
