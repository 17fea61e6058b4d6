using System.Globalization;
using Bunit;
using Diaspora.Data.Accounts;
using Diaspora.Domain.Access;
using Diaspora.Domain.Members;
using Diaspora.Domain.Members.Accounts;
using Diaspora.Domain.Payments;
using Diaspora.Tests.Payments;
using Diaspora.Tests.Storage;
using Diaspora.Web.Accounts;
using Diaspora.Web.Backups;
using Diaspora.Web.Cards;
using Diaspora.Web.Kaspi;
using Diaspora.Web.Kaspi.Invoices;
using Diaspora.Web.Kaspi.Receipts;
using Diaspora.Web.Members;
using Diaspora.Web.Notifications;
using Diaspora.Web.Payments;
using Diaspora.Web.Reminding;
using Diaspora.Web.Reports;
using Diaspora.Web.Settings;
using Diaspora.Web.Shared;
using Diaspora.Web.Shell;
using Diaspora.Web.Shell.Live;
using Diaspora.Web.Shell.Operations;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MudBlazor.Services;

namespace Diaspora.Tests.Shell;

/// <summary>What works by itself asks the brake before it deletes, or is named here with a reason; a new task is found by itself.</summary>
public sealed class DeletingTasksTests : IAsyncLifetime
{
    private const int Many = 10;

    private static readonly Dictionary<Type, string> Workers = new()
    {
        [typeof(SweepReceiptsTask)] = "asks the brake",
        [typeof(ForgetTriesTask)] = "counts of tries are worth nothing a day later, and strangers make them by the hundred; an ended session opens nothing any more; a request that nobody decided on is a stranger's data, goes after 60 days and can be sent again",
        [typeof(ForgetRawTextTask)] = "empties text past its time and deletes no row: hashes and what was read stay, so nothing is booked twice; not by a clock that jumped",
        [typeof(LapseIntentsTask)] = "rejects, in the log and with an undo, and deletes nothing",
        [typeof(CloseMonthsTask)] = "keeps the figures of months, and deletes nothing; not by a clock that jumped",
        [typeof(DatabaseCareTask)] = "counts rows",
        [typeof(RememberDatabaseTask)] = "writes down how much there is",
        [typeof(HourlyTasks)] = "runs the tasks above",
        [typeof(MatchEvidenceTask)] = "matches, in the log and with an undo; of its own guesses it keeps the last",
        [typeof(AskForInvoicesTask)] = "asks an aggregator for bills, and deletes nothing",
        [typeof(LookAfterInvoicesTask)] = "asks an aggregator how bills stand, and deletes nothing",
        [typeof(WebhooksTask)] = "works off calls that are stored, and deletes none",
        [typeof(ReadReceiptsTask)] = "writes down what stands on receipts, and deletes nothing",
        [typeof(PortalHeartbeat)] = "deletes the rows of portals that are dead, which hold nothing but when they were seen",
        [typeof(RedisFeed)] = "tells, and deletes nothing",
        [typeof(RefreshListingsTask)] = "makes a copy anew",
        [typeof(SettingsListener)] = "makes a copy anew",
        [typeof(DailyBackup)] = "makes archives; of the old ones so many days, weeks and months are kept, counted by archives and not by the clock",
        [typeof(ForgetEntriesTask)] = "who came to an evening goes a month later, whatever the clock says of how many: nobody is named there, and nothing else depends on it; not by a clock that jumped",
        [typeof(ForgetMessagesTask)] = "empties what stood in messages and deletes none: whoever was told stays told; not by a clock that jumped",
        [typeof(AskSmsTask)] = "asks a provider how messages stand, and deletes nothing",
        [typeof(RemindTask)] = "writes reminders, and deletes nothing; not by a clock that jumped",
        [typeof(RegisterTelegramTask)] = "tells Telegram where to call, and deletes nothing",
        [typeof(SendMessagesTask)] = "sends messages, and deletes none",
        [typeof(MessageTextsListener)] = "makes a copy anew",
        [typeof(TellBackupsTask)] = "tells, and deletes nothing; not by a clock that jumped",
        [typeof(TellClaimsTask)] = "tells, and deletes nothing; not by a clock that jumped",
        [typeof(Mailbox)] = "sends letters",
        [typeof(SessionVisits)] = "writes down visits, and deletes nothing",
        [typeof(TrailWriter)] = "writes into the log, and deletes nothing",
    };

    /// <summary>Which rows may go without asking.</summary>
    private static readonly Dictionary<Type, string[]> Free = new() { [typeof(ForgetTriesTask)] = ["SignInThrottles", "RegistrationRequests", "Sessions"] };

    private readonly TestDatabase _database = new();

