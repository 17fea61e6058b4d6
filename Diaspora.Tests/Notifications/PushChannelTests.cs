using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using Diaspora.Domain.Dues;
using Diaspora.Domain.Notifications;
using Diaspora.Domain.Settings;
using Diaspora.Tests.Storage;
using Diaspora.Web.Dues;
using Diaspora.Web.Notifications;
using Diaspora.Web.Shared;
using Diaspora.Web.Shell.Guard;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Diaspora.Tests.Notifications;

/// <summary>Messages to a push service on the loopback: what it is told, and what is made of what it answers.</summary>
public sealed class PushChannelTests : IAsyncLifetime
{
    private TimeSpan _patience = TimeSpan.FromSeconds(30);
    private PushService _service = null!;
    private ServiceProvider _services = null!;

    public async ValueTask InitializeAsync()
    {
        _service = await PushService.StartAsync();
        var settings = new CurrentSettings();
        settings.Use(new SettingsSnapshot(new DuesRules(FeeSchedule.Always(new Money(2000)), 10, 12, 14, TimeZoneInfo.FindSystemTimeZoneById("Asia/Almaty"))));
        _services = new ServiceCollection().AddLocalization().AddLogging().AddHttpClient(PushChannel.Client, client => client.Timeout = _patience).Services.AddSingleton<TimeProvider>(new FakeTimeProvider(TestDatabase.Noon(2026, 3, 8))).AddSingleton(settings.Rules.Zone).AddSingleton(settings)
            .AddSingleton(Options.Create(new SiteOptions { BaseUrl = "https://portal.example.kz" }))
            .AddSingleton(Options.Create(new NotificationOptions())).AddSingleton<IPushKeys, Keys>()
            .AddSingleton<Wording>().AddSingleton<PeriodWords>().AddMessageWriter().BuildServiceProvider();
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _service.DisposeAsync();
    }

    [Fact]
    public async Task Send_AConfirmation_IsEncryptedSignedAndTaken()
    {
        Assert.Equal(Delivery.Taken, (await SendAsync("a")) with { DeadDevices = Delivery.Taken.DeadDevices });

        var (_, headers, body) = Assert.Single(_service.Asked);
        Assert.Equal(("aes128gcm", "high"), (headers["Content-Encoding"], headers["Urgency"]));
        Assert.StartsWith("vapid ", headers["Authorization"], StringComparison.Ordinal);
        Assert.True(int.Parse(headers["TTL"], System.Globalization.CultureInfo.InvariantCulture) > 3600);
        Assert.DoesNotContain("Взнос", System.Text.Encoding.UTF8.GetString(body), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(410, DeliveryOutcome.NoAddress, 1)]
    [InlineData(404, DeliveryOutcome.NoAddress, 1)]
    [InlineData(500, DeliveryOutcome.Later, 0)]
    [InlineData(403, DeliveryOutcome.Later, 0)]
    public async Task Send_AndBeRefused_IsForgottenOrTriedAgain(int status, DeliveryOutcome outcome, int dead)
    {
        _service.Answer = _ => Results.StatusCode(status);
        var delivery = await SendAsync("a");

        Assert.Equal((outcome, $"push {status}", dead), (delivery.Outcome, delivery.Problem, delivery.DeadDevices.Count));
    }

    [Fact]
    public async Task Send_ToWhoeverWantsToBeLeftAlone_WaitsAsLongAsTheySay()
    {
        _service.Answer = _ => new TooMany();
        var delivery = await SendAsync("a");

        Assert.Equal((DeliveryOutcome.Later, TimeSpan.FromMinutes(17)), (delivery.Outcome, delivery.RetryAfter));
        Assert.Single(_service.Asked);
    }

    [Fact]
    public async Task Send_ToAServiceThatSaysNothing_IsUnsure()
    {
        _patience = TimeSpan.FromMilliseconds(300);

        Assert.Equal(DeliveryOutcome.Unsure, (await SendAsync(PushService.Silent)).Outcome);
    }

    [Fact]
    public async Task Send_ToAServiceThatIsAway_IsTriedAgain()
    {
        await _service.StopAsync();

        Assert.Equal(DeliveryOutcome.Later, (await SendAsync("a")).Outcome);
    }

    /// <summary>One phone has it, the other was thrown away: it is sent, and the other is forgotten.</summary>
    [Fact]
    public async Task Send_ToSeveralBrowsers_IsSentOnceOneHasIt()
    {
        _service.Answer = path => Results.StatusCode(path switch { "gone" => 410, "broken" => 500, _ => 201 });
        var delivery = await SendAsync("gone", "broken", "a");

        Assert.Equal((DeliveryOutcome.Taken, 1), (delivery.Outcome, delivery.DeadDevices.Count));
        Assert.Equal(DeliveryOutcome.Later, (await SendAsync("gone", "broken")).Outcome);
        Assert.Equal(DeliveryOutcome.NoAddress, (await SendAsync()).Outcome);
    }

    /// <summary>On a lock screen anybody reads along.</summary>
    [Theory]
    [InlineData("ru", "Взнос принят", "Оплачено: март. Спасибо!")]
    [InlineData("kk", "Жарна қабылданды", "Төленді: наурыз. Рақмет!")]
    public void Write_ForALockScreen_SaysNoSumInEitherLanguage(string language, string title, string text)
    {
        var writer = _services.GetRequiredService<MessageWriter>();
        var facts = new NoticeFacts([new Period(2026, 3)], 2000, "не та сумма: 2000") { Imported = new ImportedRows("Взносы.xlsx", 1, 1, 1, 1) };
        var written = writer.Write(Cause.PaymentConfirmed, Channel.Push, language, "Алиев Рашад", facts);

        Assert.Equal((title, text, "/cabinet/payments"), (written.Title, written.Text, written.Link.AbsolutePath));
        Assert.All(Enum.GetValues<Cause>().Except([Cause.SignInLink]), cause =>
        {
            var each = writer.Write(cause, Channel.Push, language, "Алиев Рашад", facts);
            Assert.DoesNotContain("2", each.Title + each.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("{", each.Title + each.Text, StringComparison.Ordinal);
            Assert.InRange(each.Text.Length, 10, 120);
        });
    }

    private Task<Delivery> SendAsync(params string[] paths)
    {
        var channel = ActivatorUtilities.CreateInstance<PushChannel>(_services);
        var written = _services.GetRequiredService<MessageWriter>().Write(Cause.PaymentConfirmed, Channel.Push, "ru", "Алиев Рашад", new NoticeFacts([new Period(2026, 3)], 2000));
        var to = new Recipient(Guid.NewGuid(), "Алиев Рашад", null) { Devices = [.. paths.Select(path => new PushDevice(Guid.NewGuid(), _service.Address(path), null, DateTime.UnixEpoch))] };
        return channel.SendAsync(Guid.NewGuid(), to, written, TestContext.Current.CancellationToken);
    }

    private sealed class Keys : IPushKeys
    {
        public PushKey? Kept()
        {
            using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var numbers = pair.ExportParameters(includePrivateParameters: true);
            return new PushKey(Base64Url.EncodeToString((byte[])[4, .. numbers.Q.X!, .. numbers.Q.Y!]), Base64Url.EncodeToString(numbers.D!));
        }
    }

    private sealed class TooMany : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = (int)HttpStatusCode.TooManyRequests;
            httpContext.Response.Headers.RetryAfter = "1020";
            return Task.CompletedTask;
        }
    }
}
