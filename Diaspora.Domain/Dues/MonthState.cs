namespace Diaspora.Domain.Dues;

/// <summary>What a month's tile says.</summary>
public enum MonthState
{
    Paid,
    Prepaid,
    Pending,
    Exempt,
    Suspended,
    Due,
    Overdue,
    Ahead,
    Before,
}

/// <summary>What a member is at this moment. Follows from the months; never stored. <see cref="Pending"/> is shown as «Новый».</summary>
public enum Standing
{
    Pending,
    Active,
    Overdue,
    Suspended,
    Blocked,
}

/// <summary>One month of one member.</summary>
/// <param name="Amount">What was or would be paid for it; zero where nothing is to pay.</param>
public sealed record MonthTile(Period Period, MonthState State, Money Amount, bool IsCurrent);
