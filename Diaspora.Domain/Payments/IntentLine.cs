namespace Diaspora.Domain.Payments;

/// <summary>One month of one member, and what it costs.</summary>
public readonly record struct IntentLine(Guid MemberId, Period Period, Money Amount);

/// <summary>Money as it really came.</summary>
/// <param name="On">The local day on which it came; missing where months are taken over from a list that does not say.</param>
/// <param name="Note">The cashier's own words; members do not read them.</param>
public sealed record Receiving(Money Sum, DateOnly? On, string? Note);
