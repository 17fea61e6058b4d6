using System.Text.Json;
using Diaspora.Domain.Notifications;
using Diaspora.Web.Notifications;
using Diaspora.Web.Shell.Guard;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Xunit;

namespace Diaspora.Tests.Notifications;

/// <summary>WhatsApp and short messages to a provider on the loopback: what it is asked, and what is made of what it answers.</summary>
public sealed class PaidChannelsTests : IAsyncLifetime
{
    private PaidProvider _provider = null!;

    public async ValueTask InitializeAsync() => _provider = await PaidProvider.StartAsync();

    public ValueTask DisposeAsync() => _provider.DisposeAsync();

    [Theory]
    [InlineData("ru", "Рашад", "март и\u00A0апрель")]
    [InlineData("kk", "Рашад", "наурыз және сәуір")]
    public async Task Send_ByWhatsApp_IsTheTemplateOfItsCauseWithItsValuesAndOurId(string language, string name, string months)
    {
        _provider.Answer = _ => Results.Text("""{"messaging_product":"whatsapp","messages":[{"id":"wamid.HBgL="}]}""");
        var id = Guid.NewGuid();
        var delivery = await SendAsync(Channel.WhatsApp, id, Cause.Reminder, language);

        Assert.Equal((DeliveryOutcome.Taken, "wamid.HBgL=", 3125L), (delivery.Outcome, delivery.ProviderId, delivery.CostTiyn));
        var asked = Assert.Single(_provider.Asked);
        Assert.Equal(("v21.0/106540352242922/messages", "Bearer a-token"), (asked.Path, asked.Authorization));
        using var body = JsonDocument.Parse(asked.Body);
        var template = body.RootElement.GetProperty("template");
        Assert.Equal(
            ("whatsapp", "77011112233", "template", id.ToString("N"), "diaspora_reminder", language),
            (body.RootElement.GetProperty("messaging_product").GetString(), body.RootElement.GetProperty("to").GetString(), body.RootElement.GetProperty("type").GetString(),
                body.RootElement.GetProperty("biz_opaque_callback_data").GetString(), template.GetProperty("name").GetString(), template.GetProperty("language").GetProperty("code").GetString()));
        var values = template.GetProperty("components")[0].GetProperty("parameters").EnumerateArray().Select(parameter => parameter.GetProperty("text").GetString()).ToList();
        Assert.Equal([name, WhatsAppTemplate.Clean(months), "https://portal.example.kz/cabinet/pay"], values);
    }

    [Fact]
    public async Task Send_AsAShortMessage_IsTheTitleAndTheTextAndCostsItsParts()
    {
        _provider.Answer = _ => Results.Text("""{"code":0,"data":{"campaignId":"7","messageId":"4211","status":2},"message":""}""");
        var delivery = await SendAsync(Channel.Sms, Guid.NewGuid(), Cause.Reminder, "ru");

        var asked = Assert.Single(_provider.Asked);
        var fields = asked.Body.Split('&').Select(field => field.Split('=')).ToDictionary(field => field[0], field => Uri.UnescapeDataString(field[1].Replace('+', ' ')));
        Assert.Equal("service/message/sendSmsMessage", asked.Path);
        Assert.Equal(("a-key", "json", "v1", "77011112233", "Diaspora"), (fields["apiKey"], fields["output"], fields["api"], fields["recipient"], fields["from"]));
        Assert.Equal("Взнос ждёт оплаты. март и апрель. Оплатить: https://portal.example.kz/cabinet/pay", fields["text"]);
        Assert.Equal((DeliveryOutcome.Taken, "4211", 2 * 1850L), (delivery.Outcome, delivery.ProviderId, delivery.CostTiyn));
    }

