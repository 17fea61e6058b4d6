using System.ComponentModel.DataAnnotations;

namespace Diaspora.Web.Shell.Guard;

/// <summary>
/// Of the section <c>Limits</c>: how many open pages there may be, and how often within an hour one person may do what costs something. An open page takes one to three
/// megabytes; a carrier or an office puts hundreds of people behind one address.
/// </summary>
public sealed class LimitOptions
{
    public const string Section = "Limits";

    private const int Most = 1_000_000;
    private const string OfPages = "must be a number of open pages, {1} to {2}.";
    private const string OfTimes = "must be a number of times within an hour, {1} to {2}.";

    [Range(1, Most, ErrorMessage = $"The setting {Section}:{nameof(PagesPerMember)} {OfPages}")]
    public int PagesPerMember { get; set; } = 30;

    [Range(1, Most, ErrorMessage = $"The setting {Section}:{nameof(PagesPerAddress)} {OfPages}")]
    public int PagesPerAddress { get; set; } = 500;

    [Range(1, Most, ErrorMessage = $"The setting {Section}:{nameof(Pages)} {OfPages}")]
    public int Pages { get; set; } = 2000;

    [Range(1, Most, ErrorMessage = $"The setting {Section}:{nameof(UploadsPerHour)} {OfTimes}")]
    public int UploadsPerHour { get; set; } = 200;

    [Range(1, Most, ErrorMessage = $"The setting {Section}:{nameof(ExportsPerHour)} {OfTimes}")]
    public int ExportsPerHour { get; set; } = 60;

    [Range(1, Most, ErrorMessage = $"The setting {Section}:{nameof(PaymentsPerHour)} {OfTimes}")]
    public int PaymentsPerHour { get; set; } = 30;

    [Range(1, Most, ErrorMessage = $"The setting {Section}:{nameof(CancelsPerHour)} {OfTimes}")]
    public int CancelsPerHour { get; set; } = 30;

    public QuotaLimits ToQuotas() => new(UploadsPerHour, ExportsPerHour, PaymentsPerHour, CancelsPerHour);
}
