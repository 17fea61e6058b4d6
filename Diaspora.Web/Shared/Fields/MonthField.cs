using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace Diaspora.Web.Shared.Fields;

/// <summary>A month, chosen with what the browser has for it; one that has nothing takes it written yyyy-MM. What is no month stays as it was typed.</summary>
public sealed class MonthField : ProblemField<Period?>
{
    public MonthField()
    {
        InputType = InputType.Month;
        Placeholder = "2026-05";
        Converter = new MonthConverter();
    }

    private sealed class MonthConverter : IReversibleConverter<Period?, string?>
    {
        public string? Convert(Period? input) => input?.ToString();

        public Period? ConvertBack(string? input) => Period.TryParse(input?.Trim(), out var period) ? period : null;
    }
}
