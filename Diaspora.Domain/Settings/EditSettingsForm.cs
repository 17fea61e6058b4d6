using Diaspora.Domain.Dues;
using FluentValidation;

namespace Diaspora.Domain.Settings;

/// <summary>A step of the fees as it was typed.</summary>
public sealed class FeeStepForm
{
    /// <summary>yyyy-MM</summary>
    public string Month { get; set => field = value.Visible(); } = "";

    public string Amount { get; set => field = value.Visible(); } = "";
}

public sealed class FeeStepFormValidator : AbstractValidator<FeeStepForm>
{
    public FeeStepFormValidator()
    {
        RuleFor(step => step.Month).Check(month => Period.TryParse(month, out _) ? null : new Problem(Problems.MonthMissing));
        RuleFor(step => step.Amount).Number(SettingsLimits.Fee);
    }
}

/// <summary>All settings as they were typed: numbers are text, so that a wrong one is not lost.</summary>
public sealed partial class EditSettingsForm : IEditsWhatWasSeen<IReadOnlyDictionary<string, string>>
{
    /// <summary>Every field by its name, a fee by its month, as they were when the form was opened.</summary>
    public IReadOnlyDictionary<string, string> Seen { get; set; } = new Dictionary<string, string>();

    public List<FeeStepForm> Fees { get; set; } = [];

    /// <summary>The admin has read that unpaid months which have begun will cost something else.</summary>
    public bool AcceptsPast { get; set; }

    public string DeadlineDay { get; set => field = value.Visible(); } = "";

    public string MonthsAhead { get; set => field = value.Visible(); } = "";

    public string LapseAfterDays { get; set => field = value.Visible(); } = "";

    public string KaspiRecipient { get; set => field = value.Visible(); } = "";

    public string KaspiPhone { get; set => field = value.Visible(); } = "";

    public string KaspiLink { get; set => field = value.Visible(); } = "";

    public string AccountPrefix { get; set => field = value.Visible(); } = "";

    public string Name { get; set => field = value.Visible(); } = "";

    public string NameKazakh { get; set => field = value.Visible(); } = "";

    public string Email { get; set => field = value.Visible(); } = "";

    public string Phone { get; set => field = value.Visible(); } = "";

    public string WhatsApp { get; set => field = value.Visible(); } = "";

    public string Address { get; set => field = value.Visible(); } = "";

    public string AddressKazakh { get; set => field = value.Visible(); } = "";

    public string Reminder { get; set => field = value.Visible(); } = "";

    public string ReminderKazakh { get; set => field = value.Visible(); } = "";

    /// <summary>What a valid form says.</summary>
    internal SettingsSnapshot ToSnapshot(TimeZoneInfo zone) => new(new DuesRules(
        new FeeSchedule(Fees.Select(fee => new FeeStep(Period.Parse(fee.Month, null), new Money(SettingsLimits.Fee.Read(fee.Amount)!.Value)))),
        SettingsLimits.DeadlineDay.Read(DeadlineDay)!.Value, SettingsLimits.MonthsAhead.Read(MonthsAhead)!.Value, SettingsLimits.LapseAfterDays.Read(LapseAfterDays)!.Value, zone))
    {
        Association = new AssociationContacts(Name.Trim(), Given(NameKazakh), Given(Email), Given(Phone), Given(WhatsApp), Given(Address), Given(AddressKazakh)),
        Kaspi = new KaspiRequisites(Given(KaspiRecipient), Given(KaspiPhone), Given(KaspiLink), Given(AccountPrefix)),
        Reminder = new ReminderTexts(Given(Reminder), Given(ReminderKazakh)),
    };

