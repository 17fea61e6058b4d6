using Diaspora.Domain.Payments;

namespace Diaspora.Web.Payments.Admin.Record;

/// <summary>A payment by hand as far as it is typed: small enough to outlive a circuit that was lost.</summary>
public sealed class RecordDraft
{
    public RecordPaymentForm Form { get; set; } = new();

    /// <summary>The members in the order in which they were added.</summary>
    public List<Guid> Members { get; set; } = [];

    /// <summary>The sum as it was typed; missing while the months suggest it.</summary>
    public string? SumText { get; set; }

    /// <summary>Who and which months, as the address keeps them: <c>id.2026-03.2026-04_id.2026-03</c>. What is typed is not in it.</summary>
    public string Choice => string.Join('_', Members.Select(id => string.Join('.', [$"{id:N}", .. Form.Months.Where(month => month.MemberId == id).Select(month => month.Period.ToString())])));

    /// <summary>What an address chose; nothing where it chooses nobody.</summary>
    public static RecordDraft? Of(string? choice, string? payer, string? method, string? credits)
    {
        var draft = new RecordDraft();
        foreach (var part in (choice ?? "").Split('_').Select(text => text.Split('.')))
        {
            if (Guid.TryParseExact(part[0], "N", out var id) && !draft.Members.Contains(id))
            {
                draft.Members.Add(id);
                draft.Form.Months.AddRange(part.Skip(1).Select(text => Period.TryParse(text, out var period) ? new ChosenMonth(id, period) : null).OfType<ChosenMonth>());
            }
        }

        draft.Form.PayerId = Guid.TryParseExact(payer, "N", out var payerId) ? payerId : Guid.Empty;
        draft.Form.Method = Enum.TryParse<PaymentMethod>(method, out var known) && Enum.IsDefined(known) ? known : PaymentMethod.Manual;
        draft.Form.Credits = [.. (credits ?? "").Split('.').Select(text => Guid.TryParseExact(text, "N", out var id) ? id : Guid.Empty).Where(id => id != Guid.Empty)];
        return draft.Members.Count == 0 ? null : draft;
    }
}
