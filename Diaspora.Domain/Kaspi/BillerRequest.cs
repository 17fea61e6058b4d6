using System.Globalization;
using System.Text.RegularExpressions;

namespace Diaspora.Domain.Kaspi;

/// <summary>What the bank asks for. What it writes otherwise is none of them.</summary>
public enum BillerCommand
{
    Unknown,
    Check,
    Pay,
}

/// <summary>How a call ended, by the protocol's own numbers.</summary>
public enum BillerResult
{
    Ok = 0,
    NoAccount = 1,

    /// <summary>Not final: the bank asks again.</summary>
    InProcess = 4,
    Fault = 5,
}

/// <summary>A call of the bank as far as it can be read. Whatever cannot is missing, and never an error.</summary>
/// <param name="Transaction">The bank's number; empty where there is none or it is no number.</param>
/// <param name="Tiyn">Missing where it is no sum that could be booked.</param>
/// <param name="At">Local time of the payment.</param>
/// <param name="Raw">The call as it came.</param>
public sealed partial record BillerRequest(BillerCommand Command, string Transaction, string Account, long? Tiyn, DateTime? At, string Raw)
{
    /// <summary>No due comes near it, and no sum a cashier may write down is larger.</summary>
    public const long MostTenge = Payments.DivideSumForm.MaxTenge;

    private const string Time = "yyyyMMddHHmmss";

    /// <summary>Earlier there was no portal whose payment could come late.</summary>
    private static readonly DateTime Earliest = new(2000, 1, 1);

    /// <param name="parameter">The one value of a parameter; nothing where it is missing or was given twice.</param>
    public static BillerRequest Read(Func<string, string?> parameter, string raw)
    {
        var transaction = parameter("txn_id") ?? "";
        return new BillerRequest(
            parameter("command") switch { "check" => BillerCommand.Check, "pay" => BillerCommand.Pay, _ => BillerCommand.Unknown },
            Digits().IsMatch(transaction) ? transaction : "",
            (parameter("account") ?? "").Trim(),
            TiynOf(parameter("sum") ?? ""),
            TimeOf(parameter("txn_date") ?? ""),
            raw);
    }

    /// <returns>Tiyn of at least a tenge; nothing where it is no such sum.</returns>
    public static long? TiynOf(string sum)
    {
        if (!Sum().IsMatch(sum) || !decimal.TryParse(sum.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var tenge))
        {
            return null;
        }

        return tenge is >= 1 and <= MostTenge ? (long)(tenge * 100) : null;
    }

    private static DateTime? TimeOf(string text) =>
        DateTime.TryParseExact(text, Time, CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) && at >= Earliest ? at : null;

    [GeneratedRegex(@"\A[0-9]{1,18}\z")]
    private static partial Regex Digits();

    [GeneratedRegex(@"\A[0-9]{1,12}([.,][0-9]{1,2})?\z")]
    private static partial Regex Sum();
}
