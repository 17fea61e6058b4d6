using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace Diaspora.Web.Shared.Fields;

/// <summary>
/// MudBlazor's text field, that also tells what the domain refused: the sentence stands below it until the value is changed to one that
/// its form's rules accept, or the next press finds nothing wrong.
/// </summary>
public class ProblemField<T> : MudTextField<T>
{
    private Problem? _told;

    /// <summary>Two hundred letters are room enough where a field says nothing else.</summary>
    public ProblemField() => MaxLength = 200;

    [Parameter] public Problem? Problem { get; set; }

    [Inject] private ProblemWords Sentences { get; set; } = default!;

    /// <inheritdoc />
    public override async Task SetParametersAsync(ParameterView parameters)
    {
        await base.SetParametersAsync(parameters);
        if (ReferenceEquals(Problem, _told))
        {
            return;
        }

        // As state and not as a parameter: the same refusal may come twice, and between the two a rule may have cleared it.
        _told = Problem;
        await ErrorState.SetValueAsync(Problem is not null);
        await ErrorTextState.SetValueAsync(Problem is null ? null : Sentences.Beside(Problem));
        await ErrorIdState.SetValueAsync($"{InputElementId}-problem");
        StateHasChanged();
    }
}
