using Diaspora.Domain.Dues;
using FluentValidation;

namespace Diaspora.Domain.Payments;

/// <summary>The months a member chose, as the page showed them.</summary>
public sealed class StartPaymentForm
{
    public List<Period> Periods { get; set; } = [];

    /// <summary>The sum the member saw. The portal reckons its own and refuses when the two differ.</summary>
    public Money SeenTotal { get; set; }

    public PaymentMethod Method { get; set; } = PaymentMethod.KaspiTransfer;
}

public sealed class StartPaymentFormValidator : AbstractValidator<StartPaymentForm>
{
    public StartPaymentFormValidator()
    {
        RuleFor(form => form.Periods).Check(periods => periods.Count == 0 ? new Problem(Problems.NothingChosen) : null);
        RuleFor(form => form.Method).Check(method => method is PaymentMethod.KaspiTransfer or PaymentMethod.KaspiQr ? null : new Problem(Problems.NotAllowed));
    }
}

/// <summary>Why the cashier does not accept an intent; the member reads it.</summary>
public sealed class RejectPaymentForm
{
    public string Reason { get; set; } = "";
}

public sealed class RejectPaymentFormValidator : AbstractValidator<RejectPaymentForm>
{
    public RejectPaymentFormValidator() => RuleFor(form => form.Reason).Reason();
}
