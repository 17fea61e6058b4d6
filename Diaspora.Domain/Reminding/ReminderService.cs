using System.Text.Json;
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
            var spent = await work.Reminders.SpentAsync(RemindingService.MonthOf(settings.Rules, Now), cancel);
            return new RemindersDetails(plan.IsOn, ReminderPlanFields.Of(plan), by, plan.UpdatedAt, [.. plan.Order.Intersect(outbox.Channels)], plan.CeilingTenge, spent, await work.Reminders.SentAsync(settings.Rules.PeriodOf(Now).AddMonths(-MonthsBack), EffectDays, cancel));
        }, cancel);

    /// <summary>Who would get what tomorrow if nothing changes until then; where tomorrow is no day of the plan, on the next one that is. Sends nothing.</summary>
    public async Task<ReminderForecast> ForecastAsync(Actor actor, CancellationToken cancel = default)
    {
        var (terms, members, unread) = await store.ReadAsync(async work =>
        {
            await work.RequireAsync(actor, Permission.Admin, cancel);
            var next = NoonOf(settings.Rules.DayOf(Now).AddDays(1));
            var plan = await PlanAsync(work, cancel);
            return (await RemindingService.TermsAsync(work, plan, settings, outbox, next, cancel), await work.Reminders.MembersAsync(cancel),
                plan.IsOn && outbox.Channels.Count > 1 ? await work.Reminders.UnreadAsync(next - ReminderPlanner.Stale, next, cancel) : []);
        }, cancel);
        var tomorrow = terms.Dues.DayOf(Now).AddDays(1);
        var day = tomorrow;
        var planned = await PlanAsync(terms, ReminderPlanner.IsDay(terms, tomorrow) ? members : unread, day, cancel);
        if (planned.Count == 0 && !ReminderPlanner.IsDay(terms, tomorrow))
        {
            day = Enumerable.Range(1, DaysAhead).Select(tomorrow.AddDays).FirstOrDefault(later => ReminderPlanner.IsDay(terms, later), tomorrow);

            // A day of the next month has that month's money.
            var then = day.Month == tomorrow.Month ? terms : await store.ReadAsync(async work => await RemindingService.TermsAsync(work, await PlanAsync(work, cancel), settings, outbox, NoonOf(day), cancel), cancel);
            planned = day > tomorrow ? await PlanAsync(then, members, day, cancel) : [];
        }

        var reached = planned.ToLookup(reminder => reminder.By is not null);
        return new ReminderForecast(
            tomorrow, day, reached[true].Sum(reminder => reminder.CostTiyn), reached[true].Count(), [.. reached[true].Take(Named).Select(ReminderRow.Of)], reached[false].Count(), [.. reached[false].Select(ReminderRow.Of).OrderBy(row => NameOrder.KeyOf(row.FullName), StringComparer.Ordinal).Take(MemberService.MostRows)]);
    }

    /// <summary>What is so already changes nothing.</summary>
    /// <exception cref="FormException">A field is wrong, or a colleague changed it since the form was read.</exception>
    public Task EditAsync(Actor actor, EditReminderPlanForm form, CancellationToken cancel = default)
    {
        new EditReminderPlanFormValidator().Ensure(form);
        return ChangeAsync(actor, AuditAction.ReminderPlanChanged, async (work, plan, by) =>
        {
            var (typed, there) = (form.Typed, ReminderPlanFields.Of(plan));
            var problems = new FormProblems();
            foreach (var field in EditReminderPlanForm.Fields)
            {
                if (SeenValue.IsConflict(form.Seen.Of(field), typed.Of(field), there.Of(field)))
                {
                    problems.Add(field, await work.ConflictAsync(plan.Id, there.Of(field), [JsonNamingPolicy.CamelCase.ConvertName(field)], cancel));
                }
            }

            if (problems.Any)
            {
                throw new FormException(problems);
            }

            string Merge(string field) => SeenValue.Merge(form.Seen.Of(field), typed.Of(field), there.Of(field));
            var wanted = new ReminderPlanFields(Merge(nameof(form.Days)), Merge(nameof(form.PerWeek)), Merge(nameof(form.Order)), Merge(nameof(form.Ceiling)));
            if (wanted == there)
            {
                return null;
            }

            plan.Edit(ReminderDays.Read(wanted.Days)!, ReminderPlan.PerWeekRange.Read(wanted.PerWeek)!.Value, ReminderOrder.Read(wanted.Order)!, ReminderPlan.CeilingRange.Read(wanted.Ceiling)!.Value, by, Now);
            return (Logged(there), Logged(wanted));
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

    private static object Logged(ReminderPlanFields fields) => new { days = fields.Days, perWeek = fields.PerWeek, order = fields.Order, ceiling = fields.Ceiling };

    private DateTime NoonOf(DateOnly day) => TimeZoneInfo.ConvertTimeToUtc(day.ToDateTime(new TimeOnly(12, 0)), settings.Rules.Zone);

    /// <summary>As if nothing changed until then. What one thousand cost the next cannot.</summary>
    private async Task<IReadOnlyList<PlannedReminder>> PlanAsync(ReminderTerms terms, IReadOnlyList<Guid> members, DateOnly day, CancellationToken cancel)
    {
        List<PlannedReminder> planned = [];
        foreach (var some in members.Chunk(ReadAtOnce))
        {
            var left = terms with { LeftTiyn = terms.LeftTiyn - planned.Sum(reminder => reminder.CostTiyn) };
            planned.AddRange(ReminderPlanner.Plan(left, await store.ReadAsync(work => work.Reminders.FactsAsync(some, RemindingService.FirstMonth(day), cancel), cancel), NoonOf(day)));
        }

        return planned;
    }

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
/// <param name="Channels">What this portal has, in the plan's order.</param>
/// <param name="SpentTiyn">By the reminders of this month.</param>
public sealed record RemindersDetails(
    bool IsOn, ReminderPlanFields Plan, string? ChangedBy, DateTime ChangedAt, IReadOnlyList<Channel> Channels, int CeilingTenge, long SpentTiyn, IReadOnlyList<SentReminders> Sent)
{
    public EditReminderPlanForm ToForm() => EditReminderPlanForm.Of(Plan);
}

/// <summary>Who would get what.</summary>
/// <param name="Day">Tomorrow, or the next day of the plan.</param>
/// <param name="Count">How many would be written to; the first of them are named.</param>
/// <param name="Unreachable">How many should be, and have no address.</param>
public sealed record ReminderForecast(DateOnly Tomorrow, DateOnly Day, long CostTiyn, int Count, IReadOnlyList<ReminderRow> Rows, int Unreachable, IReadOnlyList<ReminderRow> ByHand);

/// <summary>One member of a forecast.</summary>
/// <param name="By">Nothing where the portal has no way to them.</param>
/// <param name="IsTooDear">There would be one, but not for what may still be spent.</param>
public sealed record ReminderRow(string Number, string FullName, string Language, Channel? By, long CostTiyn, bool IsTooDear, IReadOnlyList<Period> Months, Money Sum)
{
    internal static ReminderRow Of(PlannedReminder reminder) => new(
        reminder.To.Number, reminder.To.FullName, reminder.To.Language, reminder.By, reminder.CostTiyn, reminder.IsTooDear, reminder.Months, reminder.Sum);
}
