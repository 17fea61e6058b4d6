using Diaspora.Domain.Members;
using Diaspora.Domain.Notifications;
using Diaspora.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Diaspora.Tests.Notifications;

/// <summary>A chat is connected by a code that holds once, for a quarter of an hour, and for whoever made it.</summary>
public sealed class TelegramLinkTests : IAsyncLifetime
{
    private const long Chat = 77_000_000_001;
    private readonly TestDatabase _database = new();
    private Actor _member = null!;
    private Actor _other = null!;

    private TelegramLinkService Links => _database.Get<TelegramLinkService>();

    public async ValueTask InitializeAsync()
    {
        await _database.InitializeAsync();
        _database.Get<OutboxRules>().Use([Channel.Mail, Channel.Telegram], TimeSpan.Zero);
        _member = await _database.AddAsync("Алиев Рашад");
        _other = await _database.AddAsync("Мамедова Лейла");
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Link_ByACode_ConnectsTheChatOnceHoweverOftenTelegramSaysIt()
    {
        var code = await Links.BeginAsync(_member);
        Assert.Matches("^[A-Za-z0-9_-]{22}$", code);
        foreach (var _ in (int[])[1, 2, 3])
        {
            var answer = await Links.LinkAsync(Chat, code);
            Assert.Equal((TelegramOutcome.Linked, "Алиев Рашад", "ru"), (answer.Outcome, answer.Person!.FullName, answer.Person.Language));
        }

        Assert.Equal(_database.Now(), (await Links.StateAsync(_member)).Since);
        Assert.Equal([(AuditAction.TelegramLinked, _member.MemberId)], await LogAsync());
        Assert.Equal(1, _database.Feed.Changes.Count(change => change is ContactChanged changed && changed.MemberId == _member.MemberId));
    }

    /// <summary>Whoever reads the database opens nothing with it.</summary>
    [Fact]
    public async Task Begin_ACode_KeepsNothingButItsHash()
    {
        var code = await Links.BeginAsync(_member);
        await using var context = _database.Context();
        var kept = await context.Set<MemberContact>().SingleAsync(TestContext.Current.CancellationToken);
        Assert.Equal(64, kept.TelegramCode!.Length);
        Assert.NotEqual(code, kept.TelegramCode);
        Assert.Equal(TelegramOutcome.Unknown, (await Links.LinkAsync(Chat, kept.TelegramCode)).Outcome);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("'; DROP TABLE Members; --")]
    public async Task Link_ByAWordThatIsNoCode_ConnectsNothing(string code)
    {
        await Links.BeginAsync(_member);
        Assert.Equal(new TelegramAnswer(TelegramOutcome.Unknown, null), await Links.LinkAsync(Chat, code));
        Assert.Equal(new TelegramAnswer(TelegramOutcome.Unknown, null), await Links.LinkAsync(Chat, new string('A', 5000)));
        Assert.Empty(await LogAsync());
    }

    [Fact]
    public async Task Link_ByACodeThatIsTooOldOrReplacedOrUsedElsewhere_ConnectsNothing()
    {
        var old = await Links.BeginAsync(_member);
        _database.Clock.Advance(TelegramLinkService.CodeLives);
        Assert.Equal(TelegramOutcome.Old, (await Links.LinkAsync(Chat, old)).Outcome);

        var replaced = await Links.BeginAsync(_member);
        var code = await Links.BeginAsync(_member);
        Assert.Equal(TelegramOutcome.Unknown, (await Links.LinkAsync(Chat, replaced)).Outcome);
        _database.Clock.Advance(TelegramLinkService.CodeLives - TimeSpan.FromSeconds(1));
        Assert.Equal(TelegramOutcome.Linked, (await Links.LinkAsync(Chat, code)).Outcome);
        Assert.Equal(TelegramOutcome.Old, (await Links.LinkAsync(Chat + 1, code)).Outcome);
        Assert.Equal(Chat, (await ContactAsync(_member)).TelegramChat);
    }

    [Fact]
    public async Task Link_OfAMemberWhoWasBlockedMeanwhile_ConnectsNothing()
    {
        var code = await Links.BeginAsync(_member);
        await _database.Get<MemberService>().BlockAsync(await _database.AddAdminAsync(), _member.MemberId!.Value, new BlockMemberForm { Reason = "спам" });
        Assert.Equal(TelegramOutcome.Unknown, (await Links.LinkAsync(Chat, code)).Outcome);
    }

    /// <summary>As with a shared phone: whoever connected it last is told there, and the other is not.</summary>
    [Fact]
    public async Task Link_AChatOfAnotherMember_MovesItAndSaysSoInTheLogOfBoth()
    {
        await Links.LinkAsync(Chat, await Links.BeginAsync(_member));
        Assert.Equal(TelegramOutcome.Linked, (await Links.LinkAsync(Chat, await Links.BeginAsync(_other))).Outcome);

        Assert.Null((await Links.StateAsync(_member)).Since);
        Assert.NotNull((await Links.StateAsync(_other)).Since);
        Assert.Equal([(AuditAction.TelegramLinked, _member.MemberId), (AuditAction.TelegramUnlinked, _member.MemberId), (AuditAction.TelegramLinked, _other.MemberId)], await LogAsync());
        Assert.Contains(new ContactChanged(_member.MemberId!.Value), _database.Feed.Changes);
    }

    [Fact]
    public async Task Link_AnotherChatOfTheSameMember_LeavesTheFirst()
    {
        await Links.LinkAsync(Chat, await Links.BeginAsync(_member));
        await Links.LinkAsync(Chat + 1, await Links.BeginAsync(_member));
        Assert.Equal(Chat + 1, (await ContactAsync(_member)).TelegramChat);
        Assert.Equal(TelegramOutcome.None, (await Links.GreetAsync(Chat)).Outcome);
        Assert.Equal(TelegramOutcome.Linked, (await Links.GreetAsync(Chat + 1)).Outcome);
    }

    [Fact]
    public async Task Leave_FromTheChatOrThePage_EndsItAndIsNoFaultTwice()
    {
        await Links.LinkAsync(Chat, await Links.BeginAsync(_member));
        Assert.Equal((TelegramOutcome.Left, "Алиев Рашад"), ((await Links.LeaveAsync(Chat)) is var left ? left.Outcome : default, left.Person!.FullName));
        Assert.Equal(new TelegramAnswer(TelegramOutcome.None, null), await Links.LeaveAsync(Chat));

        await Links.LinkAsync(Chat, await Links.BeginAsync(_member));
        Assert.True(await Links.UnlinkAsync(_member));
        Assert.False(await Links.UnlinkAsync(_member));
        Assert.False(await Links.TryAsync(_member));
        Assert.Equal(2, (await LogAsync()).Count(entry => entry.Item1 == AuditAction.TelegramUnlinked));
    }

    [Fact]
    public async Task Send_ToAChatThatIsGone_ForgetsItSaysSoAndWritesNoMoreToIt()
    {
        await Links.LinkAsync(Chat, await Links.BeginAsync(_member));
        Assert.True(await Links.TryAsync(_member));
        await _database.Get<OutboxService>().SendAsync((message, to, _) =>
        {
            Assert.Equal((Cause.Trial, Channel.Telegram, Chat), (message.Cause, message.Channel, to.TelegramChat));
            return Task.FromResult(new Delivery(DeliveryOutcome.NoAddress, "telegram 403") { DeadChat = Chat });
        });

        Assert.Equal(new TelegramState(null, _database.Now()), await Links.StateAsync(_member));
        Assert.Equal(MessageState.NoAddress, (await _database.MessagesAsync()).Single().State);
        Assert.False(await Links.TryAsync(_member));

        // Connected anew, nothing is said of it any more.
        await Links.LinkAsync(Chat, await Links.BeginAsync(_member));
        Assert.Null((await Links.StateAsync(_member)).LostAt);
    }

    /// <summary>They connected another one while the message was on its way.</summary>
    [Fact]
    public async Task Send_ToAChatThatWasReplacedMeanwhile_KeepsTheNewOne()
    {
        await Links.LinkAsync(Chat, await Links.BeginAsync(_member));
        await Links.TryAsync(_member);
        await _database.Get<OutboxService>().SendAsync(async (_, _, cancel) =>
        {
            await Links.LinkAsync(Chat + 1, await Links.BeginAsync(_member, cancel), cancel);
            return new Delivery(DeliveryOutcome.NoAddress, "telegram 403") { DeadChat = Chat };
        });
        Assert.Equal(Chat + 1, (await ContactAsync(_member)).TelegramChat);
    }

    private async Task<MemberContact> ContactAsync(Actor member)
    {
        await using var context = _database.Context();
        return await context.Set<MemberContact>().SingleAsync(contact => contact.MemberId == member.MemberId);
    }

    private async Task<List<(AuditAction, Guid?)>> LogAsync()
    {
        await using var context = _database.Context();
        var entries = await context.AuditEntries.OrderBy(entry => entry.Id).ToListAsync();
        return [.. entries.Where(entry => entry.Action is AuditAction.TelegramLinked or AuditAction.TelegramUnlinked).Select(entry => (entry.Action, entry.SubjectId))];
    }
}
