using MudBlazor;

namespace Diaspora.Web.Shared;

/// <summary>Does what a press asks for. A second press while the first is on its way does nothing; why it was refused stays until it is read.</summary>
public sealed class OneAtATime(ISnackbar snackbar, ProblemWords problems)
{
    private bool _isBusy;

    /// <returns>Whether it was done.</returns>
    public async Task<bool> DoAsync(Func<Task> act)
    {
        if (_isBusy)
        {
            return false;
        }

        _isBusy = true;
        try
        {
            await act();
            return true;
        }
        catch (DomainException refusal)
        {
            Refuse(refusal.Problem);
            return false;
        }
        finally
        {
            _isBusy = false;
        }
    }

    public void Refuse(Problem problem) => snackbar.Add(problems.Of(problem), Severity.Error, options =>
    {
        options.RequireInteraction = true;
        options.ShowCloseIcon = true;
    });
}
