namespace Diaspora.Domain.Notifications;

/// <summary>By which of the ways to a member something goes. Pure.</summary>
public static class MessageWays
{
    /// <summary>Which a member may choose among. What costs the association money is asked for in another way.</summary>
    public static readonly IReadOnlyList<Channel> Chosen = [Channel.Mail, Channel.Push, Channel.Telegram];

    /// <summary>By these goes what somebody has to know, whatever they chose.</summary>
    private static readonly Channel[] Always = [Channel.Mail, Channel.Push];

    /// <param name="has">By what the member can be reached.</param>
    /// <param name="silenced">As <see cref="MemberContact.Silenced"/>.</param>
    public static IReadOnlyList<Channel> For(Cause cause, IReadOnlyList<Channel> has, int silenced)
    {
        IReadOnlyList<Channel> wanted = [.. has.Where(channel => IsWanted(silenced, channel))];
        return cause switch
        {
            // Asked for by the member a moment ago.
            Cause.Trial => has,
            Cause.Reminder => wanted,

            // The association's own work costs it nothing.
            _ when cause.IsForStaff() => [.. (wanted.Any(channel => !channel.IsPaid) ? wanted : has.Intersect(Always)).Where(channel => !channel.IsPaid)],

            // Whoever took the account over could have chosen too.
            Cause.NewDevice => [.. has.Where(channel => Always.Contains(channel) || wanted.Contains(channel))],

            // Money is told of where they want it; where that is nowhere, it is told all the same.
            _ => wanted.Any(channel => !channel.IsPaid) ? wanted : [.. has.Intersect(Always), .. has.Where(channel => channel.IsPaid)],
        };
    }

    public static bool IsWanted(int silenced, Channel channel) => (silenced & Bit(channel)) == 0;

    internal static int Bit(Channel channel) => 1 << (int)channel;
}
