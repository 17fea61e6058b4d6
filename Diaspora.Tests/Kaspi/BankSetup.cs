using System.Globalization;
using Diaspora.Domain.Kaspi;
using Diaspora.Domain.Payments;
using Diaspora.Tests.Payments;
using Diaspora.Tests.Storage;
using Microsoft.EntityFrameworkCore;

namespace Diaspora.Tests.Kaspi;

/// <summary>What the tests of the bank's calls do again and again, in a word each.</summary>
internal static class BankSetup
{
    public static BillerRequest Request(long transaction, string account, string sum, string? date = "20260308101500") => BillerRequest.Read(
        name => name switch { "command" => "pay", "txn_id" => transaction.ToString(CultureInfo.InvariantCulture), "account" => account, "sum" => sum, "txn_date" => date, _ => null }, "?");

    /// <summary>A call of the bank, answered in JSON.</summary>
    public static Task<string> PayAsync(this TestDatabase database, long transaction, string account, string sum, string? date = "20260308101500") =>
        database.Get<BillerService>().PayAsync(Request(transaction, account, sum, date), answer => answer.Write(BillerFormat.Json));

    /// <summary>The member has set out to pay, and a bill was asked for.</summary>
    public static async Task<(Guid IntentId, string Order)> AskedAsync(this TestDatabase database, Actor member, params string[] months)
    {
        var intentId = await database.StartAsync(member, months);
        var ask = await database.Get<InvoiceService>().BeginAsync("apipay", intentId);
        return (intentId, ask!.Order);
    }

    public static InvoiceNews Paid(string order, int number, long tenge) =>
        new(order, number.ToString(CultureInfo.InvariantCulture), InvoiceState.Paid, tenge * 100, null, "Рашад А.", null, "{}");

    /// <summary>«2026-03 Confirmed, 2026-04 Rejected», by month.</summary>
    public static async Task<string> MonthsAsync(this TestDatabase database, Actor member) =>
        string.Join(", ", (await database.Get<PaymentService>().HistoryAsync(member)).OrderBy(row => row.Period).ThenBy(row => row.CreatedAt).Select(row => $"{row.Period} {row.Status}"));

    public static async Task<long> CreditAsync(this TestDatabase database, Actor member)
    {
        await using var context = database.Context();
        return (await context.Credits.Where(credit => credit.MemberId == member.MemberId && credit.Status == CreditStatus.Open).ToListAsync()).Sum(credit => credit.Amount.Tenge);
    }

    /// <summary>How many pieces there are, and how many of them are matched.</summary>
    public static async Task<(int All, int Matched)> EvidenceAsync(this TestDatabase database)
    {
        await using var context = database.Context();
        return (await context.Evidence.CountAsync(), await context.Evidence.CountAsync(evidence => evidence.State == EvidenceState.Matched));
    }
}
