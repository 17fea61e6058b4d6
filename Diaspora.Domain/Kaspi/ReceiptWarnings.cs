using Diaspora.Domain.Members;
using Diaspora.Domain.Payments;

namespace Diaspora.Domain.Kaspi;

/// <summary>What stands on a receipt, beside the intent it was attached to.</summary>
/// <param name="Tiyn">Nothing where it is not said.</param>
/// <param name="UsedInIntent">Another intent that has a receipt of the same number.</param>
public sealed record ReceiptFacts(Guid ReceiptId, string FileName, string? Number, long Tiyn, DateOnly On, TimeOnly? At, string Payer, Guid? UsedInIntent, string? UsedInCode);

/// <summary>What a receipt says against its claim.</summary>
public enum ReceiptWarning
{
    /// <summary>Another sum than the intent's.</summary>
    SumDiffers,

    /// <summary>A day before the intent was started, or after it was claimed.</summary>
    DayDiffers,

    /// <summary>Another intent has the same receipt.</summary>
    NumberUsed,

    /// <summary>Somebody else paid than whoever the claim is of or for.</summary>
    PayerDiffers,
}

public static class ReceiptWarnings
{
    /// <summary>A transfer made before midnight may be claimed after it, and the intent begun when the money was gone already.</summary>
    private const int DaysBefore = 1;

    /// <param name="startedOn">The local day the intent was started.</param>
    /// <param name="claimedOn">The local day it was claimed.</param>
    /// <param name="names">Whom the claim is of and for; missing where nobody asks who paid.</param>
    public static IReadOnlyList<ReceiptWarning> Of(ReceiptFacts receipt, Money total, DateOnly startedOn, DateOnly claimedOn, IEnumerable<string>? names = null)
    {
        List<ReceiptWarning> warnings = [];
        if (receipt.Tiyn > 0 && receipt.Tiyn != total.Tenge * 100)
        {
            warnings.Add(ReceiptWarning.SumDiffers);
        }

        if (receipt.On < startedOn.AddDays(-DaysBefore) || receipt.On > claimedOn)
        {
            warnings.Add(ReceiptWarning.DayDiffers);
        }

        if (receipt.UsedInIntent is not null)
        {
            warnings.Add(ReceiptWarning.NumberUsed);
        }

        if (names is not null && new NameWords(receipt.Payer) is { IsEmpty: false } payer && names.All(name => payer.Fits(new NameWords(name)) == NameFit.None))
        {
            warnings.Add(ReceiptWarning.PayerDiffers);
        }

        return warnings;
    }
}
