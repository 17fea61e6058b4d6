namespace Diaspora.Domain.Payments;

/// <summary>How far the portal may go with a source of evidence. The numbers are stored.</summary>
public enum TrustLevel
{
    /// <summary>It shows what it thinks, and a cashier decides.</summary>
    Hints = 0,

    /// <summary>It writes down what it would have confirmed besides, and compares it with what cashiers then do.</summary>
    Shadow = 1,

    /// <summary>It confirms what it is sure of.</summary>
    Automatic = 2,
}

/// <summary>The degree of trust of one source, as an admin chose it or the portal lowered it.</summary>
public sealed class SourceTrust
{
    public const int WhyLength = 400;

    /// <summary>So many must agree in a row before a source may confirm by itself.</summary>
    public const int AgreedNeeded = 50;

    private SourceTrust()
    {
    }

    public SourceTrust(EvidenceSource source, DateTime now) => (Source, Level, ChangedAt) = (source, Beginning(source), now);

    public EvidenceSource Source { get; private set; }

    public TrustLevel Level { get; private set; }

    public DateTime ChangedAt { get; private set; }

    /// <summary>Missing where the portal did it by itself, and at the beginning.</summary>
    public Guid? ChangedBy { get; private set; }

    /// <summary>Which payment was taken back, where the portal lowered it: the intent's code.</summary>
    public string? Why { get; private set; }

    /// <summary>From when on what agreed counts.</summary>
    public DateTime CountsFrom { get; private set; }

    public Guid Version { get; private set; }

    /// <summary>What carries our own number is believed from the start; what has to be guessed is not.</summary>
    public static TrustLevel Beginning(EvidenceSource source) => source is EvidenceSource.Biller or EvidenceSource.Webhook ? TrustLevel.Automatic : TrustLevel.Hints;

    /// <exception cref="DomainException">It has not shown yet that it is right.</exception>
    public void Choose(TrustLevel level, int agreedInARow, Guid by, DateTime now)
    {
        if (level == TrustLevel.Automatic && Beginning(Source) != TrustLevel.Automatic && agreedInARow < AgreedNeeded)
        {
            throw new DomainException(Problems.TrustNotEarned, agreedInARow, AgreedNeeded);
        }

        (Level, ChangedBy, ChangedAt, Why) = (level, by, now, null);
    }

    /// <summary>A cashier took back what it had confirmed: it only watches until it has shown anew that it is right.</summary>
    public bool Lower(string code, DateTime now)
    {
        if (Level != TrustLevel.Automatic || Beginning(Source) == TrustLevel.Automatic)
        {
            return false;
        }

        (Level, ChangedBy, ChangedAt, CountsFrom, Why) = (TrustLevel.Shadow, null, now, now, code);
        return true;
    }
}
