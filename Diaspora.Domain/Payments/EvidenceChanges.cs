namespace Diaspora.Domain.Payments;

/// <summary>Evidence came, was matched, set free, refused or looked at anew; or how far a source is trusted.</summary>
public sealed record EvidenceChanged : Change
{
    /// <summary>More are not named: whoever listens had better look.</summary>
    private const int Most = 500;

    /// <summary>The intents whose hints or findings it changed; missing where they are not known.</summary>
    public IReadOnlyList<Guid>? IntentIds { get; init; }

    /// <summary>The months whose money it changed; missing where they are not known.</summary>
    public IReadOnlyList<Period>? Months { get; init; }

    public static EvidenceChanged Of(IEnumerable<Guid> intents, params IEnumerable<Period> months)
    {
        List<Guid> named = [.. intents.Distinct().Take(Most + 1)];
        return new EvidenceChanged { IntentIds = named.Count > Most ? null : named, Months = [.. months.Distinct()] };
    }

    public bool Concerns(Guid intentId) => IntentIds?.Contains(intentId) ?? true;

    public bool Concerns(Period month) => Months?.Contains(month) ?? true;
}
