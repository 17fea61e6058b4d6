namespace Diaspora.Domain.Kaspi;

/// <summary>A <c>pay</c> of the bank and the answer it got: a repeated number gets the same bytes again.</summary>
public sealed class BillerCall
{
    /// <summary>Digits at most, by the protocol.</summary>
    public const int TransactionLength = 18;
    public const int AccountLength = 32;
    public const int AnswerLength = 2000;

    private BillerCall()
    {
    }

    /// <param name="transaction">The bank's <c>txn_id</c>.</param>
    /// <param name="number">Our own number of the payment, <c>prv_txn</c>.</param>
    public BillerCall(string transaction, long number, string account, Guid? evidenceId, int result, string answer, DateTime now)
    {
        Transaction = transaction;
        Number = number;
        Account = account;
        EvidenceId = evidenceId;
        Result = result;
        Answer = answer;
        CreatedAt = now;
    }

    public string Transaction { get; private set; } = "";

    public long Number { get; private set; }

    public string Account { get; private set; } = "";

    /// <summary>Missing where nothing could be credited.</summary>
    public Guid? EvidenceId { get; private set; }

    /// <summary>The protocol's <c>result</c>.</summary>
    public int Result { get; private set; }

    /// <summary>The whole body.</summary>
    public string Answer { get; private set; } = "";

    public DateTime CreatedAt { get; private set; }
}
