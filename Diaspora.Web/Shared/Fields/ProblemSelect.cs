using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace Diaspora.Web.Shared.Fields;

/// <summary>MudBlazor's choice of one among several, that also tells what the domain refused. See <see cref="ProblemField{T}"/>.</summary>
public class ProblemSelect<T> : MudSelect<T>
{
    private Problem? _told;

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
