using MudBlazor;

namespace Diaspora.Web.Shared.Live;

/// <summary>
/// Does what a button asks for, one press at a time: a second press while the first is on its way does nothing. A refusal is told where
/// it belongs. It stands beside its field (<see cref="Problems"/>), at the head of the page or dialog (<see cref="Refusal"/>), or in a
/// snackbar that stays until it is closed. Any other exception passes through, and the button can be pressed again.
/// </summary>
public sealed class Press
{
    /// <summary>The snackbar that tells refusals: there is one at a time.</summary>
    public const string Refused = "refused";

    private readonly ISnackbar? _snackbar;
    private readonly ProblemWords? _words;
    private bool _isLeaving;
    private bool _isForm;

    /// <summary>For a page or dialog that shows the refusal itself.</summary>
    public Press()
    {
    }

    /// <summary>For a place without room for a sentence: a snackbar shows it.</summary>
    public Press(ISnackbar snackbar, ProblemWords words) => (_snackbar, _words) = (snackbar, words);

    /// <summary>A press is on its way.</summary>
    public bool IsBusy { get; private set; }

    /// <summary>The button's <c>aria-disabled</c>. A button that becomes <c>disabled</c> while it is pressed would lose the keyboard's focus.</summary>
    public string? AriaDisabled => IsBusy ? "true" : null;

    /// <summary>What the last press was refused for, field by field.</summary>
    public FormProblems Problems { get; private set; } = new();

    /// <summary>What the last press was refused for as a whole.</summary>
    public Problem? Refusal { get; private set; }

    /// <summary>The first problem there is, for a place that shows only one.</summary>
    public Problem? Sentence => Refusal ?? Problems.ByField.Values.FirstOrDefault();

    /// <summary>Does it, and tells a refusal.</summary>
    /// <param name="refused">What the page does after a refusal as a whole, while it is still busy. Most pages read again what is stored.</param>
    /// <returns>Whether it was done.</returns>
    public Task<bool> DoAsync(Func<Task> act, Func<Problem, Task>? refused = null) => OnceAsync(async () =>
    {
        var done = await TryAsync(act);
        if (Refusal is { } why && refused is not null)
        {
            await refused(why);
        }

        return done;
    });

    /// <summary>As <see cref="DoAsync"/>, but several may be on their way at once.</summary>
    /// <returns>Whether it was done.</returns>
    public async Task<bool> TryAsync(Func<Task> act)
    {
        Refusal = null;
        try
        {
            await act();
            Problems = new FormProblems();
            return true;
        }
        catch (FormException wrong)
        {
            (Problems, Refusal, _isForm) = (wrong.Problems, wrong.Problems[""], true);
            Say();
            return false;
        }
        catch (DomainException refused)
        {
            Problems = new FormProblems();
            Refuse(refused.Problem);
            return false;
        }
    }

    /// <summary>Opens a dialog and waits for its answer. A second press does not open a second dialog.</summary>
    /// <returns>The answer; nothing when the dialog was cancelled, and for a second press.</returns>
    public async Task<DialogResult?> AskAsync(Func<Task<IDialogReference>> open)
    {
        var answer = await OnceAsync(async () => await (await open()).Result);
        return answer is { Canceled: false } ? answer : null;
    }

    /// <summary>One at a time, without a word about refusals: every exception goes to the caller.</summary>
    /// <returns>The outcome; <c>default</c> for a second press.</returns>
    public async Task<T?> OnceAsync<T>(Func<Task<T>> act)
    {
        if (IsBusy)
        {
            return default;
        }

        IsBusy = true;
        try
        {
            return await act();
        }
        finally
        {
            IsBusy = _isLeaving;
        }
    }

    /// <summary>The page or dialog is about to go, so no further press is taken.</summary>
    public void Leave() => _isLeaving = true;

    /// <summary>The page itself knows a reason to refuse; it is told like any other.</summary>
    public void Refuse(Problem problem)
    {
        Refusal = problem;
        Say();
    }

    /// <summary>Something changed since, so the refusal as a whole does not apply any more.</summary>
    public void Forget() => Refusal = null;

    /// <summary>Once a form was refused, keeps only those problems beside its fields that still apply.</summary>
    public void Recheck(Func<FormProblems> examine) => Problems = _isForm ? examine() : Problems;

    private void Say()
    {
        if (Sentence is { } sentence && _snackbar is not null)
        {
            // The newest takes the place of the one before: they would lie over what is to be pressed next.
            _snackbar.RemoveByKey(Refused);
            _snackbar.Add(_words!.Of(sentence), Severity.Error, options =>
            {
                options.RequireInteraction = true;
                options.ShowCloseIcon = true;
            }, Refused);
        }
    }
}
