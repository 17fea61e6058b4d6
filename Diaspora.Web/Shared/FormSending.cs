namespace Diaspora.Web.Shared;

/// <summary>Sends a form and keeps why it was refused. A second press while the first is on its way does nothing.</summary>
public sealed class FormSending
{
    /// <summary>What the last try was refused for; an empty field name is the form as a whole.</summary>
    public FormProblems Problems { get; private set; } = new();

    public bool IsBusy { get; private set; }

    /// <returns>Whether it was done.</returns>
    public async Task<bool> SendAsync(Func<Task> send)
    {
        if (IsBusy)
        {
            return false;
        }

        IsBusy = true;
        try
        {
            await send();
            Problems = new FormProblems();
            return true;
        }
        catch (FormException refused)
        {
            Problems = refused.Problems;
            return false;
        }
        catch (DomainException refused)
        {
            Problems = new FormProblems();
            Problems.Add("", refused.Problem);
            return false;
        }
        finally
        {
            IsBusy = false;
        }
    }
}
