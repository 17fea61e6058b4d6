using System.Net;
using System.Text.Json;
using Diaspora.Domain.Kaspi;
using Diaspora.Web.Kaspi.Invoices;
using Diaspora.Web.Payments;
using Microsoft.Extensions.Options;

namespace Diaspora.Tests.Kaspi;

/// <summary>ApiPay's protocol: what is sent, and what each answer means.</summary>
public sealed class ApiPayTests
{
    private static readonly InvoiceAsk Ask = new("0123", "87001234567", new Money(2000), "888590");

    [Fact]
    public async Task Ask_ABill_SendsWhatTheDocumentsSay()
    {
        var line = new Line(HttpStatusCode.Created, """{"id":42,"amount":"2000.00","status":"processing"}""");
        var news = await line.Provider.AskAsync(Ask, default);
        Assert.Equal(("0123", "42", InvoiceState.Asked), (news.Order, news.Number, news.State));
        Assert.Equal("POST https://api.apipay.kz/api/v1/invoices a-key", Assert.Single(line.Asked));
        var sent = JsonDocument.Parse(Assert.Single(line.Bodies)).RootElement;
        Assert.Equal((2000, "87001234567", "888590", "0123", "0123"),
            (sent.GetProperty("amount").GetInt32(), sent.GetProperty("phone_number").GetString(), sent.GetProperty("description").GetString(), sent.GetProperty("external_order_id").GetString(), sent.GetProperty("external_order_id_idempotency").GetString()));
    }

    [Theory]
    [InlineData(201, """{"id":42,"status":"pending"}""", InvoiceState.Open, null)]
    [InlineData(409, """{"error_code":"duplicate_idempotency_key","invoice_id":42}""", InvoiceState.Open, null)]
    [InlineData(409, """{"error_code":"duplicate_idempotency_key"}""", InvoiceState.Asked, null)]
    [InlineData(409, """{"error_code":"kaspi_session_expired"}""", InvoiceState.Refused, "kaspi_session_expired")]
    [InlineData(503, """{"error_code":"kaspi_session_invalid"}""", InvoiceState.Refused, "kaspi_session_invalid")]
    [InlineData(403, """{"error_code":"tariff_inactive"}""", InvoiceState.Refused, "tariff_inactive")]
    [InlineData(422, "<html>", InvoiceState.Refused, "http_422")]
    [InlineData(500, "oops", InvoiceState.Asked, "unknown_outcome")]
    [InlineData(200, "oops", InvoiceState.Asked, "unknown_outcome")]
    [InlineData(0, "", InvoiceState.Asked, "unknown_outcome")]
    public async Task Ask_ABill_AnswerSaysHowItStands(int status, string body, InvoiceState state, string? problem)
    {
        var news = await new Line((HttpStatusCode)status, body).Provider.AskAsync(Ask, default);
        Assert.Equal((state, problem), (news.State, news.Problem));
    }

    [Fact]
    public async Task Look_AfterAnUnknownOutcome_AsksByOurNumberAndMakesNoSecondBill()
    {
        var line = new Line(HttpStatusCode.OK, """{"data":[{"id":41,"external_order_id":"9999","status":"paid"},{"id":42,"external_order_id":"0123","status":"paid","amount":"2000.00"}]}""");
        var news = await line.Provider.LookAsync(new InvoiceRow(Guid.NewGuid(), "0123", null, InvoiceState.Asked, new Money(2000)), default);
        Assert.Equal(("42", InvoiceState.Paid, 200_000L), (news.Number, news.State, news.Tiyn));
        Assert.Equal("GET https://api.apipay.kz/api/v1/invoices?search=0123&per_page=10 a-key", Assert.Single(line.Asked));
    }

    [Theory]
    [InlineData(200, """{"data":[]}""", null, InvoiceState.Refused, "not_found")]
    [InlineData(200, """{"id":42,"status":"expired"}""", "42", InvoiceState.Closed, null)]
    [InlineData(200, """{"id":42,"status":"paid","is_fully_refunded":true}""", "42", InvoiceState.Closed, "refunded")]
    [InlineData(409, """{"error_code":"kaspi_session_expired"}""", "42", InvoiceState.Open, "kaspi_session_expired")]
    [InlineData(0, "", "42", InvoiceState.Open, "unknown_outcome")]
    public async Task Look_ABill_AnswerSaysHowItStands(int status, string body, string? number, InvoiceState state, string? problem)
    {
        var news = await new Line((HttpStatusCode)status, body).Provider.LookAsync(new InvoiceRow(Guid.NewGuid(), "0123", number, InvoiceState.Open, new Money(2000)), default);
        Assert.Equal((state, problem), (news.State, news.Problem));
    }

    [Fact]
    public void State_OfTheAggregator_IsOnlyWhatKeepsEveryBill()
    {
        var state = new ProviderState();
        state.Note("client_not_found");
        Assert.Null(state.Problem);
        state.Note("kaspi_session_expired");
        Assert.Equal("kaspi_session_expired", state.Problem);
        state.Note(null);
        Assert.Null(state.Problem);
    }

    /// <summary>One answer, and what was asked for. With no status the line is dead.</summary>
    private sealed class Line(HttpStatusCode status, string body) : HttpMessageHandler, IHttpClientFactory
    {
        public List<string> Asked { get; } = [];

        public List<string> Bodies { get; } = [];

        public ApiPay Provider => new(this, Options.Create(new KaspiOptions { ApiPay = new ApiPayOptions { ApiKey = "a-key", WebhookSecret = "a-secret" } }));

        public HttpClient CreateClient(string name) => new(this, disposeHandler: false);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked.Add($"{request.Method} {request.RequestUri} {string.Join(',', request.Headers.GetValues(ApiPay.KeyHeader))}");
            if (request.Content is { } content)
            {
                Bodies.Add(await content.ReadAsStringAsync(cancellationToken));
            }

            return status == 0 ? throw new HttpRequestException("nobody is there") : new HttpResponseMessage(status) { Content = new StringContent(body) };
        }
    }
}
