using System.Diagnostics;
using Diaspora.Data;
using Diaspora.Domain.Access;
using Diaspora.Domain.Dues;
using Diaspora.Domain.Import;
using Diaspora.Domain.Members;
using Diaspora.Domain.Payments;
using Diaspora.Domain.Settings;
using Diaspora.Web.Backups;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Diaspora.Tests.Faults;

/// <summary>
/// People who press in pages without end, in the published portal itself: what goes through a circuit no plain request can say. Begins when the portal hears a line,
/// and ends with the process.
/// </summary>
internal sealed class InsideWork : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    /// <summary>In the environment of a portal that is to listen.</summary>
    public const string Wanted = "DIASPORA_FAULTS_INSIDE";

    /// <summary>What it does when it hears that.</summary>
    public const string Work = "work";

    /// <summary>The daily backup, as if a minute was over.</summary>
    public const string Backup = "backup";

    /// <summary>Some payments one after the other, each decided.</summary>
    public const string Pay = "pay";

    private const int Payments = 8;
    private const int Payers = 3;
    private const int MonthsAhead = 12;

    /// <summary>Milliseconds from press to press: without it a portal that refuses is asked as fast as the processor can.</summary>
    public const int Pace = 25;

    private IServiceProvider _services = null!;

    private InsideWork()
    {
    }

    /// <summary>What a portal's environment has to have.</summary>
    public static (string Name, string Value)[] Environment { get; } = [("DOTNET_STARTUP_HOOKS", typeof(InsideWork).Assembly.Location), (Wanted, "true")];

    public static void Begin() => DiagnosticListener.AllListeners.Subscribe(new InsideWork());

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == "Microsoft.Extensions.Hosting")
        {
            value.Subscribe(this);
        }
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value is { Key: "HostBuilt", Value: IHost host })
        {
            _services = host.Services;
            _services.GetRequiredService<IHostApplicationLifetime>().ApplicationStarted.Register(() => _ = Task.Run(ListenAsync));
        }
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    private async Task ListenAsync()
    {
        try
        {
            while (await Console.In.ReadLineAsync() is { } line)
            {
                await (line switch { Work => WorkAsync(), Pay => PaySomeAsync(), Backup => BackUpAsync(), _ => throw new InvalidOperationException($"Nobody knows '{line}'.") });
            }
        }
        catch (Exception fault)
        {
            Notes.Tell(fault);
        }
    }

    private async Task BackUpAsync()
    {
        var daily = _services.GetServices<IHostedService>().OfType<DailyBackup>().Single();
        await Notes.DoAsync(AuditAction.BackupMade, Guid.Empty, async () =>
        {
            if (!await daily.MakeAsync())
            {
                throw new InvalidOperationException("The daily backup was not made.");
            }
        });
    }

    private async Task WorkAsync()
    {
        await using var context = _services.GetRequiredService<IContextFactory>().Create();
        var staff = await context.Members.Where(member => member.Role != Role.Member).OrderBy(member => member.Number).Select(member => member.Id).ToListAsync();
        var members = await context.Members.Where(member => member.Role == Role.Member).Select(member => member.Id).ToListAsync();

        // Of the demo, which tells the log nothing of them.
        var untold = (await context.Intents.Where(intent => !context.AuditEntries.Any(entry => entry.EntityId == intent.Id)).Select(intent => intent.Id).ToListAsync()).ToHashSet();
        var (admin, cashier) = (Who(staff[0]), Who(staff[1]));
        await Task.WhenAll(
        [
            .. Enumerable.Range(0, Payers).Select(payer => WithoutEndAsync(services => PayAsync(services, cashier, Of(members, payer), untold))),
            WithoutEndAsync(services => RecordAsync(services, cashier, Of(members, Payers))),
            WithoutEndAsync(services => ImportAsync(services, admin)),
        ]);
    }

    private async Task PaySomeAsync()
    {
        await using var context = _services.GetRequiredService<IContextFactory>().Create();
        var cashier = Who(await context.Members.Where(member => member.Role == Role.Cashier).Select(member => member.Id).FirstAsync());
        var members = await context.Members.Where(member => member.Role == Role.Member && member.Email != null).Select(member => member.Id).ToListAsync();
        for (var payment = 0; payment < Payments; payment++)
        {
            await using var scope = _services.CreateAsyncScope();
            try
            {
                await PayAsync(scope.ServiceProvider, cashier, Who(Random.Shared.GetItems([.. members], 1)[0]), []);
            }
            catch (Exception refused) when (refused is DomainException or FormException)
            {
                // The month is paid, or the member is blocked.
            }
        }
    }

    /// <summary>Each has members of its own, so that what is noted of a payment is all that was done to it.</summary>
    private static Actor Of(IReadOnlyList<Guid> members, int worker) => Who(members[(Random.Shared.Next(members.Count / (Payers + 1)) * (Payers + 1)) + worker]);

    private static Actor Who(Guid id) => new(id, "127.0.0.1", "faults");

    private async Task WithoutEndAsync(Func<IServiceProvider, Task> act)
    {
        while (true)
        {
            await using var scope = _services.CreateAsyncScope();
            try
            {
                await act(scope.ServiceProvider);
            }
            catch (Exception refused) when (refused is DomainException or FormException)
            {
                // The month is paid, the member is blocked, or somebody else was first: nothing was acknowledged.
            }

            await Task.Delay(Pace);
        }
    }

    private static async Task PayAsync(IServiceProvider services, Actor cashier, Actor payer, HashSet<Guid> untold)
    {
        var (paying, moderation, rules) = (services.GetRequiredService<PaymentService>(), services.GetRequiredService<ModerationService>(), services.GetRequiredService<CurrentSettings>().Rules);
        var month = MonthOf(rules);
        var intent = await paying.StartAsync(payer, new StartPaymentForm { Periods = [month], SeenTotal = rules.FeeOf(month) });
        if (untold.Contains(intent))
        {
            return;
        }

        Notes.Tell(AuditAction.PaymentCreated, intent);
        await Notes.DoAsync(AuditAction.PaymentClaimed, intent, () => paying.ClaimAsync(payer, intent));
        if (Random.Shared.Next(5) == 0)
        {
            await Notes.DoAsync(AuditAction.PaymentRejected, intent, () => moderation.RejectAsync(cashier, intent, new RejectPaymentForm { Reason = "чек не читается" }));
            return;
        }

        // Pressed twice, as an impatient hand does: it is one decision.
        DateTime[] decided = [];
        await Notes.DoAsync(AuditAction.PaymentConfirmed, intent, async () => decided = await Task.WhenAll(moderation.ConfirmAsync(cashier, intent), moderation.ConfirmAsync(cashier, intent)));
        if (Random.Shared.Next(3) == 0)
        {
            await Notes.DoAsync(AuditAction.PaymentReopened, intent, () => moderation.ReopenAsync(cashier, intent, decided[0]));
        }
    }

    private static async Task RecordAsync(IServiceProvider services, Actor cashier, Actor payer)
    {
        var (recording, rules) = (services.GetRequiredService<RecordingService>(), services.GetRequiredService<CurrentSettings>().Rules);
        var month = MonthOf(rules);
        var form = new RecordPaymentForm { PayerId = payer.MemberId!.Value, Received = rules.FeeOf(month).Tenge, ReceivedOn = rules.DayOf(DateTime.UtcNow), Months = [new ChosenMonth(payer.MemberId.Value, month)] };
        await Notes.DoAsync(AuditAction.PaymentRecorded, form.Id, () => Task.WhenAll(recording.RecordAsync(cashier, form), recording.RecordAsync(cashier, form)));
    }

    /// <summary>Books what was sent over requests, and takes some of it back.</summary>
    private static async Task ImportAsync(IServiceProvider services, Actor admin)
    {
        var imports = services.GetRequiredService<ImportService>();
        if ((await imports.ListAsync(admin)).FirstOrDefault(import => import.State == ImportState.Staged) is not { } staged)
        {
            return;
        }

        await Notes.DoAsync(AuditAction.MembersImported, staged.Id, () => imports.BookAsync(admin, staged.Id, new ImportChoice { AddsDuplicates = true }));
        if (Random.Shared.Next(2) == 0)
        {
            await Notes.DoAsync(AuditAction.ImportUndone, staged.Id, () => imports.UndoAsync(admin, staged.Id));
        }
    }

    private static Period MonthOf(DuesRules rules) => rules.PeriodOf(DateTime.UtcNow).AddMonths(Random.Shared.Next(MonthsAhead + 1));
}
