using System.Net;
using System.Text;
using Diaspora.Domain.Kaspi;
using Diaspora.Web.Dues;
using Diaspora.Web.Payments;
using Diaspora.Web.Shell;
using Diaspora.Web.Shell.Localization;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace Diaspora.Web.Kaspi.Biller;

/// <summary>
/// Answers the bank. It repeats whatever has no body or another status than 200, so it always gets both; and what may have been booked is never called a failure, but
/// not finished: then it asks again.
/// </summary>
public sealed class BillerDesk(
    BillerService biller, IOptions<KaspiOptions> kaspi, IStringLocalizer<BillerTexts> texts, PeriodWords months, TimeProvider clock, ILogger<BillerDesk> log)
{
    /// <summary>The bank waits for fifteen seconds.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(12);

    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(1);

    private static long _saidAt = long.MinValue;

    public async Task AnswerAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (!IsBank(context.Connection.RemoteIpAddress))
        {
            await RefuseAsync(context);
            return;
        }

        var request = Read(context.Request);
        var body = await AnswerAsync(request);
        context.Response.ContentType = body.StartsWith('<') ? "application/xml; charset=utf-8" : "application/json; charset=utf-8";
        await context.Response.WriteAsync(body, Encoding.UTF8, CancellationToken.None);
    }

    private static BillerRequest Read(HttpRequest request) => BillerRequest.Read(
        name => request.Query.TryGetValue(name, out var values) && values is [{ } value] ? value : null,
        $"{request.HttpContext.Connection.RemoteIpAddress} {request.QueryString}");

    /// <summary>Whoever hangs up does not take the payment back, so only time ends it.</summary>
    private async Task<string> AnswerAsync(BillerRequest request)
    {
        using var patience = new CancellationTokenSource(Patience, clock);
        try
        {
            return request switch
            {
                { Command: BillerCommand.Check } => await CheckAsync(request, patience.Token),
                { Command: BillerCommand.Pay, Transaction.Length: > 0, Account.Length: > 0, Tiyn: not null } => await biller.PayAsync(request, Write, patience.Token),
                _ => Write(new BillerAnswer(request.Transaction, BillerResult.Fault)),
            };
        }
        catch (Exception fault)
        {
            var result = request.Command == BillerCommand.Pay ? BillerResult.InProcess : BillerResult.Fault;
            log.LogError(fault, "The bank's {Command} {Transaction} could not be answered and got {Result}", request.Command, request.Transaction, result);
            return Write(new BillerAnswer(request.Transaction, result));
        }
    }

    private async Task<string> CheckAsync(BillerRequest request, CancellationToken cancel)
    {
        if (await biller.CheckAsync(request.Account, cancel) is not { } account)
        {
            return Write(new BillerAnswer(request.Transaction, BillerResult.NoAccount));
        }

        return Write(new BillerAnswer(request.Transaction, BillerResult.Ok, Tiyn: account.Sum.Tenge * 100)
        {
            Fields = InRussian(() => new List<(string, string)>
            {
                (texts["Member"], account.Name),
                (texts["ToPay"], account.Months.Count == 0 ? texts["NothingToPay"] : months.List(account.Months)),
            }),
        });
    }

    private string Write(BillerAnswer answer) => (answer with
    {
        Comment = answer.Result == BillerResult.Ok ? "OK" : InRussian(() => texts[$"Result{answer.Result}"].Value),
    }).Write(kaspi.Value.Biller.AnswerFormat!.Value);

    /// <summary>The bank shows it as it is, and says nothing of who reads it.</summary>
    private static T InRussian<T>(Func<T> write) => Languages.In(Languages.Default, write);

    private bool IsBank(IPAddress? address)
    {
        var from = address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;
        return from is not null && kaspi.Value.Biller.Networks.Any(network => network.Contains(from));
    }

    /// <summary>A stranger learns nothing. Should it be the bank from a new address, it takes this for a broken line and tries again until the address is entered: a result would be its last word.</summary>
    private Task RefuseAsync(HttpContext context)
    {
        var (now, before) = (clock.GetUtcNow().UtcTicks, Interlocked.Read(ref _saidAt));
        if (before <= now - Silence.Ticks && Interlocked.CompareExchange(ref _saidAt, now, before) == before)
        {
            log.LogWarning(
                "A call of {Path:l} from {Address:l} was refused. If that is the bank, add it to Kaspi:Biller:Addresses; if it is the web server in front, name it in Proxy:Addresses", Urls.Biller,
                context.Connection.RemoteIpAddress?.ToString());
        }

        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync("Forbidden");
    }
}
