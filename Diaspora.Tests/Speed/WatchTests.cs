using System.Security.Claims;
using Bunit;
using Bunit.TestDoubles;
using Diaspora.Domain.Access;
using Diaspora.Domain.Members;
using Diaspora.Domain.Members.Accounts;
using Diaspora.Domain.Overview;
using Diaspora.Domain.Payments;
using Diaspora.Tests.Payments;
using Diaspora.Tests.Storage;
using Diaspora.Web.Payments.Admin.Queue;
using Diaspora.Web.Shell;
using Diaspora.Web.Shell.Live;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using TestContext = Xunit.TestContext;

namespace Diaspora.Tests.Speed;

/// <summary>What open pages of staff ask after a change: read once for all, and shown to nobody whose right has gone.</summary>
public sealed class WatchTests : IAsyncLifetime
{
    private const int Desks = 12;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // EF asks only once a second whether anybody listens: so we listen from the start, and forget what came before.
    private readonly QueryCounter _counter = new();
    private readonly TestDatabase _database = new();
    private Actor _cashier = default!;
    private Actor _admin = default!;

    private WatchService Watch => _database.Get<WatchService>();

    public async ValueTask InitializeAsync()
    {
        await _database.InitializeAsync();
        (_cashier, _admin) = (await _database.AddCashierAsync(), await _database.AddAdminAsync());
    }

    public ValueTask DisposeAsync()
    {
        _counter.Dispose();
        return _database.DisposeAsync();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(Desks)]
    public async Task Change_UnderManyDesks_IsReadOnceForAll(int desks)
    {
        var intent = await ClaimedAsync("Алиев Рашад", "2026-03");
        await AskAsync(desks, intent);
        Assert.NotEmpty(_counter.Restart(_database.Folder));

        await _database.ConfirmAsync(_cashier, intent);
        _counter.Restart(_database.Folder);
        var answers = await AskAsync(desks, intent);

        Assert.All(answers, answer => Assert.Equal((PaymentStatus.Confirmed, 0), (answer.Row!.Status, answer.Figures.Waiting)));

        // The row with its months and receipts, and the figures.
        Assert.InRange(_counter.Queries.Count, 2, 4);
    }

    /// <summary>The component of every page of staff, once in each of many circuits.</summary>
    [Fact]
    public async Task Change_UnderManyBadges_CostsNoMoreQueriesThanUnderOne()
    {
        var one = await QueriesOfAClaimAsync(badges: 1, "Алиев Рашад");
        Assert.Equal(one, await QueriesOfAClaimAsync(Desks, "Гасанова Севда"));
    }

    [Fact]
    public async Task Change_TwoAtOnce_BothAreShown()
    {
        Guid[] intents = [await ClaimedAsync("Алиев Рашад", "2026-03"), await ClaimedAsync("Гасанова Севда", "2026-03")];
        foreach (var intent in intents)
        {
            await AskAsync(Desks, intent);
        }

        await PaymentSetup.AtOnceAsync(2, index => _database.ConfirmAsync(_cashier, intents[index]));
        _counter.Restart(_database.Folder);
        foreach (var intent in intents)
        {
            Assert.All(await AskAsync(Desks, intent), answer => Assert.Equal((PaymentStatus.Confirmed, 0), (answer.Row!.Status, answer.Figures.Waiting)));
        }

        Assert.InRange(_counter.Queries.Count, 3, 7);
    }

    [Fact]
    public async Task Demote_WhileAnAnswerIsThere_RefusesItAtOnce()
    {
        var intent = await ClaimedAsync("Алиев Рашад", "2026-03");
        await AskAsync(1, intent);
        await _database.Get<MemberService>().AppointAsync(_admin, _cashier.MemberId!.Value, new AppointMemberForm { Seen = Role.Cashier, Role = Role.Member });

        Assert.NotNull((await Watch.RowAsync(_admin, intent)).Row);
        Assert.Equal(Problems.NotAllowed, (await PaymentSetup.RefusedAsync(() => Watch.RowAsync(_cashier, intent))).Code);
        Assert.Equal(Problems.NotAllowed, (await PaymentSetup.RefusedAsync(() => Watch.WaitingAsync(_cashier))).Code);
        Assert.Equal(Problems.NotAllowed, (await PaymentSetup.RefusedAsync(() => Watch.MembersAsync(_cashier, new MemberFilter()))).Code);
    }

