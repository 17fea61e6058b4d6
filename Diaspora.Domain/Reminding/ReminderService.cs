using Diaspora.Domain.Access;
using Diaspora.Domain.Members;
using Diaspora.Domain.Notifications;
using Diaspora.Domain.Settings;

namespace Diaspora.Domain.Reminding;

/// <summary>What an admin sees of the reminders and says about them, and what a member says about their own.</summary>
public sealed class ReminderService(IStore store, CurrentSettings settings, OutboxRules outbox, TimeProvider clock)
{
    /// <summary>Who paid so many days after a reminder counts as its effect.</summary>
    public const int EffectDays = 3;

    /// <summary>How many of those who would be written to are named. Of the others as many as are written to by hand at once.</summary>
    public const int Named = 100;

    private const int MonthsBack = 3;
    private const int DaysAhead = 60;
    private const int ReadAtOnce = 1000;

    public Task<RemindersDetails> DetailsAsync(Actor actor, CancellationToken cancel = default) =>
        store.ReadAsync(async work =>
        {
            await work.RequireAsync(actor, Permission.Admin, cancel);
            var plan = await PlanAsync(work, cancel);
            var by = plan.UpdatedBy is { } id ? await work.Access.NameOfAsync(id, cancel) : null;
            return new RemindersDetails(plan.IsOn, plan.Days, plan.PerWeek, by, plan.UpdatedAt, outbox.Channels, await work.Reminders.SentAsync(settings.Rules.PeriodOf(Now).AddMonths(-MonthsBack), EffectDays, cancel));
        }, cancel);

    /// <summary>Who would get what tomorrow if nothing changes until then; where tomorrow is no day of the plan, on the next one that is. Sends nothing.</summary>
    public async Task<ReminderForecast> ForecastAsync(Actor actor, CancellationToken cancel = default)
    {
        var (terms, members) = await store.ReadAsync(async work =>
        {
            await work.RequireAsync(actor, Permission.Admin, cancel);
            return (ReminderTerms.Of(await PlanAsync(work, cancel), settings.Rules, outbox), await work.Reminders.MembersAsync(cancel));
        }, cancel);
        var tomorrow = terms.Dues.DayOf(Now).AddDays(1);
        var day = Enumerable.Range(0, DaysAhead).Select(tomorrow.AddDays).FirstOrDefault(day => ReminderPlanner.IsDay(terms, day), tomorrow);
        var noon = TimeZoneInfo.ConvertTimeToUtc(day.ToDateTime(new TimeOnly(12, 0)), terms.Dues.Zone);
        List<PlannedReminder> planned = [];
        foreach (var some in ReminderPlanner.IsDay(terms, day) ? members.Chunk(ReadAtOnce) : [])
        {
            planned.AddRange(ReminderPlanner.Plan(terms, await store.ReadAsync(work => work.Reminders.FactsAsync(some, RemindingService.FirstMonth(day), cancel), cancel), noon));
        }

        var reached = planned.ToLookup(reminder => reminder.Channels.Count > 0);
        return new ReminderForecast(
            tomorrow, day, reached[true].Count(), [.. reached[true].Take(Named).Select(ReminderRow.Of)], reached[false].Count(), [.. reached[false].Select(ReminderRow.Of).OrderBy(row => NameOrder.KeyOf(row.FullName), StringComparer.Ordinal).Take(MemberService.MostRows)]);
    }

    /// <summary>What is so already changes nothing.</summary>
    /// <exception cref="FormException">A field is wrong, or a colleague changed it since the form was read.</exception>
    public Task EditAsync(Actor actor, EditReminderPlanForm form, CancellationToken cancel = default)
    {
        new EditReminderPlanFormValidator().Ensure(form);
        return ChangeAsync(actor, AuditAction.ReminderPlanChanged, async (work, plan, by) =>
        {
            var (typed, there) = (form.Typed, EditReminderPlanForm.Of(plan.Days, plan.PerWeek).Seen);
            var problems = new FormProblems();
            if (SeenValue.IsConflict(form.Seen.Days, typed.Days, there.Days))
            {
                problems.Add(nameof(form.Days), await work.ConflictAsync(plan.Id, there.Days, ["days"], cancel));
            }

            if (SeenValue.IsConflict(form.Seen.PerWeek, typed.PerWeek, there.PerWeek))
            {
                problems.Add(nameof(form.PerWeek), await work.ConflictAsync(plan.Id, there.PerWeek, ["perWeek"], cancel));
            }

            if (problems.Any)
            {
                throw new FormException(problems);
            }

            var wanted = new ReminderPlanFields(SeenValue.Merge(form.Seen.Days, typed.Days, there.Days), SeenValue.Merge(form.Seen.PerWeek, typed.PerWeek, there.PerWeek));
            if (wanted == there)
            {
                return null;
            }

            plan.Edit(ReminderDays.Read(wanted.Days)!, ReminderPlan.PerWeekRange.Read(wanted.PerWeek)!.Value, by, Now);
            return (new { days = there.Days, perWeek = there.PerWeek }, new { days = wanted.Days, perWeek = wanted.PerWeek });
        }, cancel);
    }

