using Diaspora.Domain.Notifications;
using Diaspora.Domain.Reminding;
using static Diaspora.Domain.Kernel.AuditAction;

namespace Diaspora.Tests.Audit;

internal static class RemindingScenarios
{
    public static readonly Scenario[] All =
    [
        new("ReminderService.EditAsync", "", [ReminderPlanChanged], async stage =>
        {
            // Each time another number: the scenarios share a database.
            var form = (await stage.Get<ReminderService>().DetailsAsync(stage.Admin)).ToForm();
            form.PerWeek = form.PerWeek == "3" ? "4" : "3";
            return stage.By(stage.Admin, () => stage.Get<ReminderService>().EditAsync(stage.Admin, form), isAboutMember: false);
        }),
        new("ReminderService.StartAsync", "", [RemindersStarted], async stage =>
        {
            await stage.Get<ReminderService>().StopAsync(stage.Admin);
            return stage.By(stage.Admin, () => stage.Get<ReminderService>().StartAsync(stage.Admin), isAboutMember: false);
        }),
        new("ReminderService.StopAsync", "", [RemindersStopped], async stage =>
        {
            await stage.Get<ReminderService>().StartAsync(stage.Admin);
            return stage.By(stage.Admin, () => stage.Get<ReminderService>().StopAsync(stage.Admin), isAboutMember: false);
        }),
        new("ReminderService.ChooseAsync", "", [RemindersChosen], stage =>
            VerbScenarios.Ready(stage.By(stage.Member, () => stage.Get<ReminderService>().ChooseAsync(stage.Member, isWanted: false)))),
        new("ChannelConsentService.AgreeAsync", "", [ChannelAgreed], async stage =>
        {
            await stage.Get<ChannelConsentService>().WithdrawAsync(stage.Member, Channel.Sms);
            return stage.By(stage.Member, () => stage.Get<ChannelConsentService>().AgreeAsync(stage.Member, Channel.Sms, new ConsentWords("1", "согласен")));
        }),
        new("ChannelConsentService.WithdrawAsync", "", [ChannelRefused], async stage =>
        {
            await stage.Get<ChannelConsentService>().AgreeAsync(stage.Member, Channel.Sms, new ConsentWords("1", "согласен"));
            return stage.By(stage.Member, () => stage.Get<ChannelConsentService>().WithdrawAsync(stage.Member, Channel.Sms));
        }),
        new("MessageTextService.EditAsync", "", [MessageTextChanged], async stage =>
        {
            var form = EditMessageTextForm.Of((await stage.Get<MessageTextService>().DetailsAsync(stage.Admin, Cause.Reminder, Channel.Mail))[0]);
            form.Title = $"Взнос {stage.Phone}";
            return stage.By(stage.Admin, () => stage.Get<MessageTextService>().EditAsync(stage.Admin, form), isAboutMember: false);
        }),
    ];
}
