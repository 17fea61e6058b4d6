using Diaspora.Domain.Notifications;
using Diaspora.Web.Shell.Operations;

namespace Diaspora.Web.Notifications;

/// <summary>
/// Asks what became of short messages. The provider's own calls are not taken: what they are signed with covers neither the message nor its state, so it would have to be asked all the same.
/// </summary>
public sealed class AskSmsTask(IEnumerable<IMessageChannel> channels) : IHourlyTask
{
    /// <summary>A few thousand members written to within a day or two.</summary>
    private const int Most = 5000;

    public async Task RunAsync(IServiceProvider services, CancellationToken cancel)
    {
        if (channels.OfType<SmsChannel>().FirstOrDefault() is not { IsOpen: true } sms)
        {
            return;
        }

        var news = services.GetRequiredService<DeliveryNewsService>();
        foreach (var some in (await news.AwaitedAsync(Channel.Sms, Most, cancel)).Chunk(SmsChannel.MostAsked))
        {
            // Who is silent now is asked again in an hour: other tasks wait for this one.
            if (await sms.AskAsync(some, cancel) is not { } said)
            {
                return;
            }

            await news.NoteAsync(Channel.Sms, said, cancel);
        }
    }
}
