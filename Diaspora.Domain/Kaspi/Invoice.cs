namespace Diaspora.Domain.Kaspi;

/// <summary>How a bill at an aggregator stands. The numbers are stored.</summary>
public enum InvoiceState
{
    /// <summary>It is about to be asked for, or nobody knows whether it was made: it is never asked for a second time.</summary>
    Asked = 0,

    /// <summary>The payer has it.</summary>
    Open = 1,
    Paid = 2,

    /// <summary>It was taken back or ran out; it can be paid all the same.</summary>
    Closed = 3,

    /// <summary>The aggregator refused it.</summary>
    Refused = 4,
}

/// <summary>A bill that an aggregator was asked to send for one intent.</summary>
public sealed class Invoice
{
    public const int OrderLength = 32;
    public const int NumberLength = 64;
    public const int ProblemLength = 400;

    private Invoice()
    {
    }

    /// <param name="order">Our own number of it, by which asking twice is one.</param>
    public Invoice(Guid intentId, string provider, string order, Money amount, DateTime now)
    {
        IntentId = intentId;
        Provider = provider;
        Order = order;
        Amount = amount;
        CreatedAt = UpdatedAt = now;
    }

    public Guid Id { get; private set; } = Guid.CreateVersion7();

    public Guid IntentId { get; private set; }

    public string Provider { get; private set; } = "";

    public string Order { get; private set; } = "";

    /// <summary>The aggregator's number of it.</summary>
    public string? Number { get; private set; }

    public Money Amount { get; private set; }

    public InvoiceState State { get; private set; }

    /// <summary>What the aggregator said against it: its own code.</summary>
    public string? Problem { get; private set; }

    public DateTime CreatedAt { get; private set; }

    public DateTime UpdatedAt { get; private set; }

    public Guid Version { get; private set; }

    /// <summary>It was made, or is known by now.</summary>
    public void Know(string? number, InvoiceState state, string? problem, DateTime now)
    {
        Number ??= number;
        Problem = problem is { Length: > ProblemLength } ? problem[..ProblemLength] : problem;
        UpdatedAt = now;

        // News that comes late never unpays it.
        State = State == InvoiceState.Paid ? InvoiceState.Paid : state;
    }
}