    [Fact]
    public async Task Block_WhileAnAnswerIsThere_RefusesItAtOnce()
    {
        var intent = await ClaimedAsync("Алиев Рашад", "2026-03");
        await AskAsync(1, intent);
        await _database.Get<MemberService>().BlockAsync(_admin, _cashier.MemberId!.Value, new BlockMemberForm { Reason = "уволен" });

        Assert.NotNull((await Watch.RowAsync(_admin, intent)).Row);
        Assert.Equal(Problems.MemberBlocked, (await PaymentSetup.RefusedAsync(() => Watch.RowAsync(_cashier, intent))).Code);
    }

    /// <summary>Another instance of the portal writes into the same database and announces nothing here.</summary>
    [Fact]
    public async Task Demote_ByAnotherInstance_RefusesSecondsLater()
    {
        var intent = await ClaimedAsync("Алиев Рашад", "2026-03");
        await AskAsync(1, intent);
        var another = await _database.AnotherAsync();
        await another.Get<MemberService>().AppointAsync(_admin, _cashier.MemberId!.Value, new AppointMemberForm { Seen = Role.Cashier, Role = Role.Member });

        _database.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(Problems.NotAllowed, (await PaymentSetup.RefusedAsync(() => Watch.RowAsync(_cashier, intent))).Code);
    }

    [Fact]
    public async Task Ask_WithALesserRight_GetsNoAnswerMadeForAHigherOne()
    {
        var known = await _database.AddAsync("Алиев Рашад", passwordHash: null);
        await using (var context = _database.Context())
        {
            var phone = (await context.Members.SingleAsync(member => member.Id == known.MemberId)).Phone;
            var form = new RegisterForm { FullName = "Алиев Рашад", Phone = phone.Value, City = "Алматы" };
            context.Registrations.Add(new RegistrationRequest(RegistrationTicket.New(), known.MemberId!.Value, form, "hash", "ru", RegistrationService.ConsentVersion, _database.Clock.GetUtcNow().UtcDateTime));
            await context.SaveChangesAsync();
        }

        Assert.Equal(1, (await Watch.MemberFactsAsync(_admin)).Registrations);
        Assert.Equal(0, (await Watch.MemberFactsAsync(_cashier)).Registrations);
        Assert.Equal(1, (await Watch.MemberFactsAsync(_admin)).Registrations);
    }

    /// <summary>Somebody says that they paid, and every badge shows it.</summary>
    private async Task<int> QueriesOfAClaimAsync(int badges, string name)
    {
        var member = await _database.AddAsync(name);
        var intent = await _database.StartAsync(member, "2026-03");
        var waiting = await Watch.WaitingAsync(_cashier);
        List<Badge> shown = [.. Enumerable.Range(0, badges).Select(_ => new Badge(_database, _cashier))];
        await Task.WhenAll(shown.Select(badge => badge.ShowsAsync(waiting)));
        _counter.Restart(_database.Folder);
        await _database.Get<PaymentService>().ClaimAsync(member, intent);
        await Task.WhenAll(shown.Select(badge => badge.ShowsAsync(waiting + 1)));
        var queries = _counter.Queries.Count;
        foreach (var badge in shown)
        {
            await badge.DisposeAsync();
        }

        return queries;
    }

    private async Task<Guid> ClaimedAsync(string name, string month)
    {
        var member = await _database.AddAsync(name);
        var intent = await _database.StartAsync(member, month);
        await _database.Get<PaymentService>().ClaimAsync(member, intent);
        return intent;
    }

    private Task<(PaymentRow? Row, QueueFigures Figures)[]> AskAsync(int desks, Guid intent) =>
        Task.WhenAll(Enumerable.Range(0, desks).Select(desk => Watch.RowAsync(desk % 2 == 0 ? _cashier : _admin, intent, TestContext.Current.CancellationToken)));

    /// <summary>A circuit of its own with nothing in it but the badge.</summary>
    private sealed class Badge : IAsyncDisposable
    {
        private readonly BunitContext _circuit = new();
        private readonly QueueBadge _badge = new();

        public Badge(TestDatabase database, Actor reader)
        {
            _circuit.AddAuthorization().SetAuthorized("staff").SetClaims(new Claim(ClaimTypes.NameIdentifier, reader.MemberId!.Value.ToString()));
            _circuit.Services.AddLogging().AddScoped<CurrentActor>().AddSingleton(_badge).AddSingleton<IChangeFeed>(database.Feed).AddSingleton(database.Get<WatchService>());
            _circuit.Render<WaitingCount>();
        }

        public async Task ShowsAsync(int count)
        {
            var shown = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _badge.Changed += Look;
            Look();
            await shown.Task.WaitAsync(Patience);
            _badge.Changed -= Look;

            void Look()
            {
                if (_badge.Count == count)
                {
                    shown.TrySetResult();
                }
            }
        }

        public ValueTask DisposeAsync() => _circuit.DisposeAsync();
    }
}
