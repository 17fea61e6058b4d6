using Diaspora.Data.Operations;
using Diaspora.Domain.Notifications;
using Diaspora.Domain.Payments;
using Diaspora.Domain.Settings;
using Diaspora.Web.Payments.Admin.Decide;
using Diaspora.Web.Payments.Admin.Queue;
using Diaspora.Web.Payments.Admin.Refund;
using Diaspora.Web.Payments.Cabinet.Intent;

namespace Diaspora.Web.Payments;

public static class PaymentsFeature
{
    public static WebApplicationBuilder AddPayments(this WebApplicationBuilder builder)
    {
        builder.AddSection<KaspiOptions>(KaspiOptions.Section)
            .Validate(kaspi => builder.Environment.IsDevelopment() || kaspi.HasWholeLink, $"The setting {KaspiOptions.Section}:{nameof(KaspiOptions.Link)} is still the example: put the association's own link in the place of «…», or leave it out.")
            .Validate(kaspi => kaspi.HasGoodLink, $"The setting {KaspiOptions.Section}:{nameof(KaspiOptions.Link)} must begin with https://pay.kaspi.kz/pay/ or https://kaspi.kz/pay/.")
            .Validate(kaspi => kaspi.HasGoodPrefix, $"The setting {KaspiOptions.Section}:{nameof(KaspiOptions.AccountPrefix)} must be digits, {SettingsLimits.PrefixLength} at most.");
        builder.Services.AddSecurityHeaderPolicies().AddPolicy(ReceiptHeaders.Name, ReceiptHeaders.Policy).AddPolicy(ReceiptHeaders.DocumentName, ReceiptHeaders.DocumentPolicy);
        builder.Services.AddScoped<PaymentService>();
        builder.Services.AddScoped<ReceiptSweepService>();
        builder.Services.AddScoped<ModerationService>();
        builder.Services.AddScoped<RecordingService>();
        builder.Services.AddScoped<IntentWords>();
        builder.Services.AddScoped<QueueWords>();
        builder.Services.AddScoped<QueueCells>();
        builder.Services.AddScoped<Decisions>();
        builder.Services.AddScoped<QueuePlace>();
        builder.Services.AddSingleton<DeskPresence>();
        builder.Services.AddScoped<Refunds>();
        builder.Services.AddSingleton<IHourlyTask, LapseIntentsTask>();
        builder.Services.AddSingleton<IHourlyTask, SweepReceiptsTask>();
        builder.Services.AddScoped<ClaimsDigestService>();
        builder.Services.AddSingleton<IMessageCheck, ClaimsWaitingCheck>();
        builder.Services.AddSingleton<IHourlyTask, TellClaimsTask>();
        return builder;
    }

    public static WebApplication MapPayments(this WebApplication app)
    {
        app.MapPaying();
        app.MapReceipts();
        return app;
    }
}
