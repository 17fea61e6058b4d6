using Diaspora.Domain.Members;
using Diaspora.Domain.Notifications;
using Diaspora.Tests.Storage;
using Microsoft.EntityFrameworkCore;

namespace Diaspora.Tests.Notifications;

/// <summary>What the tests of messages do again and again, in a word each.</summary>
internal static class OutboxSetup
{
    public static DateTime Now(this TestDatabase database) => database.Clock.GetUtcNow().UtcDateTime;

    public static Task GiveMailAsync(this TestDatabase database, Actor member, string mail) => database.Get<IStore>().WriteAsync(async work =>
    {
        var stored = (await work.Members.FindAsync(member.MemberId!.Value))!;
        stored.Edit(stored.FullName, stored.Phone, mail, stored.City, database.Now());
        return true;
    });

    /// <summary>In the order of what happened.</summary>
    public static async Task<IReadOnlyList<Message>> MessagesAsync(this TestDatabase database)
    {
        await using var context = database.Context();
        return await context.Set<Message>().OrderBy(message => message.CreatedAt).ThenBy(message => message.Id).ToListAsync();
    }

    /// <returns>How many were given to whoever carries them.</returns>
    public static async Task<int> SendAsync(this TestDatabase database, Func<Message, Delivery> carry)
    {
        var count = 0;
        await database.Get<OutboxService>().SendAsync((message, _, _) =>
        {
            count++;
            return Task.FromResult(carry(message));
        });
        return count;
    }
}
