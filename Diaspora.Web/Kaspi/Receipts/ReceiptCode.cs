using System.Globalization;
using Diaspora.Domain.Kaspi;
using Diaspora.Web.Kaspi.Statements;
using Microsoft.AspNetCore.WebUtilities;

namespace Diaspora.Web.Kaspi.Receipts;

/// <summary>The QR code on a picture of a sale's receipt: an address of the bank that carries the facts itself. It is read, and never gone to.</summary>
internal static class ReceiptCode
{
    private const string Host = "receipt.kaspi.kz";
    private const string FiscalPath = "/web/fiscal";
    private const string SalePath = "/web";

    private const int LongestNumber = 24;

    private static readonly string[] Times = ["yyyyMMdd'T'HHmm", "yyyyMMdd'T'HHmmss", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd HH:mm:ss", "dd.MM.yyyy HH:mm", "dd.MM.yyyy HH:mm:ss", "yyyy-MM-dd"];

    /// <summary>The facts that a code carries; nothing where it is not the bank's.</summary>
    public static ReadReceipt? Read(string code)
    {
        if (!Uri.TryCreate(code, UriKind.Absolute, out var address)
            || address.Scheme != Uri.UriSchemeHttps || address.Host != Host || !address.IsDefaultPort || address.UserInfo.Length > 0
            || address.AbsolutePath is not (FiscalPath or SalePath))
        {
            return null;
        }

        var query = QueryHelpers.ParseQuery(address.Query);
        var fiscal = address.AbsolutePath == FiscalPath ? Digits(Of("i")) : null;
        var number = Of("extTranId") is { } sale && sale.StartsWith("QR", StringComparison.OrdinalIgnoreCase) ? Digits(sale[2..]) : null;
        if (fiscal is null && number is null)
        {
            return null;
        }

        DateTime? when = DateTime.TryParseExact(Of("t") ?? Of("sale_date"), Times, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;
        return new ReadReceipt(
            number, fiscal, Of("s") is { } sum && Cells.TrySum(sum, out var tiyn) && tiyn > 0 ? tiyn : null,
            when is { } day ? DateOnly.FromDateTime(day) : null, when is { TimeOfDay.Ticks: > 0 } at ? TimeOnly.FromDateTime(at) : null, "", null, IsTransfer: false);

        string? Of(string name) => query.TryGetValue(name, out var value) && value.Count == 1 ? value[0] : null;
    }

    private static string? Digits(string? text) => text is { Length: > 3 and <= LongestNumber } && text.All(char.IsAsciiDigit) ? text : null;
}
