using Diaspora.Domain.Access;
using Diaspora.Domain.Dues;

namespace Diaspora.Domain.Settings;

/// <summary>What the page of the settings shows and begins with.</summary>
/// <param name="Fees">Oldest first.</param>
/// <param name="Current">The month in which a fee can no more begin unnoticed.</param>
/// <param name="ChangedBy">Nobody, as long as they are what the configuration said.</param>
public sealed record SettingsDetails(
    Guid Version, IReadOnlyList<FeeStep> Fees, int DeadlineDay, int MonthsAhead, int LapseAfterDays, AssociationContacts Association, KaspiRequisites Kaspi, ReminderTexts Reminder,
    Period Current, string? ChangedBy, DateTime ChangedAt);

/// <summary>Reads and changes the settings, and keeps the copy of this process up to date.</summary>
public sealed class SettingsService(IStore store, CurrentSettings settings, TimeProvider clock)
{
    /// <summary>Stores what the configuration says if nothing is stored yet. From then on only what is stored counts.</summary>
    public async Task SeedAsync(SettingsSnapshot fromConfiguration, CancellationToken cancel = default)
    {
        settings.Use(fromConfiguration);
        await store.WriteAsync(async work =>
        {
            if (await work.Settings.FindAsync(cancel) is null)
            {
                work.Settings.Add(new PortalSettings(fromConfiguration, Now));
            }

            return true;
        }, cancel);
        await RefreshAsync(cancel);
    }

    /// <summary>Reads what is stored now.</summary>
    public Task RefreshAsync(CancellationToken cancel = default) => store.ReadAsync(work => work.RulesAsync(settings, cancel), cancel);

    /// <exception cref="DomainException">Not allowed.</exception>
    public Task<SettingsDetails> SettingsAsync(Actor actor, CancellationToken cancel = default) =>
        store.ReadAsync(async work =>
        {
            await work.RequireAsync(actor, Permission.Admin, cancel);
            var stored = await FindAsync(work, cancel);
            var by = stored.UpdatedBy is { } id ? await work.Access.NameOfAsync(id, cancel) : null;
            return new SettingsDetails(
                stored.Version, stored.Schedule().Steps, stored.DeadlineDay, stored.MonthsAhead, stored.LapseAfterDays, stored.Association, stored.Kaspi, stored.Reminder,
                settings.Rules.PeriodOf(Now), by, stored.UpdatedAt);
        }, cancel);

    /// <summary>Takes effect with the commit. Only what the sender changed is written; the same form sent again changes nothing.</summary>
    /// <exception cref="FormException">A field is wrong, or a colleague changed it since the form was read; or months that have begun would cost something else and nobody accepted that.</exception>
    public async Task EditAsync(Actor actor, EditSettingsForm form, CancellationToken cancel = default)
    {
        new EditSettingsFormValidator().Ensure(form);
        await store.WriteAsync(async work =>
        {
            var admin = await work.RequireAsync(actor, Permission.Admin, cancel);
            var stored = await FindAsync(work, cancel);
            var there = stored.ToSnapshot(settings.Rules.Zone);
            var merged = await MergeAsync(work, stored, form, EditSettingsForm.Of(there), cancel);
            var wanted = merged.ToSnapshot(settings.Rules.Zone);
            var (before, after) = SettingsFacts.Differing(there, wanted);
            if (before.Count + after.Count > 0)
            {
                Change(stored, merged, wanted, admin.Id);
                work.Audit.Add(new AuditEntry(actor, AuditAction.SettingsChanged, nameof(PortalSettings), stored.Id, null, before, after, Now));
                work.Announce(new SettingsChanged());
            }

            return true;
        }, cancel);
        await RefreshAsync(cancel);
    }

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    private static async Task<PortalSettings> FindAsync(IWork work, CancellationToken cancel) =>
        await work.Settings.FindAsync(cancel) ?? throw new DomainException(Problems.NotFound);

    private static async Task<EditSettingsForm> MergeAsync(IWork work, PortalSettings stored, EditSettingsForm form, EditSettingsForm there, CancellationToken cancel)
    {
        var problems = new FormProblems();
        foreach (var (field, theirs) in form.Conflicts(there))
        {
            problems.Add(field, await work.ConflictAsync(stored.Id, theirs, EditSettingsForm.InLog(field), cancel));
        }

        if (problems.Any)
        {
            throw new FormException(problems);
        }

        // What is right by itself may be wrong together: two months of which each took away one are none.
        var merged = form.Merged(there);
        new EditSettingsFormValidator().Ensure(merged);
        return merged;
    }

    private void Change(PortalSettings stored, EditSettingsForm form, SettingsSnapshot wanted, Guid by)
    {
        var now = Now;
        var rules = wanted.Rules;
        var current = rules.PeriodOf(now);
        if (!form.AcceptsPast && stored.PastChange(rules.Fees, current) is { } problem)
        {
            throw new FormException(nameof(form.AcceptsPast), problem.Code, problem.Args);
        }

        stored.ChangeFees(rules.Fees, current, form.AcceptsPast, by, now);
        stored.Edit(rules.DeadlineDay, rules.MonthsAhead, rules.LapseAfterDays, wanted.Association, wanted.Kaspi, wanted.Reminder, by, now);
    }
}
