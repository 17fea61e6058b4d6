using Diaspora.Domain.Payments;

namespace Diaspora.Web.Payments.Admin.Decide;

/// <summary>A decision that can be undone.</summary>
/// <param name="At">When it was decided: what the undo names.</param>
/// <param name="Whose">«Рзаева Гюнель, март»: what it was about, in a sentence.</param>
public sealed record Decision(Guid IntentId, DateTime At, PaymentStatus Status, string Whose)
{
    /// <summary>Decided with others by one press.</summary>
    public Guid? Batch { get; init; }
}

/// <summary>What one cashier decided on an open page, the last on top: Ctrl+Z takes one after the other back.</summary>
public sealed class DecisionStack
{
    /// <summary>More steps back than anybody remembers.</summary>
    public const int Most = 100;

    private readonly List<Decision> _decisions = [];

    public int Count => _decisions.Count;

    public Decision? Top => _decisions is [.., var last] ? last : null;

    /// <summary>A press that is answered a second time is no second decision.</summary>
    public void Push(Decision decision)
    {
        Take(decision.IntentId, decision.At);
        _decisions.Add(decision);
        if (_decisions.Count > Most)
        {
            _decisions.RemoveAt(0);
        }
    }

    /// <summary>Takes the last one off.</summary>
    public Decision? Pop() => _decisions is [.., var last] ? Take(last.IntentId, last.At) : null;

    /// <summary>Takes one off, wherever it is: it is undone from its panel or page.</summary>
    public Decision? Take(Guid intentId, DateTime at)
    {
        var decision = _decisions.Find(other => other.IntentId == intentId && other.At == at);
        if (decision is not null)
        {
            _decisions.Remove(decision);
        }

        return decision;
    }
}