    [Theory]
    [InlineData(Channel.WhatsApp, 400, """{"error":{"code":131026,"message":"Message undeliverable"}}""", DeliveryOutcome.NoAddress, "whatsapp 131026")]
    [InlineData(Channel.WhatsApp, 400, """{"error":{"code":132018,"message":"parameters"}}""", DeliveryOutcome.Later, "whatsapp code 132018")]
    [InlineData(Channel.WhatsApp, 401, """{"error":{"code":190,"message":"token"}}""", DeliveryOutcome.Later, "whatsapp code 190")]
    [InlineData(Channel.WhatsApp, 404, "nothing", DeliveryOutcome.Later, "whatsapp 404")]
    [InlineData(Channel.WhatsApp, 500, """{"error":{"code":131000}}""", DeliveryOutcome.Later, "whatsapp 500")]
    [InlineData(Channel.WhatsApp, 200, "nothing", DeliveryOutcome.Unsure, "whatsapp answer")]
    [InlineData(Channel.WhatsApp, 200, """{"messages":[{"id":{}}]}""", DeliveryOutcome.Unsure, "whatsapp answer")]
    [InlineData(Channel.Sms, 200, """{"code":1,"data":{"recipient":"no such number"},"message":"Validation"}""", DeliveryOutcome.NoAddress, "sms recipient")]
    [InlineData(Channel.Sms, 200, """{"code":1,"data":{"text":"too long"},"message":"Validation"}""", DeliveryOutcome.Later, "sms code 1")]
    [InlineData(Channel.Sms, 200, """{"code":8,"data":{},"message":"Login failed"}""", DeliveryOutcome.Later, "sms code 8")]
    [InlineData(Channel.Sms, 200, """{"code":"8","data":[],"message":"Login failed"}""", DeliveryOutcome.Later, "sms code 8")]
    [InlineData(Channel.Sms, 200, """{"code":0,"data":{},"message":""}""", DeliveryOutcome.Unsure, "sms answer")]
    [InlineData(Channel.Sms, 200, "<html>", DeliveryOutcome.Unsure, "sms answer")]
    [InlineData(Channel.Sms, 404, "<html>", DeliveryOutcome.Later, "sms 404")]
    [InlineData(Channel.Sms, 502, "<html>", DeliveryOutcome.Unsure, "sms 502")]
    [InlineData(Channel.WhatsApp, 504, "<html>", DeliveryOutcome.Unsure, "whatsapp 504")]
    public async Task Send_AndHearSomethingElse_IsUnderstood(Channel channel, int status, string body, DeliveryOutcome outcome, string problem)
    {
        _provider.Answer = _ => Results.Text(body, statusCode: status);
        var delivery = await SendAsync(channel, Guid.NewGuid(), Cause.PaymentConfirmed, "ru");

        Assert.Equal((outcome, problem), (delivery.Outcome, delivery.Problem));
        Assert.Equal(outcome == DeliveryOutcome.NoAddress ? "+77011112233" : null, delivery.DeadPhone);
        Assert.Equal(0, delivery.CostTiyn);
    }

    [Theory]
    [InlineData(Channel.WhatsApp, 429, "1020", 1020)]
    [InlineData(Channel.WhatsApp, 503, "60", 60)]
    [InlineData(Channel.Sms, 429, "1020", 1020)]
    [InlineData(Channel.Sms, 429, "Sun, 08 Mar 2026 07:17:00 GMT", 1020)]
    public async Task Send_ToWhoeverWantsToBeLeftAlone_WaitsAsLongAsTheySay(Channel channel, int status, string after, int seconds)
    {
        _provider.Answer = _ => new ComeBack(status, after);
        var delivery = await SendAsync(channel, Guid.NewGuid(), Cause.PaymentConfirmed, "ru");

        Assert.Equal((DeliveryOutcome.Later, TimeSpan.FromSeconds(seconds)), (delivery.Outcome, delivery.RetryAfter));
        Assert.Single(_provider.Asked);
    }

    /// <summary>What was asked and not answered may have gone; where nobody listens, nothing did.</summary>
    [Theory]
    [InlineData(Channel.WhatsApp)]
    [InlineData(Channel.Sms)]
    public async Task Send_ToAProviderThatIsSilentOrAway_IsUnsureOrTriedAgain(Channel channel)
    {
        _provider.IsSilent = true;
        Assert.Equal(DeliveryOutcome.Unsure, (await SendAsync(channel, Guid.NewGuid(), Cause.PaymentConfirmed, "ru")).Outcome);

        await using var away = await PaidProvider.StartAsync();
        var services = away.Services();
        await away.StopAsync();
        Assert.Equal(DeliveryOutcome.Later, (await SendAsync(services, channel, Guid.NewGuid(), Cause.PaymentConfirmed, "ru")).Outcome);
    }

    [Fact]
    public async Task Ask_AboutShortMessages_IsToldWhatIsFinal()
    {
        _provider.Answer = _ => Results.Text(
            """{"code":0,"data":[{"id":"1","status":"DELIVRD","segNum":"1"},{"id":2,"status":"UNDELIV"},{"id":"3","status":"ACCEPTD"},{"id":"4","status":"EXPIRED"},{"status":"DELIVRD"},7],"message":""}""");
        await using var services = _provider.Services();
        var news = await services.GetRequiredService<SmsChannel>().AskAsync(["1", "2", "3", "4"], TestContext.Current.CancellationToken);

        Assert.Equal([("1", DeliveryNewsKind.Delivered), ("2", DeliveryNewsKind.Failed), ("4", DeliveryNewsKind.Failed)], news!.Select(one => (one.ProviderId, one.Kind)));
        Assert.Contains("ids%5B3%5D=4", Assert.Single(_provider.Asked).Body, StringComparison.Ordinal);

        _provider.Answer = _ => Results.Text("""{"code":8,"data":{},"message":"Login failed"}""");
        Assert.Empty((await services.GetRequiredService<SmsChannel>().AskAsync(["1"], TestContext.Current.CancellationToken))!);

        _provider.Answer = _ => Results.StatusCode(503);
        Assert.Null(await services.GetRequiredService<SmsChannel>().AskAsync(["1"], TestContext.Current.CancellationToken));
    }

