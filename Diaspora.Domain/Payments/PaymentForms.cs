using FluentValidation;

namespace Diaspora.Domain.Payments;

/// <summary>The months a member chose, as the page showed them.</summary>
public sealed class StartPaymentForm
{
    public List<Period> Periods { get; set; } = [];

    /// <summary>The sum the member saw. The portal computes its own and refuses when the two differ.</summary>
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
    public string Reason { get; set => field = value.Visible(); } = "";
}

public sealed class RejectPaymentFormValidator : AbstractValidator<RejectPaymentForm>
{
    public RejectPaymentFormValidator() => RuleFor(form => form.Reason).Reason();
}

/// <summary>Why a confirmed month's money goes back; the member reads it.</summary>
public sealed class RefundPaymentForm
{
    public string Reason { get; set => field = value.Visible(); } = "";
}

public sealed class RefundPaymentFormValidator : AbstractValidator<RefundPaymentForm>
{
    public RefundPaymentFormValidator() => RuleFor(form => form.Reason).Reason();
}

/// <summary>How a credit went back to its member.</summary>
public sealed class ReturnCreditForm
{
    public string Reason { get; set => field = value.Visible(); } = "";
}

public sealed class ReturnCreditFormValidator : AbstractValidator<ReturnCreditForm>
{
    public ReturnCreditFormValidator() => RuleFor(form => form.Reason).Reason();
}

/// <summary>One month of one member that a sum is to pay.</summary>
public sealed record ChosenMonth(Guid MemberId, Period Period);

/// <summary>What both forms that divide a sum over months have in common.</summary>
public abstract class DivideSumForm
{
    public const int NoteLength = 500;
    public const long MaxTenge = 100_000_000;

    /// <summary>What really came, in tenge.</summary>
    public long? Received { get; set; }

    /// <summary>The local day on which it came.</summary>
    public DateOnly? ReceivedOn { get; set; }

    public string Note { get; set => field = value.Visible(); } = "";

    public List<ChosenMonth> Months { get; set; } = [];

    /// <summary>Credits that are used up for these months.</summary>
    public List<Guid> Credits { get; set; } = [];

    /// <summary>The cashier has read what is left over, and that it stays with the payer.</summary>
    public bool KeepsRemainder { get; set; }
}

/// <summary>Money that came to the cashier by hand, for one member or for several.</summary>
public sealed class RecordPaymentForm : DivideSumForm
{
    /// <summary>Made with the form; the same form sent twice is one payment.</summary>
    public Guid Id { get; set; } = Guid.CreateVersion7();

    /// <summary>Whose transfer it was, and who keeps what is left over.</summary>
    public Guid PayerId { get; set; }

    public PaymentMethod Method { get; set; } = PaymentMethod.Manual;
}

public abstract class DivideSumFormValidator<T> : AbstractValidator<T> where T : DivideSumForm
{
    protected DivideSumFormValidator()
    {
        RuleFor(form => form.Received).Check(sum => sum is null ? new Problem(Problems.SumMissing) : sum is < 0 or > DivideSumForm.MaxTenge ? new Problem(Problems.SumImpossible) : null);
        RuleFor(form => form.ReceivedOn).Check(day => day is null ? new Problem(Problems.DayMissing) : null);
        RuleFor(form => form.Note).AtMost(DivideSumForm.NoteLength);
    }
}

public sealed class RecordPaymentFormValidator : DivideSumFormValidator<RecordPaymentForm>
{
    public RecordPaymentFormValidator()
    {
        RuleFor(form => form.Months).Check(months => months.Count == 0 ? new Problem(Problems.NothingChosen) : null);
        RuleFor(form => form.Method).Check(method => Enum.IsDefined(method) ? null : new Problem(Problems.NotAllowed));
    }
}

/// <summary>Other money came than an intent says; no month at all means that the sum does not reach for one.</summary>
public sealed class SettlePaymentForm : DivideSumForm;

public sealed class SettlePaymentFormValidator : DivideSumFormValidator<SettlePaymentForm>;
