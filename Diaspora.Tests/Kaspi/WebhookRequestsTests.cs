using System.Globalization;
using System.Net;
using Diaspora.Domain.Kaspi;
using Diaspora.Domain.Members;
using Diaspora.Domain.Payments;
using Diaspora.Tests.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Diaspora.Tests.Kaspi;

/// <summary>An aggregator's calls over HTTP: only what is signed is kept, and what is kept is worked off by itself.</summary>
public sealed class WebhookRequestsTests(BankPortal bank)
{
    private static int _last = 700;

    [Fact]
    public async Task Call_SignedAndPaid_ConfirmsTheIntentByItself()
    {
        var intentId = await StartedAsync("+77010000103");
        var body = Body(intentId, Interlocked.Increment(ref _last), "paid");
        using var heard = new SemaphoreSlim(0);
        using var subscription = bank.Portal.Services.GetRequiredService<IChangeFeed>().Subscribe<EvidenceChanged>(_ => heard.Release());
        await AnsweredAsync(body, BankPortal.Sign(body), HttpStatusCode.OK);
        await AnsweredAsync(body, BankPortal.Sign(body), HttpStatusCode.OK);

        while (await bank.ReadAsync(context => context.Payments.AnyAsync(payment => payment.IntentId == intentId && payment.Status != PaymentStatus.Confirmed)))
        {
            await heard.WaitAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal(1, await bank.ReadAsync(context => context.Matches.CountAsync(match => match.IntentId == intentId)));
    }

    [Fact]
    public async Task Call_ThatIsNotSignedByUs_LeavesNothing()
    {
        var body = Body(Guid.NewGuid(), 1, "paid");
        var signature = BankPortal.Sign(body);
        var before = await bank.EventsAsync();
        foreach (var wrong in (string?[])[null, "", "sha256=", signature[..^1], signature + "0", signature.Replace("sha256=", "", StringComparison.Ordinal), BankPortal.Sign(body, "another secret"), BankPortal.Sign(body + " ")])
        {
            await AnsweredAsync(body, wrong, HttpStatusCode.Unauthorized);
        }

        await AnsweredAsync(new string('x', WebhookEvent.BodyLength + 1), signature, HttpStatusCode.RequestEntityTooLarge);
        await AnsweredAsync(body, signature, HttpStatusCode.NotFound, "stripe");
        Assert.Equal(before, await bank.EventsAsync());
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"event":"invoice.status_changed","invoice":7}""")]
    [InlineData("""{"event":"invoice.status_changed","invoice":{"id":{},"external_order_id":null,"amount":"-1","status":[],"paid_at":"soon"}}""")]
    [InlineData("""{"event":"subscription.payment_succeeded","data":{"invoice":{"id":1,"status":"paid"}}}""")]
    [InlineData("""{"event":"invoice.\ud800","invoice":{"id":"\udfff"}}""")]
    public async Task Call_SignedButOfNoBill_IsKeptAndBooksNothing(string body) => await AnsweredAsync(body, BankPortal.Sign(body), HttpStatusCode.OK);

    private async Task AnsweredAsync(string body, string? signature, HttpStatusCode status, string provider = "apipay")
    {
        using var answer = await bank.CallAsync(body, signature, provider);
        Assert.Equal(status, answer.StatusCode);
    }

    private static string Body(Guid intentId, int number, string status) => string.Create(
        CultureInfo.InvariantCulture,
        $$$"""{"event":"invoice.status_changed","invoice":{"id":{{{number}}},"external_order_id":"{{{intentId:N}}}","amount":"2000.00","status":"{{{status}}}","client_name":"Рашад А.","paid_at":"2026-11-28T05:00:00Z"},"timestamp":"2026-11-28T05:00:01Z"}""");

    /// <summary>A member has set out to pay ahead, and a bill was asked for.</summary>
    private async Task<Guid> StartedAsync(string phone)
    {
        await using var scope = bank.Portal.Services.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var memberId = await services.GetRequiredService<IStore>().ReadAsync(work => work.Members.IdOfAsync(PhoneNumber.Parse(phone)));
        var actor = new Actor(memberId, "127.0.0.1", "test");
        var ahead = (await services.GetRequiredService<Domain.Overview.CabinetService>().CabinetAsync(actor)).Payable[^1];
        var intentId = await services.GetRequiredService<PaymentService>().StartAsync(actor, new StartPaymentForm { Periods = [ahead.Period], SeenTotal = ahead.Amount });
        await services.GetRequiredService<InvoiceService>().BeginAsync("apipay", intentId);
        return intentId;
    }
}
