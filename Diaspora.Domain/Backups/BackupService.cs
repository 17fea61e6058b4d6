using Diaspora.Domain.Access;
using Diaspora.Domain.Members.Accounts;
using Diaspora.Domain.Operations;

namespace Diaspora.Domain.Backups;

/// <summary>What an admin does with the backups, and what the portal does by itself.</summary>
public sealed class BackupService(IStore store, IBackupArchives archives, BackupPlan plan, HeldRights rights, SharedAnswers answers, PasswordProof proof, TimeProvider clock)
{
    /// <summary>Archives are thinned out to some thirty; the rest is room for those made by hand and for tries.</summary>
    private const int Tries = 200;

    private int _isRunning;

    /// <summary>How the backups stand, for whoever watches over the portal.</summary>
    public Task<BackupState> StateAsync(CancellationToken cancel = default) =>
        answers.ReadAsync("backups", () => store.ReadAsync(work => StateAsync(work, CancellationToken.None), CancellationToken.None)).WaitAsync(cancel);

    /// <summary>The same for every page of an admin. The right is at most ten seconds old.</summary>
    public async Task<BackupState> SeenStateAsync(Actor actor, CancellationToken cancel = default)
    {
        await rights.RequireAsync(actor, Permission.Admin, cancel);
        return await StateAsync(cancel);
    }

    /// <summary>When the daily one may be due: what was tried last, and since when there is anything to keep.</summary>
    public Task<BackupFacts> FactsAsync(CancellationToken cancel = default) => store.ReadAsync(work => work.Backups.FactsAsync(Now, cancel), cancel);

    /// <summary>Whether one of the admins has an address that letters reach.</summary>
    public Task<bool> HasAddresseeAsync(CancellationToken cancel = default) => store.ReadAsync(work => work.Backups.HasAddresseeAsync(cancel), cancel);

    public Task<BackupsDetails> DetailsAsync(Actor actor, CancellationToken cancel = default) =>
        store.ReadAsync(async work =>
        {
            await work.RequireAsync(actor, Permission.Admin, cancel);
            return new BackupsDetails(await StateAsync(work, cancel), plan, BackupRow.Of(Files(), await work.Backups.RecentAsync(Tries, cancel), Now));
        }, cancel);

    /// <summary>Makes one now. It goes on when the page is left.</summary>
    /// <exception cref="DomainException">Not allowed, or one is being made.</exception>
    public async Task<BackupRow> CreateAsync(Actor actor, CancellationToken cancel = default)
    {
        await RequireAsync(actor, cancel);
        return await MakeAsync(actor, isByHand: true);
    }

    /// <summary>Makes the daily one; the background task's verb.</summary>
    /// <exception cref="DomainException">One is being made.</exception>
    public Task<BackupRow> CreateDailyAsync(CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        return MakeAsync(Actor.Task("backup"), isByHand: false);
    }

    /// <summary>Opens an archive and compares it with what it says of itself. One that is damaged is no good one from then on.</summary>
    /// <exception cref="DomainException">Not allowed, or there is no such archive.</exception>
    public async Task<BackupVerdict> VerifyAsync(Actor actor, string name, CancellationToken cancel = default)
    {
        await RequireAsync(actor, cancel);
        RequireThere(name);
        var verdict = await ThereAsync(() => archives.VerifyAsync(name, cancel));
        return await store.WriteAsync(async work =>
        {
            await work.RequireAsync(actor, Permission.Admin, cancel);
            var run = await work.Backups.FindAsync(name, cancel);
            var problem = verdict.Problem?.Kept();
            if (run is not null && !verdict.IsUnopened && (run.IsVerified, verdict.IsSound) != (true, true))
            {
                (run.IsVerified, run.Problem) = (verdict.IsSound, problem);
            }

            work.Audit.Add(new AuditEntry(actor, AuditAction.BackupVerified, nameof(BackupRun), run?.Id ?? Guid.Empty, null, null, new { file = name, isWhole = verdict.IsSound, problem }, Now));
            work.Announce(new BackupsChanged());
            return verdict;
        }, cancel);
    }

    /// <summary>Hands an archive out, to whoever proves once more who they are.</summary>
    /// <exception cref="FormException">The password is wrong.</exception>
    /// <exception cref="DomainException">Not allowed, there is no such archive, or a pause is on.</exception>
    public async Task<Stream> OpenAsync(Actor actor, string name, DownloadBackupForm form, CancellationToken cancel = default)
    {
        var admin = await RequireAsync(actor, cancel);
        RequireThere(name);
        await proof.RequireAsync(admin.Id, form.Password, nameof(form.Password), cancel);
        var content = await ThereAsync(() => Task.FromResult(archives.Open(name)));
        try
        {
            return await store.WriteAsync(async work =>
            {
                await work.RequireAsync(actor, Permission.Admin, cancel);
                var run = await work.Backups.FindAsync(name, cancel);
                work.Audit.Add(new AuditEntry(actor, AuditAction.BackupDownloaded, nameof(BackupRun), run?.Id ?? Guid.Empty, null, null, new { file = name, size = content.Length }, Now));
                return content;
            }, cancel);
        }
        catch
        {
            await content.DisposeAsync();
            throw;
        }
    }

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    private Task<ActingMember> RequireAsync(Actor actor, CancellationToken cancel) => store.ReadAsync(work => work.RequireAsync(actor, Permission.Admin, cancel), cancel);

    private Task<BackupState> StateAsync(IWork work, CancellationToken cancel) => work.BackupStateAsync(plan, Now, cancel);

    /// <summary>A name comes with an address. Only what lies in the folder of backups itself is looked at or handed out.</summary>
    private void RequireThere(string name)
    {
        if (Files().All(file => file.Name != name))
        {
            throw new DomainException(Problems.NotFound);
        }
    }

    /// <summary>It may have been thinned out since it was listed.</summary>
    private static async Task<T> ThereAsync<T>(Func<Task<T>> open)
    {
        try
        {
            return await Task.Run(open);
        }
        catch (FileNotFoundException)
        {
            throw new DomainException(Problems.NotFound);
        }
    }

    private IReadOnlyList<BackupFile> Files()
    {
        try
        {
            return archives.List();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new DomainException(Problems.NotRead);
        }
    }

    private async Task<BackupRow> MakeAsync(Actor actor, bool isByHand)
    {
        if (Interlocked.Exchange(ref _isRunning, 1) == 1)
        {
            throw new DomainException(Problems.BackupRunning);
        }

        try
        {
            // It takes seconds, and SQLite's part of it never yields. What was begun is ended, whoever leaves meanwhile.
            var run = await Task.Run(() => archives.CreateAsync(CancellationToken.None));
            if (run.FinishedAt is null)
            {
                throw new DomainException(Problems.BackupRunning);
            }

            await store.WriteAsync(work =>
            {
                if (!run.IsGood)
                {
                    work.Audit.Add(new AuditEntry(actor, AuditAction.BackupFailed, nameof(BackupRun), run.Id, null, null, new { problem = run.Problem ?? "" }, Now));
                }
                else if (isByHand)
                {
                    work.Audit.Add(new AuditEntry(actor, AuditAction.BackupMade, nameof(BackupRun), run.Id, null, null, new { file = run.FileName, size = run.Bytes }, Now));
                }

                work.Announce(new BackupsChanged());
                return Task.FromResult(true);
            });
            return BackupRow.Of(run);
        }
        finally
        {
            Volatile.Write(ref _isRunning, 0);
        }
    }
}
