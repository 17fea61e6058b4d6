using Diaspora.Data.Demo;
using Diaspora.Domain.Members;
using Diaspora.Domain.Overview;
using Diaspora.Domain.Payments;
using Diaspora.Tests.Hosting;
using Diaspora.Tests.Screens;
using Diaspora.Tests.Speed;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Diaspora.Tests.Payments;

/// <summary>A queue with enough in it, a tenth of a second away, and what it asks of the database.</summary>
public sealed class SlowQueue : IAsyncDisposable
{
    private const int Enough = 14;

    private readonly Lazy<PortalHost> _portal = new(() => PortalHost.Start(Environments.Development));
    private readonly Lazy<SlowLine> _line;

    public SlowQueue() => _line = new(() => SlowLine.To(Portal.Address));

    public PortalHost Portal => _portal.Value;

    public SlowLine Line => _line.Value;

    /// <summary>EF asks only once a second whether anybody listens: so it listens from the start.</summary>
    internal QueryCounter Queries { get; } = new();

    /// <summary>The queue in a browser, alive and with the focus in it. From here on it is noted whenever the focus is nowhere.</summary>
    public async Task<IPage> OpenAsync(IBrowserContext browser, string address = "/admin/payments")
    {
        await FillAsync();

        // It comes quickly: how it comes over such a line is not what is looked at here.
        Line.Delay = TimeSpan.Zero;
        var page = await browser.SignInAsync(PortalHost.Cashier, "/admin/login", address);
        await page.AliveAsync();
        await Expect(page.Locator("[data-intent]:focus")).ToHaveCountAsync(1);
        Line.Delay = SlowLine.Usual;
        await page.EvaluateAsync(
            """
            () => {
              window.lost = [];
              window.seen = [];
              const look = () => {
                if (document.activeElement === document.body) window.lost.push(document.querySelector("[role=dialog]") ? "dialog" : "page");
                requestAnimationFrame(look);
              };
              look();
              const queue = document.getElementById("queue");
              let open = queue.dataset.open;
              let there = new Set();
              new MutationObserver(() => {
                if (queue.dataset.open !== open) window.seen.push("open " + (open = queue.dataset.open));
                const now = new Set([...queue.querySelectorAll("[data-intent]")].map(row => row.dataset.intent));
                for (const id of there) if (!now.has(id)) window.seen.push("gone " + id);
                there = now;
              }).observe(queue, { attributes: true, childList: true, subtree: true });
            }
            """);
        return page;
    }

    /// <summary>What others do meanwhile.</summary>
    public async Task AsColleagueAsync(Func<ModerationService, Actor, Task> act)
    {
        await using var scope = Portal.Services.CreateAsyncScope();
        await act(scope.ServiceProvider.GetRequiredService<ModerationService>(), new Actor(await ExampleData.IdOfAsync(Portal, PortalHost.Admin), "127.0.0.1", "tests"));
    }

    public async Task<string> CodeOfAsync(string intentId)
    {
        var code = "";
        await AsColleagueAsync(async (moderation, admin) => code = (await moderation.IntentAsync(admin, Guid.Parse(intentId))).Row.Code);
        return code;
    }

    /// <summary>Members who owe set out to pay and say that they did.</summary>
    public async Task ArriveAsync(int count)
    {
        await using var scope = Portal.Services.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var owing = await services.GetRequiredService<IStore>().ReadAsync(work => work.Members.PageAsync(new MemberFilter { Segment = MemberSegment.Debtors }, new Period(2026, 1)));
        foreach (var row in owing.Items.Where(row => row.Person.BlockReason is null && row.Person.Phone != DemoData.Accounts[2].Phone))
        {
            var actor = new Actor(row.Person.Id, "127.0.0.1", "tests");
            var cabinet = await services.GetRequiredService<CabinetService>().CabinetAsync(actor);
            if (cabinet.Payable is not [var month, ..] || cabinet.Pending.Count > 0)
            {
                continue;
            }

            var payments = services.GetRequiredService<PaymentService>();
            await payments.ClaimAsync(actor, await payments.StartAsync(actor, new StartPaymentForm { Periods = [month.Period], SeenTotal = month.Amount }));
            if (--count == 0)
            {
                return;
            }
        }

        Assert.Fail($"{count} more members should owe something.");
    }

    /// <summary>Takes off what was sent with it, as if nothing had been.</summary>
    public async Task WithoutReceiptsAsync(Guid intentId)
    {
        await using var context = Portal.Services.GetRequiredService<Data.IContextFactory>().Create();
        await context.Receipts.Where(receipt => receipt.IntentId == intentId).ExecuteDeleteAsync();
    }

    /// <summary>Each test decides some, and the next one wants as many again.</summary>
    private async Task FillAsync()
    {
        var there = 0;
        await AsColleagueAsync(async (moderation, admin) => there = (await moderation.QueueAsync(admin, new PaymentFilter())).Page.Total);
        if (there < Enough)
        {
            await ArriveAsync(Enough - there);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_line.IsValueCreated)
        {
            await _line.Value.DisposeAsync();
        }

        if (_portal.IsValueCreated)
        {
            await _portal.Value.DisposeAsync();
        }

        Queries.Dispose();
    }
}
