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

        _told = Problem;
        await Sentences.TellAsync(Problem, InputElementId, ErrorState, ErrorTextState, ErrorIdState);
        StateHasChanged();
    }
}
