using Diaspora.Domain.Notifications;
using static Diaspora.Domain.Kernel.AuditAction;

namespace Diaspora.Tests.Audit;

internal static class ContactScenarios
{
    private static long _lastChat = 55_000_000_000;

    public static readonly Scenario[] All =
    [
        new("ContactService.ChooseAsync", "", [ChannelsChosen], stage =>
            VerbScenarios.Ready(stage.By(stage.Member, () => stage.Get<ContactService>().ChooseAsync(stage.Member, Channel.Mail, isWanted: false)))),
        new("TelegramLinkService.LinkAsync", "", [TelegramLinked], async stage =>
        {
            var (chat, code) = (Interlocked.Increment(ref _lastChat), await stage.Get<TelegramLinkService>().BeginAsync(stage.Member));
            return stage.By(stage.Member, () => stage.Get<TelegramLinkService>().LinkAsync(chat, code));
        }),
        new("TelegramLinkService.LeaveAsync", "", [TelegramUnlinked], async stage =>
        {
            var chat = await LinkedAsync(stage);
            return stage.By(stage.Member, () => stage.Get<TelegramLinkService>().LeaveAsync(chat));
        }),
        new("TelegramLinkService.UnlinkAsync", "", [TelegramUnlinked], async stage =>
        {
            await LinkedAsync(stage);
            return stage.By(stage.Member, () => stage.Get<TelegramLinkService>().UnlinkAsync(stage.Member));
        }),
    ];

    private static async Task<long> LinkedAsync(Stage stage)
    {
        var chat = Interlocked.Increment(ref _lastChat);
        await stage.Get<TelegramLinkService>().LinkAsync(chat, await stage.Get<TelegramLinkService>().BeginAsync(stage.Member));
        return chat;
    }
}