    private static string? Given(string text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

public sealed class EditSettingsFormValidator : AbstractValidator<EditSettingsForm>
{
    private const int CardDigits = 16;

    public EditSettingsFormValidator()
    {
        RuleFor(form => form.Fees).Check(fees => fees.Count == 0 ? new Problem(Problems.FeesEmpty) : null);
        RuleForEach(form => form.Fees).SetValidator(new FeeStepFormValidator());
        RuleFor(form => form.Fees).Custom((fees, context) => CheckTwice(fees, (path, problem) => context.AddFailure(
            new FluentValidation.Results.ValidationFailure(path, problem.Code) { ErrorCode = problem.Code, CustomState = problem })));
        RuleFor(form => form.DeadlineDay).Number(SettingsLimits.DeadlineDay);
        RuleFor(form => form.MonthsAhead).Number(SettingsLimits.MonthsAhead);
        RuleFor(form => form.LapseAfterDays).Number(SettingsLimits.LapseAfterDays);
        RuleFor(form => form.KaspiRecipient).AtMost(SettingsLimits.NameLength);
        RuleFor(form => form.KaspiPhone).Check(text => IsBlank(text) || IsCard(text) || PhoneNumber.TryParse(text, out _, out _) ? null : new Problem(Problems.KaspiPhoneImpossible));
        RuleFor(form => form.KaspiLink).AtMost(SettingsLimits.LinkLength);
        RuleFor(form => form.KaspiLink).Check(link => KaspiRequisites.IsGoodLink(link.Trim()) ? null : new Problem(Problems.KaspiLinkImpossible));
        RuleFor(form => form.AccountPrefix).Check(text =>
            text.Trim() is { Length: <= SettingsLimits.PrefixLength } prefix && prefix.All(char.IsAsciiDigit) ? null : new Problem(Problems.AccountPrefixImpossible, SettingsLimits.PrefixLength));
        RuleFor(form => form.Name).Check(name => IsBlank(name) ? new Problem(Problems.AssociationNameEmpty) : null);
        RuleFor(form => form.Name).AtMost(SettingsLimits.NameLength);
        RuleFor(form => form.NameKazakh).AtMost(SettingsLimits.NameLength);
        RuleFor(form => form.Email).OptionalEmail();
        RuleFor(form => form.Phone).Check(Telephone);
        RuleFor(form => form.WhatsApp).Check(Telephone);
        RuleFor(form => form.Address).AtMost(SettingsLimits.AddressLength);
        RuleFor(form => form.AddressKazakh).AtMost(SettingsLimits.AddressLength);
        RuleFor(form => form.Reminder).AtMost(SettingsLimits.ReminderLength);
        RuleFor(form => form.ReminderKazakh).AtMost(SettingsLimits.ReminderLength);
        RuleFor(form => form.Reminder).Check(ReminderTexts.Check);
        RuleFor(form => form.ReminderKazakh).Check(ReminderTexts.Check);
    }

    private static Problem? Telephone(string text) => IsBlank(text) || PhoneNumber.TryParse(text, out _, out var problem) ? null : problem;

    private static void CheckTwice(List<FeeStepForm> fees, Action<string, Problem> refuse)
    {
        HashSet<Period> known = [];
        for (var index = 0; index < fees.Count; index++)
        {
            if (Period.TryParse(fees[index].Month, out var month) && !known.Add(month))
            {
                refuse($"{nameof(EditSettingsForm.Fees)}[{index}].{nameof(FeeStepForm.Month)}", new Problem(Problems.FeeMonthTwice, month));
            }
        }
    }

    /// <summary>An association without Kaspi Pay is paid to somebody's card; a mistyped digit would send the money elsewhere.</summary>
    private static bool IsCard(string text)
    {
        var digits = string.Concat(text.Where(sign => !char.IsWhiteSpace(sign)));
        return digits.Length == CardDigits && digits.All(char.IsAsciiDigit)
            && digits.Select((sign, index) => (sign - '0') * (index % 2 == 0 ? 2 : 1)).Sum(value => value > 9 ? value - 9 : value) % 10 == 0;
    }

    private static bool IsBlank(string text) => string.IsNullOrWhiteSpace(text);
}
