namespace Diaspora.Domain;

/// <summary>Every sentence a rule can answer with. Each has a text in each language; a test finds them by reflection.</summary>
public static class Problems
{
    // Anything
    public const string NotFound = nameof(NotFound);
    public const string NotAllowed = nameof(NotAllowed);
    public const string Busy = nameof(Busy);

    // Accounts and members
    public const string NameEmpty = nameof(NameEmpty);
    public const string NameOneWord = nameof(NameOneWord);
    public const string NameLetters = nameof(NameLetters);
    public const string TooLong = nameof(TooLong);
    public const string PhoneEmpty = nameof(PhoneEmpty);
    public const string PhoneTooShort = nameof(PhoneTooShort);
    public const string PhoneTooLong = nameof(PhoneTooLong);
    public const string PhoneImpossible = nameof(PhoneImpossible);
    public const string PhoneTaken = nameof(PhoneTaken);
    public const string EmailImpossible = nameof(EmailImpossible);
    public const string PasswordEmpty = nameof(PasswordEmpty);
    public const string PasswordTooShort = nameof(PasswordTooShort);
    public const string PasswordTooLong = nameof(PasswordTooLong);
    public const string PasswordCommon = nameof(PasswordCommon);
    public const string CurrentPasswordWrong = nameof(CurrentPasswordWrong);
    public const string ConsentMissing = nameof(ConsentMissing);
    public const string WrongSignIn = nameof(WrongSignIn);
    public const string SignInPaused = nameof(SignInPaused);
    public const string TooManyAttempts = nameof(TooManyAttempts);
    public const string MemberBlocked = nameof(MemberBlocked);
    public const string LinkSpent = nameof(LinkSpent);
    public const string ReasonMissing = nameof(ReasonMissing);
    public const string AlreadyBlocked = nameof(AlreadyBlocked);
    public const string NotBlocked = nameof(NotBlocked);
    public const string CannotBlockSelf = nameof(CannotBlockSelf);
    public const string CannotAppointSelf = nameof(CannotAppointSelf);
    public const string ChangedMeanwhile = nameof(ChangedMeanwhile);

    // Payments
    public const string NothingChosen = nameof(NothingChosen);
    public const string MonthPending = nameof(MonthPending);
    public const string MonthPaid = nameof(MonthPaid);
    public const string MonthNotPayable = nameof(MonthNotPayable);
    public const string AmountChanged = nameof(AmountChanged);
    public const string AlreadyConfirmed = nameof(AlreadyConfirmed);
    public const string AlreadyRejected = nameof(AlreadyRejected);
    public const string AlreadyDecided = nameof(AlreadyDecided);
    public const string AlreadyCancelled = nameof(AlreadyCancelled);
    public const string AlreadyPending = nameof(AlreadyPending);
    public const string CannotRefund = nameof(CannotRefund);
    public const string MonthHasLivePayment = nameof(MonthHasLivePayment);

    // Receipts
    public const string FileEmpty = nameof(FileEmpty);
    public const string FileTooLarge = nameof(FileTooLarge);
    public const string FileWrongKind = nameof(FileWrongKind);
    public const string TooManyFiles = nameof(TooManyFiles);
}
