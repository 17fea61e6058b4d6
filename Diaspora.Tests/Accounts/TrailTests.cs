using Diaspora.Data;
using Diaspora.Domain.Members;
using Diaspora.Domain.Members.Accounts;
using Diaspora.Tests.Payments;
using Diaspora.Tests.Storage;
using Diaspora.Web.Accounts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Diaspora.Tests.Accounts;

/// <summary>What the door notes harms nobody: not the portal, not a wrong password, not the money on a member's card.</summary>
public sealed class TrailTests : IAsyncLifetime
{
    private readonly TestDatabase _database = new();

    public ValueTask InitializeAsync() => _database.InitializeAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    /// <summary>A time limit of the database is a cancelled task too, and a log may fail like anything else.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Write_AFaultThatLooksLikeStopping_KeepsTheTaskRunning(bool isOfTheLog)
    {
        var trail = _database.Get<SignInTrail>();
        trail.Noticed(new Guessing(null, 100, 100, DateTime.UnixEpoch));
        var log = new FaultyLog(isOfTheLog);
        using var writer = new TrailWriter(trail, new SignInTrailService(new FaultyStore(), trail), _database.Clock, log);
        await writer.StartAsync(TestContext.Current.CancellationToken);

        await Task.WhenAny(log.Told, writer.ExecuteTask!);
        Assert.False(writer.ExecuteTask!.IsCompleted, writer.ExecuteTask.Status.ToString());
        await writer.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Name_TheKeyCannotBeRead_IsOneNameUntilTheStop()
    {
        var names = _database.Get<IPhoneNames>();
        names.NameOf(Phone);
        using var held = new FileStream(KeyFile, FileMode.Open, FileAccess.ReadWrite, FileShare.None);

        var other = ActivatorUtilities.CreateInstance(_database.Get<IServiceProvider>(), names.GetType()) as IPhoneNames;
        Assert.Equal(other!.NameOf(Phone), other.NameOf(Phone));
    }

    [Fact]
    public void Name_TheKeyCannotBeOpened_IsReplaced()
    {
        File.WriteAllText(KeyFile, "from another portal");
        var name = _database.Get<IPhoneNames>().NameOf(Phone);
        var other = ActivatorUtilities.CreateInstance(_database.Get<IServiceProvider>(), _database.Get<IPhoneNames>().GetType()) as IPhoneNames;
        Assert.Equal(name, other!.NameOf(Phone));
    }

    [Fact]
    public void Name_TheKey_IsForTheOwnerOfTheFileOnly()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes.");
        _database.Get<IPhoneNames>().NameOf(Phone);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(KeyFile));
    }

    [Fact]
    public async Task Card_AfterManySignIns_StillShowsWhatWasDone()
    {
        var (cashier, member) = (await _database.AddCashierAsync(), await _database.AddAsync("Гасанов Рустам"));
        await AddAsync(AuditAction.NoteWritten, member, 1);
        await AddAsync(AuditAction.MemberSignedIn, member, 30);
        await AddAsync(AuditAction.StaffSignedIn, member, 10);
        await AddAsync(AuditAction.SignInFailed, member, 30);
        Assert.Equal([AuditAction.NoteWritten], (await _database.CardAsync(cashier, member)).Log.Select(row => row.Action));
    }

    /// <summary>Whoever changed a field is told from the last entries; a member of many years has thousands.</summary>
    [Fact]
    public async Task Log_OfOneThing_IsItsNewestWithoutSignIns()
    {
        var member = await _database.AddAsync("Гасанов Рустам");
        await AddAsync(AuditAction.MemberEdited, member, IAuditRepository.MostOfOne + 5);
        await AddAsync(AuditAction.MemberSignedIn, member, 5);
        var rows = await _database.Get<IStore>().ReadAsync(work => work.Audit.OfAsync(member.MemberId!.Value));
        Assert.Equal((IAuditRepository.MostOfOne, AuditAction.MemberEdited), (rows.Count, rows[^1].Action));
        Assert.Equal(rows.Select(row => row.Id).Order(), rows.Select(row => row.Id));
        Assert.Equal("""{"count":104}""", rows[^1].AfterJson);
    }

    private static PhoneNumber Phone => PhoneNumber.Parse("8 701 666 00 01");

    private string KeyFile => Path.Combine(_database.Get<StorageFolders>().Keys, "phone-names.key");

    private Task AddAsync(AuditAction action, Actor member, int times) => _database.Get<IStore>().WriteAsync(work =>
    {
        var id = member.MemberId!.Value;
        for (var count = 0; count < times; count++)
        {
            work.Audit.Add(new AuditEntry(member, action, nameof(Member), id, id, null, new { count }, _database.Clock.GetUtcNow().UtcDateTime));
        }

        return Task.FromResult(true);
    });

    private sealed class FaultyStore : IStore
    {
        public Task<T> ReadAsync<T>(Func<IWork, Task<T>> read, CancellationToken cancel = default) => throw new TaskCanceledException("The command took too long.");

        public Task<T> WriteAsync<T>(Func<IWork, Task<T>> write, CancellationToken cancel = default) => throw new TaskCanceledException("The command took too long.");
    }

    /// <summary>Fails at a warning, if it is to; tells of an error.</summary>
    private sealed class FaultyLog(bool isFaulty) : ILogger<TrailWriter>
    {
        private readonly TaskCompletionSource _told = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Told => _told.Task;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel == LogLevel.Error)
            {
                _told.TrySetResult();
            }
            else if (isFaulty)
            {
                throw new IOException("The disk is full.");
            }
        }
    }
}
