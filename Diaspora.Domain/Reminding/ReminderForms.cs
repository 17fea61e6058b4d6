using System.Globalization;
using FluentValidation;

namespace Diaspora.Domain.Reminding;

/// <summary>The plan as it was when the form was opened.</summary>
public sealed record ReminderPlanFields(string Days, string PerWeek, string Order, string Ceiling)
{
    internal static ReminderPlanFields Of(ReminderPlan plan) => new(
        ReminderDays.Write(plan.Days), plan.PerWeek.ToString(CultureInfo.InvariantCulture), ReminderOrder.Write(plan.Order), plan.CeilingTenge.ToString(CultureInfo.InvariantCulture));

    internal string Of(string field) => field switch
    {
        nameof(Days) => Days,
        nameof(PerWeek) => PerWeek,
        nameof(Order) => Order,
        _ => Ceiling,
    };
}

/// <summary>The plan as it was typed.</summary>
public sealed class EditReminderPlanForm : IEditsWhatWasSeen<ReminderPlanFields>
{
    public static readonly string[] Fields = [nameof(Days), nameof(PerWeek), nameof(Order), nameof(Ceiling)];

    public ReminderPlanFields Seen { get; set; } = new("", "", "", "");

    /// <summary>«−3, 0, 5»</summary>
    public string Days { get; set => field = value.Visible(); } = "";

    public string PerWeek { get; set => field = value.Visible(); } = "";

    /// <summary>Names of channels, the first one first.</summary>
    public string Order { get; set => field = value.Visible(); } = "";

    /// <summary>Tenge a month.</summary>
    public string Ceiling { get; set => field = value.Visible(); } = "";

    internal static EditReminderPlanForm Of(ReminderPlanFields seen) => new() { Seen = seen, Days = seen.Days, PerWeek = seen.PerWeek, Order = seen.Order, Ceiling = seen.Ceiling };

    public string TextOf(string field) => new ReminderPlanFields(Days, PerWeek, Order, Ceiling).Of(field);

    /// <summary>Whoever sends the form knows what a colleague made of the field.</summary>
    /// <param name="takes">Theirs instead of one's own.</param>
    public void Settle(string field, string theirs, bool takes)
    {
        switch (field)
        {
            case nameof(Days):
                (Seen, Days) = (Seen with { Days = theirs }, takes ? theirs : Days);
                break;
            case nameof(PerWeek):
                (Seen, PerWeek) = (Seen with { PerWeek = theirs }, takes ? theirs : PerWeek);
                break;
            case nameof(Order):
                (Seen, Order) = (Seen with { Order = theirs }, takes ? theirs : Order);
                break;
            default:
                (Seen, Ceiling) = (Seen with { Ceiling = theirs }, takes ? theirs : Ceiling);
                break;
        }
    }

    /// <summary>What a valid form says, spelled as it is stored.</summary>
    internal ReminderPlanFields Typed => new(
        ReminderDays.Write(ReminderDays.Read(Days)!), ReminderPlan.PerWeekRange.Read(PerWeek)!.Value.ToString(CultureInfo.InvariantCulture),
        ReminderOrder.Write(ReminderOrder.Whole(ReminderOrder.Read(Order)!)), ReminderPlan.CeilingRange.Read(Ceiling)!.Value.ToString(CultureInfo.InvariantCulture));
}

public sealed class EditReminderPlanFormValidator : AbstractValidator<EditReminderPlanForm>
{
    public EditReminderPlanFormValidator()
    {
        RuleFor(form => form.Days).Check(text => ReminderDays.Read(text) is null ? ReminderDays.Refusal : null);
        RuleFor(form => form.PerWeek).Number(ReminderPlan.PerWeekRange);
        RuleFor(form => form.Order).Check(text => ReminderOrder.Read(text) is null ? new Problem(Problems.ReminderOrderImpossible) : null);
        RuleFor(form => form.Ceiling).Number(ReminderPlan.CeilingRange);
    }
}

/// <summary>The days of a plan as a person writes them.</summary>
public static class ReminderDays
{
    internal static Problem Refusal => new(Problems.ReminderDaysImpossible, ReminderPlan.MostDays, -ReminderPlan.Day.Least, ReminderPlan.Day.Most);

    /// <summary>In order and each once; nothing where one is none, is too far from the deadline, or there are too many.</summary>
    public static IReadOnlyList<int>? Read(string text)
    {
        var parts = text.Replace('−', '-').Replace('–', '-').Split([',', ';', ' ', ' '], StringSplitOptions.RemoveEmptyEntries);
        List<int> days = [];
        foreach (var part in parts)
        {
            if (!int.TryParse(part, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var day) || !ReminderPlan.Day.Has(day))
            {
                return null;
            }

            days.Add(day);
        }

        return days.Distinct().Count() is 0 or > ReminderPlan.MostDays ? null : [.. days.Distinct().Order()];
    }

    public static string Write(IEnumerable<int> days) => string.Join(", ", days.Select(day => day < 0 ? $"−{-day}" : $"{day}"));
}
