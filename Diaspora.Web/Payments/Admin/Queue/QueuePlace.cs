using Diaspora.Web.Shell;

namespace Diaspora.Web.Payments.Admin.Queue;

/// <summary>Where in the queue this tab was. Whoever comes back from a payment's own page finds the filter as it was, and the focus on that payment.</summary>
public sealed class QueuePlace
{
    private Guid? _intentId;

    /// <summary>The queue with its filter and page.</summary>
    public string Url { get; private set; } = Urls.AdminPayments;

    public void Leave(string url) => Url = url;

    /// <summary>This payment's own page was opened.</summary>
    public void Look(Guid intentId) => _intentId = intentId;

    /// <summary>The payment one comes back from. Told once: later visits begin at the first row.</summary>
    public Guid? Return()
    {
        var intentId = _intentId;
        _intentId = null;
        return intentId;
    }
}
