using MudBlazor.State;

namespace Diaspora.Web.Shared.Fields;

/// <summary>How a field of MudBlazor tells a problem: as state and not as a parameter, since the same refusal may come twice, and between the two a rule may have cleared it.</summary>
internal static class FieldState
{
    /// <param name="inputId">The id of what is typed into; the sentence's own is made of it.</param>
    public static async Task TellAsync(this ProblemWords sentences, Problem? problem, string? inputId, ParameterState<bool> error, ParameterState<string?> text, ParameterState<string?> textId)
    {
        await error.SetValueAsync(problem is not null);
        await text.SetValueAsync(problem is null ? null : sentences.Beside(problem));
        await textId.SetValueAsync($"{inputId}-problem");
    }
}
