using System.Globalization;
using FluentValidation;

namespace Diaspora.Domain.Reminding;

/// <summary>The plan as it was when the form was opened.</summary>
public sealed record ReminderPlanFields(string Days, string PerWeek);

/// <summary>The plan as it was typed.</summary>
public sealed class EditReminderPlanForm : IEditsWhatWasSeen<ReminderPlanFields>
{
    public ReminderPlanFields Seen { get; set; } = new("", "");

    /// <summary>«−3, 0, 5»</summary>
    public string Days { get; set => field = value.Visible(); } = "";

    public string PerWeek { get; set => field = value.Visible(); } = "";

    internal static EditReminderPlanForm Of(IEnumerable<int> days, int perWeek)
    {
        var seen = new ReminderPlanFields(ReminderDays.Write(days), perWeek.ToString(CultureInfo.InvariantCulture));
        return new EditReminderPlanForm { Seen = seen, Days = seen.Days, PerWeek = seen.PerWeek };
    }

    public string TextOf(string field) => field == nameof(Days) ? Days : PerWeek;

    /// <summary>Whoever sends the form knows what a colleague made of the field.</summary>
    /// <param name="takes">Theirs instead of one's own.</param>
    public void Settle(string field, string theirs, bool takes)
    {
        if (field == nameof(Days))
        {
            (Seen, Days) = (Seen with { Days = theirs }, takes ? theirs : Days);
        }
        else
        {
            (Seen, PerWeek) = (Seen with { PerWeek = theirs }, takes ? theirs : PerWeek);
        }
    }

    /// <summary>What a valid form says, spelled as it is stored.</summary>
    internal ReminderPlanFields Typed => new(ReminderDays.Write(ReminderDays.Read(Days)!), ReminderPlan.PerWeekRange.Read(PerWeek)!.Value.ToString(CultureInfo.InvariantCulture));
}

public sealed class EditReminderPlanFormValidator : AbstractValidator<EditReminderPlanForm>
{
    public EditReminderPlanFormValidator()
    {
        RuleFor(form => form.Days).Check(text => ReminderDays.Read(text) is null ? ReminderDays.Refusal : null);
        RuleFor(form => form.PerWeek).Number(ReminderPlan.PerWeekRange);
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