    /// <summary>On a lock screen anybody reads along; and each cause has words of its own, in both languages.</summary>
    [Fact]
    public async Task Write_EveryCauseByEveryPaidChannel_SaysNoSumAndFillsItsWords()
    {
        await using var services = _provider.Services();
        var facts = new NoticeFacts([new Period(2026, 3)], 2000, "не та сумма: 2000", "Mozilla/5.0 (Linux; Android 15) Chrome/130");
        foreach (var (cause, channel) in Enum.GetValues<Cause>().Where(cause => cause != Cause.SignInLink && !cause.IsForStaff()).SelectMany(cause => Enum.GetValues<Channel>().Where(channel => channel.IsPaid), (cause, channel) => (cause, channel)))
        {
            foreach (var language in (string[])["ru", "kk"])
            {
                var written = services.GetRequiredService<MessageWriter>().Write(cause, channel, language, "Алиев Рашад", facts);
                var text = $"{written.Title}. {written.Text}";
                Assert.DoesNotContain($"{cause}", text, StringComparison.Ordinal);
                Assert.DoesNotContain("{", text, StringComparison.Ordinal);
                Assert.DoesNotContain("000", text, StringComparison.Ordinal);
                Assert.InRange(SmsParts.Of(text).Count, 1, channel == Channel.Sms ? 2 : 4);

                // Meta takes no template that begins or ends with a value.
                Assert.True(channel == Channel.Sms || !written.Values.Any(value => written.Text.EndsWith(value, StringComparison.Ordinal)), text);
            }
        }
    }

    [Theory]
    [InlineData("Token", "Notifications:WhatsApp:PhoneNumberId, Notifications:WhatsApp:AppSecret, Notifications:WhatsApp:VerifyToken, Notifications:WhatsApp:TengePerMessage")]
    [InlineData("ApiKey", "Notifications:Sms:TengePerPart")]
    [InlineData("From", "Notifications:Sms:ApiKey, Notifications:Sms:TengePerPart")]
    [InlineData("Address", "'http://example.kz' must begin with https://")]
    [InlineData("Number", "must be digits alone")]
    [InlineData("Site", "Site:BaseUrl is missing")]
    [InlineData("Price", "must lie between 0 and 10000")]
    public void Name_HalfOfAChannel_StopsTheStartAndNamesTheKey(string what, string fault)
    {
        var options = new NotificationOptions();
        var site = new SiteOptions { BaseUrl = what == "Site" ? null : "https://portal.example.kz" };
        var (whatsApp, sms) = (options.WhatsApp, options.Sms);
        whatsApp.Token = what == "Token" ? "a-token" : null;
        whatsApp.PhoneNumberId = what == "Number" ? "+77011112233" : null;
        whatsApp.TengePerMessage = what == "Price" ? 10_001 : null;
        sms.ApiKey = what is "ApiKey" or "Site" ? "a-key" : null;
        sms.From = what == "From" ? "Diaspora" : null;
        sms.TengePerPart = what == "Site" ? 18 : null;
        sms.Address = what == "Address" ? "http://example.kz" : sms.Address;
        Assert.Contains(new PaidOptionsValidator(Options.Create(site)).Validate(null, options).Failures!, said => said.Contains(fault, StringComparison.Ordinal));
        Assert.True(new PaidOptionsValidator(Options.Create(new SiteOptions())).Validate(null, new NotificationOptions()).Succeeded);
    }

    private async Task<Delivery> SendAsync(Channel channel, Guid id, Cause cause, string language)
    {
        await using var services = _provider.Services();
        return await SendAsync(services, channel, id, cause, language);
    }

    private static Task<Delivery> SendAsync(ServiceProvider services, Channel channel, Guid id, Cause cause, string language)
    {
        IMessageChannel by = channel == Channel.Sms ? services.GetRequiredService<SmsChannel>() : services.GetRequiredService<WhatsAppChannel>();
        var written = services.GetRequiredService<MessageWriter>().Write(cause, channel, language, "Алиев Рашад", new NoticeFacts([new Period(2026, 3), new Period(2026, 4)], 4000));
        return by.SendAsync(id, new Recipient(Guid.NewGuid(), "Алиев Рашад", null) { Phone = PhoneNumber.Parse("+77011112233") }, written, TestContext.Current.CancellationToken);
    }
}