    /// <summary>From now on the portal reminds by itself.</summary>
    public Task StartAsync(Actor actor, CancellationToken cancel = default) =>
        ChangeAsync(actor, AuditAction.RemindersStarted, (_, plan, by) =>
        {
            if (plan.IsOn)
            {
                return Task.FromResult<(object, object)?>(null);
            }

            plan.Switch(isOn: true, by, Now);
            return Task.FromResult<(object, object)?>((new { isOn = false }, new { isOn = true, days = ReminderDays.Write(plan.Days) }));
        }, cancel);

    /// <summary>Nothing more is written, and what waits to be sent is withdrawn in the same commit.</summary>
    public Task StopAsync(Actor actor, CancellationToken cancel = default) =>
        ChangeAsync(actor, AuditAction.RemindersStopped, async (work, plan, by) =>
        {
            if (!plan.IsOn)
            {
                return null;
            }

            plan.Switch(isOn: false, by, Now);
            return (new { isOn = true }, new { isOn = false, withdrawn = await work.Reminders.WithdrawAllAsync(Now, cancel) });
        }, cancel);

    /// <summary>Whether the portal may remind this member.</summary>
    public Task<bool> IsWantedAsync(Actor actor, CancellationToken cancel = default) =>
        store.ReadAsync(async work => (await work.Reminders.StopsAsync((await work.RequireAsync(actor, Permission.Member, cancel)).Id, cancel)).Count == 0, cancel);

    /// <summary>A member says whether they want to be reminded. What still waits for them is not sent.</summary>
    public Task ChooseAsync(Actor actor, bool isWanted, CancellationToken cancel = default) =>
        store.WriteAsync(async work =>
        {
            var member = await work.RequireAsync(actor, Permission.Member, cancel);
            var stops = await work.Reminders.StopsAsync(member.Id, cancel);
            if (isWanted == (stops.Count == 0))
            {
                return true;
            }

            if (!isWanted)
            {
                work.Reminders.Add(new ReminderStop(member.Id, Now));
            }

            foreach (var stop in stops)
            {
                work.Reminders.Remove(stop);
            }

            work.Audit.Add(new AuditEntry(actor, AuditAction.RemindersChosen, nameof(Member), member.Id, member.Id, new { reminders = !isWanted }, new { reminders = isWanted }, Now));
            return true;
        }, cancel);

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    private async Task<ReminderPlan> PlanAsync(IWork work, CancellationToken cancel) => await work.Reminders.FindPlanAsync(cancel) ?? new ReminderPlan(Now);

    /// <param name="change">Answers with what the log says of it, and with nothing where nothing changed.</param>
    private Task ChangeAsync(Actor actor, AuditAction action, Func<IWork, ReminderPlan, Guid, Task<(object Before, object After)?>> change, CancellationToken cancel) =>
        store.WriteAsync(async work =>
        {
            var admin = await work.RequireAsync(actor, Permission.Admin, cancel);
            var stored = await work.Reminders.FindPlanAsync(cancel);
            var plan = stored ?? new ReminderPlan(Now);
            if (await change(work, plan, admin.Id) is not { } facts)
            {
                return true;
            }

            if (stored is null)
            {
                work.Reminders.Add(plan);
            }

            work.Audit.Add(new AuditEntry(actor, action, nameof(ReminderPlan), plan.Id, null, facts.Before, facts.After, Now));
            work.Announce(new RemindersChanged());
            return true;
        }, cancel);
}

/// <summary>What the page of the reminders shows and begins with.</summary>
/// <param name="ChangedBy">Nobody, as long as it is the usual plan.</param>
/// <param name="Channels">What this portal has.</param>
public sealed record RemindersDetails(bool IsOn, IReadOnlyList<int> Days, int PerWeek, string? ChangedBy, DateTime ChangedAt, IReadOnlyList<Channel> Channels, IReadOnlyList<SentReminders> Sent)
{
    public EditReminderPlanForm ToForm() => EditReminderPlanForm.Of(Days, PerWeek);
}

/// <summary>Who would get what.</summary>
/// <param name="Day">Tomorrow, or the next day of the plan.</param>
/// <param name="Count">How many would be written to; the first of them are named.</param>
/// <param name="Unreachable">How many should be, and have no address.</param>
public sealed record ReminderForecast(DateOnly Tomorrow, DateOnly Day, int Count, IReadOnlyList<ReminderRow> Rows, int Unreachable, IReadOnlyList<ReminderRow> ByHand);

/// <summary>One member of a forecast.</summary>
public sealed record ReminderRow(string Number, string FullName, string Language, IReadOnlyList<Channel> Channels, IReadOnlyList<Period> Months, Money Sum)
{
    internal static ReminderRow Of(PlannedReminder reminder) => new(reminder.To.Number, reminder.To.FullName, reminder.To.Language, reminder.Channels, reminder.Months, reminder.Sum);
}
