using Diaspora.Domain.Payments;

namespace Diaspora.Web.Payments.Admin;

/// <summary>A payment by hand as far as it is typed: small enough to outlive a circuit that was lost.</summary>
public sealed class RecordDraft
{
    public RecordPaymentForm Form { get; set; } = new();

    /// <summary>The members in the order in which they were added.</summary>
    public List<Guid> Members { get; set; } = [];

    /// <summary>The sum as it was typed; missing while the months suggest it.</summary>
    public string? SumText { get; set; }
}
