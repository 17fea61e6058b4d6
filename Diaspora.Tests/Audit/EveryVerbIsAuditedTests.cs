using Diaspora.Domain.Audit;
using Diaspora.Domain.Import;
using Diaspora.Domain.Members;
using Diaspora.Domain.Members.Accounts;
using Diaspora.Domain.Merging;
using Diaspora.Domain.Overview;
using Diaspora.Domain.Payments;
using Diaspora.Domain.Reports;
using Diaspora.Domain.Settings;
using Diaspora.Tests.Members;
using Diaspora.Tests.Storage;
using Microsoft.EntityFrameworkCore;

namespace Diaspora.Tests.Audit;

/// <summary>Whatever a service writes is in the log, in the same commit; a new verb is found by itself.</summary>
public sealed partial class EveryVerbIsAuditedTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    /// <summary>There was nothing before.</summary>
    private static readonly AuditAction[] Creations =
    [
        AuditAction.MemberRegistered, AuditAction.MemberAdded, AuditAction.RegistrationRequested, AuditAction.NoteWritten, AuditAction.MemberExempted, AuditAction.MemberSuspended, AuditAction.PaymentCreated, AuditAction.PaymentRecorded, AuditAction.ReminderOpened, AuditAction.ReportExported,
        AuditAction.MonthClosed, AuditAction.MembersExported, AuditAction.MembersImported, AuditAction.PaymentsExported, AuditAction.SignInFailed, AuditAction.GuessingNoticed, AuditAction.EvidenceMatched, AuditAction.StatementStaged, AuditAction.StatementBooked, AuditAction.BackupMade,
        AuditAction.BackupFailed, AuditAction.BackupVerified, AuditAction.BackupDownloaded, AuditAction.EvidenceReceived, AuditAction.InvoiceAsked, AuditAction.DeletionAsked, AuditAction.DoorEventBegan,
    ];

    /// <summary>What changed is a secret, or nothing did: that it happened is all there is to say.</summary>
    private static readonly AuditAction[] Events = [AuditAction.SignInLinkCreated, AuditAction.PasswordReset, AuditAction.PasswordChanged, AuditAction.StaffSignedIn, AuditAction.MemberSignedIn];

    public static TheoryData<string> Scenarios => [.. VerbScenarios.All.Select(scenario => scenario.ToString())];

    [Fact]
    public void Table_OfScenarios_NamesEveryVerbThatWrites()
    {
        var writing = VerbScenarios.All.Select(scenario => scenario.Verb).Distinct();
        Assert.Equal(ServiceCalls.Verbs.Select(ServiceCalls.NameOf).Distinct().Order(), writing.Concat(WithoutEntry.Keys).Order());
    }

    [Fact]
    public void Table_OfScenarios_LeavesEveryActionInTheLogOnce() =>
        Assert.Equal(Enum.GetValues<AuditAction>(), VerbScenarios.All.SelectMany(scenario => scenario.Entries).Distinct().Order());

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task Call_AVerbThatWrites_LeavesExactlyItsEntries(string scenario)
    {
        var (known, call, _) = await ReadyAsync(scenario);
        var last = await LastAsync();

        var named = await call();

        await using var context = database.Context();
        var entries = await context.AuditEntries.Where(entry => entry.Id > last).OrderBy(entry => entry.Id).ToListAsync();
        Assert.Equal(known.Entries, entries.Select(entry => entry.Action));
        Assert.All(entries, entry =>
        {
            Assert.Equal(named, new Named(entry.ActorId, entry.SubjectId));
            Assert.Equal(database.Clock.GetUtcNow().UtcDateTime, entry.CreatedAt);
            Assert.Equal(!Events.Contains(entry.Action), entry.AfterJson is not null);
            Assert.Equal(!Events.Contains(entry.Action) && !Creations.Contains(entry.Action), entry.BeforeJson is not null);
            Assert.NotEqual(entry.BeforeJson ?? "", entry.AfterJson);
        });
    }

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task Call_WhenTheLogCannotBeWritten_ChangesNothingAndAnnouncesNothing(string scenario)
    {
        var (known, call, announced) = await ReadyAsync(scenario);
        var before = await DumpAsync(known.Apart);
        await ExecuteAsync("CREATE TRIGGER Broken BEFORE INSERT ON AuditEntries BEGIN SELECT RAISE(ABORT, 'the log is full'); END");

        var fault = await Record.ExceptionAsync(call);

        await ExecuteAsync("DROP TRIGGER Broken");
        Assert.Contains("the log is full", fault?.ToString(), StringComparison.Ordinal);
        Assert.Equal(before, await DumpAsync(known.Apart));
        Assert.Equal(announced, database.Feed.Changes.Count);

        // And it was for no other reason: now it goes through.
        await call();
        Assert.NotEqual(before, await DumpAsync(known.Apart));
    }

    [Fact]
    public async Task Forgot_WithAnAddress_SendsALetterAndWritesNothing()
    {
        var member = await database.AddAsync("Алиев Рашад");
        var phone = (await database.Get<MemberService>().ProfileAsync(member)).Phone;
        await using var context = database.Context();
        await context.Members.Where(row => row.Id == member.MemberId).ExecuteUpdateAsync(row => row.SetProperty(one => one.Email, "rashad@example.kz"));
        var before = await DumpAsync();

        await database.Get<AccountService>().ForgotAsync(new ForgotForm { Phone = phone });

        Assert.Equal(member.MemberId, database.Get<RecordedMailbox>().Letters[^1].MemberId);
        Assert.Equal(before, await DumpAsync());
    }

    [Fact]
    public async Task ForgetTries_LongPast_RemovesThemAndNothingElse()
    {
        await Assert.ThrowsAsync<DomainException>(() => database.Get<AccountService>().SignInAsync(new Actor(null, null, null), new SignInForm { Phone = "+77015550100", Password = "не тот пароль" }, null));
        await database.Get<SignInTrailService>().WriteAsync();
        database.Clock.Advance(TimeSpan.FromHours(25));
        var before = await DumpAsync("SignInThrottles");

        await database.Get<AccountService>().ForgetTriesAsync();

        Assert.Equal(before, await DumpAsync());
    }

    private async Task<(Scenario Scenario, Func<Task<Named>> Call, int Announced)> ReadyAsync(string name)
    {
        var scenario = VerbScenarios.All.Single(scenario => scenario.ToString() == name);
        var stage = new Stage(database, await database.AddAdminAsync(), await database.AddCashierAsync(), await database.AddAsync("Алиев Рашад"));
        var call = await scenario.Prepare(stage);
        database.Clock.Advance(TimeSpan.FromMinutes(1));

        // What others left at the door is not this verb's.
        await database.Get<SignInTrailService>().WriteAsync();
        return (scenario, call, database.Feed.Changes.Count);
    }

    private async Task<long> LastAsync()
    {
        await using var context = database.Context();
        return (await context.AuditTails.SingleAsync()).Last;
    }

    /// <summary>Every row of every table but these.</summary>
    private async Task<IReadOnlyList<string>> DumpAsync(params string[] apart)
    {
        await using var context = database.Context();
        await context.Database.OpenConnectionAsync();
        var connection = context.Database.GetDbConnection();
        List<string> rows = [];
        foreach (var table in (await context.Database.SqlQueryRaw<string>("SELECT name AS Value FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").ToListAsync()).Except(apart))
        {
            await using var command = connection.CreateCommand();
            command.CommandText = $"SELECT * FROM \"{table}\"";
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                rows.Add($"{table}: {string.Join(" | ", Enumerable.Range(0, reader.FieldCount).Select(index => reader.GetValue(index)))}");
            }
        }

        return [.. rows.Order(StringComparer.Ordinal)];
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var context = database.Context();
        await context.Database.ExecuteSqlRawAsync(sql);
    }
}
