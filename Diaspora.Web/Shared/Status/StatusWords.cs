using Diaspora.Domain.Dues;
using Diaspora.Domain.Payments;
using Microsoft.Extensions.Localization;

namespace Diaspora.Web.Shared.Status;

/// <summary>How a status is shown. Icon, word and colour come together, so that none of them can be forgotten.</summary>
/// <param name="Css">The last word of the state class: <c>paid</c> is <c>s-paid</c>.</param>
/// <param name="Icon">One of <see cref="Icons"/>.</param>
/// <param name="Key">The word's key in <see cref="StatusTexts"/>.</param>
public sealed record StatusLook(string Css, string Icon, string Key)
{
    public string Class => $"s-{Css}";
}

/// <summary>The look and the word of every status there is.</summary>
public static class StatusWords
{
    public static StatusLook Look(this MonthState state) => state switch
    {
        MonthState.Paid => new("paid", Icons.Paid, "MonthPaid"),
        MonthState.Prepaid => new("prepaid", Icons.Prepaid, "MonthPrepaid"),
        MonthState.Pending => new("pending", Icons.Pending, "MonthPending"),
        MonthState.Exempt => new("exempt", Icons.Exempt, "MonthExempt"),
        MonthState.Suspended => new("exempt", Icons.Pause, "MonthSuspended"),
        MonthState.Due => new("due", Icons.Due, "MonthDue"),
        MonthState.Overdue => new("overdue", Icons.Overdue, "MonthOverdue"),
        MonthState.Ahead => new("ahead", Icons.Ahead, "MonthAhead"),
        _ => new("before", Icons.Before, "MonthBefore"),
    };

    public static StatusLook Look(this Standing standing) => standing switch
    {
        Standing.Active => new("paid", Icons.Paid, "StandingActive"),
        Standing.Overdue => new("overdue", Icons.Overdue, "StandingOverdue"),
        Standing.Suspended => new("exempt", Icons.Pause, "StandingSuspended"),
        Standing.Blocked => new("before", Icons.Block, "StandingBlocked"),
        _ => new("new", Icons.User, "StandingPending"),
    };

    /// <param name="forMember">Members read «Оплачено» where the cashier reads «Подтверждён».</param>
    public static StatusLook Look(this PaymentOutcome outcome, bool forMember = false) => outcome.Status switch
    {
        PaymentStatus.Confirmed => new("paid", Icons.Paid, forMember ? "MonthPaid" : "PaymentConfirmed"),
        PaymentStatus.Rejected when outcome.IsOwnEnd => new("before", Icons.Before, outcome.Reason == Reasons.Lapsed ? "PaymentLapsed" : "PaymentCancelled"),
        PaymentStatus.Rejected => new("overdue", Icons.Cross, "PaymentRejected"),
        PaymentStatus.Refunded => new("ahead", Icons.Undo, "PaymentRefunded"),
        _ => new("pending", Icons.Pending, "PaymentPending"),
    };

    /// <summary>«Kaspi перевод»</summary>
    public static string NameOf(this IStringLocalizer<StatusTexts> texts, PaymentMethod method) => texts[$"Method{method}"];
}
