using System.Buffers.Text;
using Diaspora.Domain.Notifications;
using Diaspora.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Diaspora.Tests.Notifications;

/// <summary>The browsers a member is told on, and what the outbox writes for them.</summary>
public sealed class PushDevicesTests : IAsyncLifetime
{
    private readonly TestDatabase _database = new();
    private Actor _member = null!;
    private Actor _other = null!;

    public async ValueTask InitializeAsync()
    {
        await _database.InitializeAsync();
        _database.Get<OutboxRules>().Use([Channel.Mail, Channel.Push], TimeSpan.Zero);
        _member = await _database.AddAsync("Алиев Рашад");
        _other = await _database.AddAsync("Мамедова Лейла");
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Tell_AMemberWithMailAndTwoBrowsers_IsOneMessageForEachChannel()
    {
        await _database.GiveMailAsync(_member, "rashad@example.kz");
        await Devices.AddAsync(_member, Address("a"));
        await Devices.AddAsync(_member, Address("b"));
        await TellAsync(_member);
        await TellAsync(_other);

        var messages = await _database.MessagesAsync();
        Assert.Equal([(Channel.Mail, _member.MemberId), (Channel.Push, _member.MemberId)], messages.Select(message => (message.Channel, (Guid?)message.MemberId)).OrderBy(message => message.Channel));
        List<int> told = [];
        await _database.Get<OutboxService>().SendAsync((message, to, _) =>
        {
            told.Add(message.Channel == Channel.Push ? to.Devices.Count : 0);
            return Task.FromResult(Delivery.Taken);
        });
        Assert.Equal([0, 2], told.Order());
    }

    [Fact]
    public async Task Send_ToABrowserThatIsGone_ForgetsItAndWritesNoMoreToIt()
    {
        var gone = await Devices.AddAsync(_member, Address("a"));
        await TellAsync(_member);
        await _database.SendAsync(_ => new Delivery(DeliveryOutcome.NoAddress, "push 410") { DeadDevices = [gone] });
        await TellAsync(_member);

        Assert.Empty(await Devices.ListAsync(_member));
        Assert.Equal(MessageState.NoAddress, Assert.Single(await _database.MessagesAsync()).State);
    }

    [Fact]
    public async Task Try_OnOnesOwnBrowsers_GoesByPushAlone()
    {
        await _database.GiveMailAsync(_member, "rashad@example.kz");
        Assert.False(await Devices.TryAsync(_member));
        await Devices.AddAsync(_member, Address("a"));
        Assert.True(await Devices.TryAsync(_member));

        var message = Assert.Single(await _database.MessagesAsync());
        Assert.Equal((Cause.Trial, Channel.Push), (message.Cause, message.Channel));
    }

    /// <summary>Two people with one phone: whoever switched it on last is told on it, and the other is not.</summary>
    [Fact]
    public async Task Add_ABrowserTwiceOrBySomebodyElse_IsOneAndWithWhoeverCameLast()
    {
        var first = await Devices.AddAsync(_member, Address("a"));
        Assert.Equal(first, await Devices.AddAsync(_member, Address("a")));
        Assert.Single(await Devices.ListAsync(_member));

        Assert.Equal(first, await Devices.AddAsync(_other, Address("a")));
        Assert.Empty(await Devices.ListAsync(_member));
        Assert.False(await Devices.RemoveAsync(_member, first));
        Assert.Single(await Devices.ListAsync(_other));
        Assert.True(await Devices.RemoveAsync(_other, first));
        Assert.Empty(await Devices.ListAsync(_other));
    }

    [Fact]
    public async Task Add_MoreThanTenBrowsers_KeepsTheNewest()
    {
        for (var number = 0; number < 12; number++)
        {
            await Devices.AddAsync(_member, Address($"{number}"));
            _database.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        await using var context = _database.Context();
        var kept = await context.Set<PushDevice>().OrderBy(device => device.CreatedAt).Select(device => device.Endpoint).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal(10, kept.Count);
        Assert.EndsWith("/2", kept[0], StringComparison.Ordinal);
    }

    /// <summary>A browser's word is anybody's word: the portal must not be led into its own network.</summary>
    [Theory]
    [InlineData("http://fcm.googleapis.com/x")]
    [InlineData("https://127.0.0.1/x")]
    [InlineData("https://fcm.googleapis.com.evil.kz/x")]
    [InlineData("https://evil.kz/fcm.googleapis.com")]
    [InlineData("https://fcm.googleapis.com:8443/x")]
    [InlineData("https://a@fcm.googleapis.com/x")]
    [InlineData("file:///etc/passwd")]
    [InlineData("")]
    public async Task Add_AnAddressOfNoPushService_IsRefused(string endpoint)
    {
        var refused = await Assert.ThrowsAsync<DomainException>(() => Devices.AddAsync(_member, Address("a") with { Endpoint = endpoint }));
        Assert.Equal(Problems.PushUnknown, refused.Problem.Code);
    }

    [Fact]
    public async Task Add_WithKeysThatAreNone_IsRefused()
    {
        await Assert.ThrowsAsync<DomainException>(() => Devices.AddAsync(_member, Address("a") with { Key = "short" }));
        await Assert.ThrowsAsync<DomainException>(() => Devices.AddAsync(_member, Address("a") with { Secret = new string('!', 22) }));
        await Assert.ThrowsAsync<DomainException>(() => Devices.AddAsync(_member, Address(new string('a', PushDevice.EndpointLength))));
    }

    /// <summary>The same pair after a restart: with another one every browser would have to be switched on again.</summary>
    [Fact]
    public void Keep_ThePairOfThisPortal_OnceAndForItsOwnerAlone()
    {
        var kept = _database.Get<IPushKeys>().Kept()!;

        Assert.Equal((65, 32), (Base64Url.DecodeFromChars(kept.Public).Length, Base64Url.DecodeFromChars(kept.Private).Length));
        Assert.Equal(kept, _database.Get<IPushKeys>().Kept());
        var file = Path.Combine(_database.Get<Diaspora.Data.StorageFolders>().Keys, "push.key");
        Assert.DoesNotContain(kept.Private, File.ReadAllText(file), StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
    }

    private PushDeviceService Devices => _database.Get<PushDeviceService>();

    private static PushAddress Address(string name) => PushService.AddressAt($"https://fcm.googleapis.com/fcm/send/{name}");

    private Task TellAsync(Actor whom) => _database.Get<IStore>().WriteAsync(work =>
    {
        work.Outbox.Tell(new Notice(Cause.NewDevice, Guid.NewGuid(), whom.MemberId!.Value, _database.Now(), new NoticeFacts(Device: "Chrome/130 Android")));
        return Task.FromResult(true);
    });
}