    public ValueTask InitializeAsync() => _database.InitializeAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public void Table_OfWorkers_NamesEveryOne()
    {
        var found = new[] { typeof(Urls), typeof(Data.DiasporaDbContext), typeof(IStore) }.SelectMany(one => one.Assembly.GetTypes()).Where(type => type is { IsAbstract: false, IsClass: true }
            && (typeof(IHourlyTask).IsAssignableFrom(type) || typeof(IHostedService).IsAssignableFrom(type)));
        Assert.Equal(Workers.Keys.Select(type => type.Name).Order(), found.Select(type => type.Name).Order());
    }

    [Fact]
    public async Task Run_EveryTaskWhenEverythingLooksOld_DeletesNothingButWhatIsNamed()
    {
        await FillAsync();
        _database.Clock.Advance(TimeSpan.FromDays(400));
        foreach (var type in Workers.Keys.Where(type => typeof(IHourlyTask).IsAssignableFrom(type)))
        {
            var task = (IHourlyTask)ActivatorUtilities.CreateInstance(_database.Get<IServiceProvider>(), type);
            var before = await CountAsync();
            await task.RunAsync(_database.Get<IServiceProvider>(), Xunit.TestContext.Current.CancellationToken);
            var after = await CountAsync();
            Assert.Equal(Free.GetValueOrDefault(type, []), before.Keys.Where(table => after[table] < before[table]));
        }

        Assert.Equal(
            [(DeletedThing.Receipts, Many, Many)],
            _database.Get<DeletionBrake>().Held.Select(held => (held.Thing, held.Going, held.All)));
    }

    [Theory]
    [InlineData("ru", "Удаление остановлено", "8 из 9")]
    [InlineData("kk", "Жою тоқтатылды", "9 ішінен 8")]
    public async Task Hold_Anything_IsToldToAnAdminInTheirLanguage(string language, string title, string figures)
    {
        await using var context = new BunitContext();
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        var brake = new DeletionBrake(_database.Clock);
        context.Services.AddLocalization().AddLogging().AddSingleton(brake).AddSingleton(new ClockWatch(_database.Clock)).AddMudServices().AddSingleton<TimeProvider>(_database.Clock).AddSingleton(_database.Rules.Zone).AddScoped<Wording>();
        Assert.Equal("", context.Render<HeldDeletions>().Markup.Trim());

        Assert.All(Enum.GetValues<DeletedThing>(), thing => brake.Lets(thing, 8, 9));

        var notices = context.Render<HeldDeletions>().FindAll(".mud-alert");
        Assert.Equal(Enum.GetValues<DeletedThing>().Length, notices.Count);
        Assert.All(notices, notice => Assert.Contains(title, notice.TextContent, StringComparison.Ordinal));
        Assert.All(notices, notice => Assert.Contains(figures, notice.TextContent, StringComparison.Ordinal));
    }

    private async Task FillAsync()
    {
        var now = _database.Clock.GetUtcNow().UtcDateTime;
        for (var index = 0; index < Many; index++)
        {
            var member = await _database.AddAsync("Алиев Рашад");
            await _database.StartAsync(member, "2026-03");
            var file = await _database.Get<IReceiptFiles>().SaveAsync(new MemoryStream([.. PaymentSetup.Pdf, (byte)index]));
            File.SetLastWriteTimeUtc(_database.Files().Single(path => Path.GetFileName(path) == file.StoredName), now);
            await _database.Get<IStore>().WriteAsync(async work =>
            {
                await work.Accounts.ThrottleAsync($"somebody {index}", now);
                await work.Sessions.AddAsync(new Session($"{index}".PadLeft(Session.IdLength, '0'), member.MemberId!.Value, Role.Member, "test", new SessionOptions().Limits, now));
                var form = new RegisterForm { FullName = "Алиев Рашад", Phone = (await work.Members.FindAsync(member.MemberId!.Value))!.Phone.Value };
                work.Registrations.Add(new RegistrationRequest(RegistrationTicket.New(), member.MemberId.Value, form, "no-password", "ru", "1", now));
                return true;
            });
        }
    }

    /// <summary>The rows of every table, and the files of receipts.</summary>
    private async Task<IReadOnlyDictionary<string, int>> CountAsync()
    {
        await using var context = _database.Context();
        Dictionary<string, int> counts = new() { ["receipts"] = _database.Files().Length };
        foreach (var table in await context.Database.SqlQueryRaw<string>("SELECT name AS Value FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").ToListAsync())
        {
            await context.Database.OpenConnectionAsync();
            await using var command = context.Database.GetDbConnection().CreateCommand();
            command.CommandText = $"SELECT COUNT(*) FROM \"{table}\"";
            counts[table] = Convert.ToInt32(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
        }

        return counts;
    }
}
