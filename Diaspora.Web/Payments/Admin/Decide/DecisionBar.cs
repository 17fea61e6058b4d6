using Diaspora.Domain.Payments;
using Diaspora.Web.Payments.Admin.Queue;
using Microsoft.Extensions.Localization;
using MudBlazor;

namespace Diaspora.Web.Payments.Admin.Decide;

/// <summary>The one snackbar of decisions. While it is shown it counts what is decided next; so there are never two of them.</summary>
public sealed class DecisionBar(ISnackbar snackbar, IStringLocalizer<QueueTexts> texts)
{
    private const int UndoMilliseconds = 8000;
    private const string Decided = "decided";

    private readonly List<Decision> _counted = [];
    private Snackbar? _shown;

    /// <param name="sentence">What is said while it stands alone.</param>
    public void Say(Decision decision, string sentence, Func<Task> undo)
    {
        if (!IsShown)
        {
            _counted.Clear();
        }

        _counted.RemoveAll(other => other.IntentId == decision.IntentId);
        _counted.Add(decision);
        Show(_counted.Count == 1 ? sentence : texts["CountLast", Count(), decision.Whose], undo);
    }

    /// <summary>A decision without a way back, or what became of an undo.</summary>
    /// <param name="undo">The next step back, where there is one.</param>
    public void Say(string sentence, Func<Task>? undo)
    {
        _counted.Clear();
        Show(sentence, undo);
    }

    /// <summary>Why a key or an undo did nothing: told once, the newest instead of the one before.</summary>
    public void Tell(string sentence)
    {
        snackbar.RemoveByKey(Press.Refused);
        snackbar.Add(sentence, Severity.Warning, options =>
        {
            options.RequireInteraction = false;
            options.VisibleStateDuration = UndoMilliseconds;
        }, Press.Refused);
    }

    private bool IsShown => _shown is not null && snackbar.ShownSnackbars.Contains(_shown);

    private string Count()
    {
        var confirmed = _counted.Count(decision => decision.Status == PaymentStatus.Confirmed);
        var rejected = _counted.Count - confirmed;
        return rejected == 0 ? texts["CountConfirmed", confirmed] : confirmed == 0 ? texts["CountRejected", rejected] : texts["CountBoth", confirmed, rejected];
    }

    private void Show(string sentence, Func<Task>? undo)
    {
        snackbar.RemoveByKey(Decided);
        _shown = snackbar.Add(
            sentence,
            Severity.Normal,
            options =>
            {
                // MudBlazor keeps a snackbar with an action until it is pressed, unless told otherwise.
                options.RequireInteraction = false;
                options.VisibleStateDuration = UndoMilliseconds;
                if (undo is not null)
                {
                    options.Action = texts["Undo"];
                    options.OnClick = _ => undo();
                }
            },
            Decided);
    }
}
