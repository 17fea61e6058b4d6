namespace Diaspora.Domain.Kaspi;

/// <summary>What an aggregator says of a bill, whether it called or was asked.</summary>
/// <param name="Order">Our own number of it.</param>
/// <param name="Number">Its number of it.</param>
/// <param name="Tiyn">What was paid; missing where it does not say.</param>
/// <param name="PaidAt">UTC.</param>
/// <param name="Payer">As the bank writes the name.</param>
/// <param name="Problem">What stands in the way, in its own code.</param>
public sealed record InvoiceNews(string? Order, string? Number, InvoiceState State, long? Tiyn, DateTime? PaidAt, string? Payer, string? Problem, string Raw);

/// <summary>A bill to be asked for.</summary>
/// <param name="Phone">As aggregators want it: <c>87001234567</c>.</param>
public sealed record InvoiceAsk(string Order, string Phone, Money Amount, string Code);

/// <summary>A bill that is looked after.</summary>
public sealed record InvoiceRow(Guid IntentId, string Order, string? Number, InvoiceState State, Money Amount);

/// <summary>What a payer may use to pay one intent besides an ordinary transfer.</summary>
/// <param name="Account">By which a «Платежи» service knows the payer: our number, with what the bank puts before it.</param>
/// <param name="Invoice">How the bill stands that was sent to their phone.</param>
public sealed record PayerWays(string Account, InvoiceState? Invoice);
