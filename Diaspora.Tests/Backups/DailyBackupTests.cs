using Diaspora.Data.Operations;
using Diaspora.Domain.Backups;
using Diaspora.Tests.Storage;
using Diaspora.Web.Backups;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Diaspora.Tests.Backups;

/// <summary>The daily backup on a clock that is moved: it begins at noon of 8 March in Almaty.</summary>
public sealed class DailyBackupTests : IAsyncLifetime
{
    private readonly TestDatabase _database = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _database.InitializeAsync();
        await using var context = _database.Context();
        context.Marks.RemoveRange(context.Marks);
        context.Marks.Add(new Diaspora.Domain.Operations.DatabaseMark { CreatedAt = Now });
        await context.SaveChangesAsync(Token);
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Make_OnTheFirstDay_WaitsForItsTime()
    {
        Assert.Null(await MakeAtAsync(_database, 8, 12, 0));
        Assert.Null(await MakeAtAsync(_database, 9, 3, 9));
        Assert.NotNull(await MakeAtAsync(_database, 9, 3, 10));
        Assert.Null(await MakeAtAsync(_database, 9, 3, 11));
        Assert.Null(await MakeAtAsync(_database, 9, 23, 59));
        Assert.NotNull(await MakeAtAsync(_database, 10, 3, 10));
    }

    [Fact]
    public async Task Make_AfterAPortalWasOff_CatchesUpOnce()
    {
        await MakeAtAsync(_database, 9, 3, 10);
        Assert.NotNull(await MakeAtAsync(_database, 12, 9, 0));
        Assert.Null(await MakeAtAsync(_database, 12, 9, 1));
        Assert.NotNull(await MakeAtAsync(_database, 13, 3, 10));
    }

    [Fact]
    public async Task Make_InADatabaseThatNeverHadOne_DoesNotWait()
    {
        await using (var context = _database.Context())
        {
            context.Marks.RemoveRange(context.Marks);
            await context.SaveChangesAsync(Token);
        }

        Assert.NotNull(await MakeAtAsync(_database, 8, 12, 0));
        Assert.Null(await MakeAtAsync(_database, 8, 12, 1));
    }

    [Fact]
    public async Task Make_ByTwoPortals_OneMakesIt()
    {
        var other = await _database.AnotherAsync();
        At(9, 3, 10);

        var made = await Task.WhenAll(Of(_database).MakeAsync(Token), Of(other).MakeAsync(Token));

        Assert.Single(made, one => one);
        Assert.False(await Of(other).MakeAsync(Token));
        Assert.False(await Of(_database).MakeAsync(Token));
        Assert.Single(_database.Get<IBackupArchives>().List());
    }

    [Fact]
    public async Task Make_WhileAnotherPortalHasTheTurn_LeavesItUntilThatOneIsDead()
    {
        var other = await _database.AnotherAsync();
        At(9, 3, 10);
        Assert.True(await other.Get<TaskTurns>().TakeAsync("backup", BackupState.Longest, Token));

        Assert.False(await Of(_database).MakeAsync(Token));
        Assert.NotNull(await MakeAtAsync(_database, 9, 4, 11));
    }

    [Fact]
    public async Task Make_ThatFails_IsTriedAgainAnHourLaterByWhoeverIsThere()
    {
        await using var broken = new Blocked(_database.Folder);
        Assert.Null(await MakeAtAsync(_database, 9, 3, 10));
        Assert.Contains(BackupTrouble.Failed, (await _database.Get<BackupService>().StateAsync(Token)).Troubles);
        broken.Free();

        Assert.Null(await MakeAtAsync(_database, 9, 3, 11));
        Assert.Null(await MakeAtAsync(await _database.AnotherAsync(), 9, 4, 9));
        Assert.NotNull(await MakeAtAsync(_database, 9, 4, 10));
        Assert.False((await _database.Get<BackupService>().StateAsync(Token)).IsBad);
        Assert.Null(await MakeAtAsync(_database, 9, 5, 30));
    }

    [Fact]
    public async Task Make_AfterAYearsJumpOfTheClockAndBack_GoesOnDaily()
    {
        At(9, 3, 10);
        await using (var context = _database.Context())
        {
            context.TaskRuns.Add(new Diaspora.Domain.Operations.TaskRun { Name = "backup", LastRunAt = Now.AddYears(1) });
            await context.SaveChangesAsync(Token);
        }

        Assert.True(await Of(_database).MakeAsync(Token));
        Assert.Null(await MakeAtAsync(_database, 9, 3, 11));
        Assert.NotNull(await MakeAtAsync(_database, 10, 3, 10));
    }

    [Fact]
    public async Task Make_WhereItIsSwitchedOff_MakesNone()
    {
        var other = await _database.AnotherAsync(("Backups:Enabled", "false"));
        Assert.Null(await MakeAtAsync(other, 9, 12, 0));
    }

    [Theory]
    [InlineData("25:10")]
    [InlineData("3:10")]
    [InlineData("ночью")]
    public async Task Start_WithAWrongTime_NamesTheKey(string at)
    {
        var other = await _database.AnotherAsync(("Backups:At", at));
        Assert.Contains("Backups:At", Assert.Throws<OptionsValidationException>(other.Get<BackupPlan>).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Asia/Almaty", "2026-03-08T22:10:00Z")]
    [InlineData("UTC", "2026-03-09T03:10:00Z")]
    public void Due_InAZone_IsTheLocalTime(string zone, string due)
    {
        var times = new BackupTimes(new BackupPlan(new TimeOnly(3, 10), true, false, false, false), TimeZoneInfo.FindSystemTimeZoneById(zone));
        Assert.Equal(DateTimeOffset.Parse(due).UtcDateTime, times.Next(Now));
    }

    private DateTime Now => _database.Clock.GetUtcNow().UtcDateTime;

    private void At(int day, int hour, int minute) => _database.Clock.SetUtcNow(new DateTimeOffset(2026, 3, day, hour, minute, 0, TimeSpan.FromHours(5)));

    /// <returns>Something when one was made.</returns>
    private async Task<string?> MakeAtAsync(TestDatabase portal, int day, int hour, int minute)
    {
        At(day, hour, minute);
        var before = portal.Get<IBackupArchives>().List().Select(file => file.Name).ToHashSet();
        var made = await Of(portal).MakeAsync(Token);
        var name = portal.Get<IBackupArchives>().List().Select(file => file.Name).SingleOrDefault(name => !before.Contains(name));
        Assert.Equal(made, name is not null);
        return name;
    }

    private static DailyBackup Of(TestDatabase portal) => new(
        portal.Get<BackupService>(), portal.Get<BackupPlan>(), new BackupTimes(portal.Get<BackupPlan>(), portal.Rules.Zone), portal.Get<TaskTurns>(), portal.Get<IServiceScopeFactory>(), portal.Clock, NullLogger<DailyBackup>.Instance);
}
