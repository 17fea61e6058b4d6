using System.Text.Json.Serialization;

namespace Diaspora.Domain.Payments;

/// <summary>Why a cashier looks twice before confirming. The worst first.</summary>
public enum ClaimWarning
{
    /// <summary>The same file or number is another payment's as well.</summary>
    ReceiptUsed,

    /// <summary>The receipt says another sum.</summary>
    SumDiffers,

    /// <summary>The receipt is of a day before the claim was started, or after it was made.</summary>
    DayDiffers,

    /// <summary>The receipt names somebody whose claim it is not.</summary>
    PayerDiffers,

    /// <summary>Somebody of the same name claimed the same sum today.</summary>
    SaidTwice,

    /// <summary>The same person has another payment to be decided.</summary>
    SecondIntent,

    /// <summary>A month before those that are claimed is owed.</summary>
    OlderOwed,

    /// <summary>More months than people usually pay at once.</summary>
    ManyMonths,
}

/// <summary>A warning with what its sentence names. A queue carries hundreds of them, so empty fields are left out of the JSON.</summary>
public sealed record RowWarning(ClaimWarning Kind)
{
    /// <summary>The other payment.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Guid? IntentId { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public string? Code { get; init; }

    /// <summary>What the receipt says, in tiyn.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long Tiyn { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public DateOnly? On { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public string? Payer { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Period? Month { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Months { get; init; }
}
