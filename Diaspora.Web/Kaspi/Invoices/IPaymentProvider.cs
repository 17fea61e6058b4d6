using Diaspora.Domain.Kaspi;

namespace Diaspora.Web.Kaspi.Invoices;

/// <summary>An aggregator that sends bills and calls us about them: one class each, which knows its protocol and nothing of ours.</summary>
public interface IPaymentProvider
{
    /// <summary>As it stands in the address of its calls and in the log.</summary>
    string Name { get; }

    /// <summary>Whether the association has a contract with it.</summary>
    bool IsOn { get; }

    /// <summary>Whether a call was signed with the secret that only the two of us know.</summary>
    bool IsSigned(ReadOnlySpan<byte> body, IHeaderDictionary headers);

    /// <returns>What a signed call says of a bill; nothing where it says nothing of any.</returns>
    InvoiceNews? Read(string body);

    /// <summary>Asks for a bill, once. Where nobody knows whether it was made, the answer says that it was asked for and no more.</summary>
    Task<InvoiceNews> AskAsync(InvoiceAsk ask, CancellationToken cancel);

    /// <summary>Asks what became of a bill.</summary>
    Task<InvoiceNews> LookAsync(InvoiceRow invoice, CancellationToken cancel);
}
