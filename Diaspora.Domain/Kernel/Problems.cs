namespace Diaspora.Domain.Kernel;

/// <summary>Every sentence a rule can answer with. Each has a text in each language; a test finds them by reflection.</summary>
public static class Problems
{
    // Anything
    public const string NotFound = nameof(NotFound);
    public const string NotAllowed = nameof(NotAllowed);
    public const string NotWritten = nameof(NotWritten);
    public const string NotRead = nameof(NotRead);

    // Accounts and members
    public const string NameEmpty = nameof(NameEmpty);
    public const string NameOneWord = nameof(NameOneWord);
    public const string NameLetters = nameof(NameLetters);
    public const string TooLong = nameof(TooLong);
    public const string PhoneEmpty = nameof(PhoneEmpty);
    public const string PhoneTooShort = nameof(PhoneTooShort);
    public const string PhoneTooLong = nameof(PhoneTooLong);
    public const string PhoneImpossible = nameof(PhoneImpossible);
    public const string PhoneNeedsPlus = nameof(PhoneNeedsPlus);
    public const string PhoneTaken = nameof(PhoneTaken);
    public const string PhoneTakenBy = nameof(PhoneTakenBy);
    public const string EmailImpossible = nameof(EmailImpossible);
    public const string IinLength = nameof(IinLength);
    public const string IinOfCompany = nameof(IinOfCompany);
    public const string IinImpossible = nameof(IinImpossible);
    public const string IinTaken = nameof(IinTaken);
    public const string PasswordEmpty = nameof(PasswordEmpty);
    public const string PasswordTooShort = nameof(PasswordTooShort);
    public const string PasswordTooLong = nameof(PasswordTooLong);
    public const string PasswordCommon = nameof(PasswordCommon);
    public const string PasswordOwn = nameof(PasswordOwn);
    public const string CurrentPasswordWrong = nameof(CurrentPasswordWrong);
    public const string PasswordSame = nameof(PasswordSame);
    public const string ConsentMissing = nameof(ConsentMissing);
    public const string WrongSignIn = nameof(WrongSignIn);
    public const string SignInPaused = nameof(SignInPaused);
    public const string TooManyAttempts = nameof(TooManyAttempts);
    public const string MemberBlocked = nameof(MemberBlocked);
    public const string RegistrationWaits = nameof(RegistrationWaits);
    public const string RegistrationsFull = nameof(RegistrationsFull);
    public const string RegistrationCodeMissing = nameof(RegistrationCodeMissing);
    public const string RegistrationCodeWrong = nameof(RegistrationCodeWrong);
    public const string RequestDecided = nameof(RequestDecided);
    public const string LinkSpent = nameof(LinkSpent);
    public const string ReasonMissing = nameof(ReasonMissing);
    public const string AlreadyBlocked = nameof(AlreadyBlocked);
    public const string NotBlocked = nameof(NotBlocked);
    public const string CannotBlockSelf = nameof(CannotBlockSelf);
    public const string CannotAppointSelf = nameof(CannotAppointSelf);
    public const string ChangedMeanwhile = nameof(ChangedMeanwhile);
    public const string FieldChangedMeanwhile = nameof(FieldChangedMeanwhile);
    public const string FieldEmptiedMeanwhile = nameof(FieldEmptiedMeanwhile);

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
    public const string AlreadyRefunded = nameof(AlreadyRefunded);
    public const string MonthOfBlocked = nameof(MonthOfBlocked);
    public const string MonthMissing = nameof(MonthMissing);
    public const string MonthImpossible = nameof(MonthImpossible);
    public const string SumMissing = nameof(SumMissing);
    public const string SumImpossible = nameof(SumImpossible);
    public const string SumTooSmall = nameof(SumTooSmall);
    public const string RemainderLeft = nameof(RemainderLeft);
    public const string DayMissing = nameof(DayMissing);
    public const string DayAhead = nameof(DayAhead);
    public const string CreditSpent = nameof(CreditSpent);
    public const string CreditInTheWay = nameof(CreditInTheWay);
    public const string CreditOfAnother = nameof(CreditOfAnother);
    public const string SumRecorded = nameof(SumRecorded);
    public const string FormUsed = nameof(FormUsed);

    // The ledger
    public const string IntervalBackwards = nameof(IntervalBackwards);
    public const string IntervalNotShorter = nameof(IntervalNotShorter);
    public const string IntervalMonthPaid = nameof(IntervalMonthPaid);
    public const string IntervalMonthsWaiting = nameof(IntervalMonthsWaiting);
    public const string ExemptionOverlaps = nameof(ExemptionOverlaps);
    public const string SuspensionOverlaps = nameof(SuspensionOverlaps);
    public const string JoiningAfterPayment = nameof(JoiningAfterPayment);
    public const string JoiningTooFar = nameof(JoiningTooFar);
    public const string NoteEmpty = nameof(NoteEmpty);

    // Files
    public const string ExportTooMany = nameof(ExportTooMany);
    public const string SheetTooLong = nameof(SheetTooLong);

    // Duplicates
    public const string MemberMerged = nameof(MemberMerged);
    public const string MergeWithSelf = nameof(MergeWithSelf);
    public const string MergeStaff = nameof(MergeStaff);
    public const string MergeSeenOld = nameof(MergeSeenOld);
    public const string MergeMonthOpen = nameof(MergeMonthOpen);
    public const string MergeMonthTaken = nameof(MergeMonthTaken);
    public const string AlreadyMerged = nameof(AlreadyMerged);
    public const string MergeUndoneAlready = nameof(MergeUndoneAlready);
    public const string MergeTooOld = nameof(MergeTooOld);
    public const string MergeBuiltOnByMerge = nameof(MergeBuiltOnByMerge);
    public const string MergeBuiltOnByPayment = nameof(MergeBuiltOnByPayment);
    public const string MergeBuiltOnByCredit = nameof(MergeBuiltOnByCredit);
    public const string MergeBuiltOnByMonths = nameof(MergeBuiltOnByMonths);
    public const string MergeBuiltOnByEdit = nameof(MergeBuiltOnByEdit);

    // Settings
    public const string NumberOutOfRange = nameof(NumberOutOfRange);
    public const string FeesEmpty = nameof(FeesEmpty);
    public const string FeeMonthTwice = nameof(FeeMonthTwice);
    public const string FeeInPast = nameof(FeeInPast);
    public const string FeeOfPastMonths = nameof(FeeOfPastMonths);
    public const string KaspiPhoneImpossible = nameof(KaspiPhoneImpossible);
    public const string KaspiLinkImpossible = nameof(KaspiLinkImpossible);
    public const string ReminderWordUnknown = nameof(ReminderWordUnknown);
    public const string ReminderBraceUnpaired = nameof(ReminderBraceUnpaired);
    public const string ReminderDaysImpossible = nameof(ReminderDaysImpossible);
    public const string ReminderOrderImpossible = nameof(ReminderOrderImpossible);
    public const string MessageWordElsewhere = nameof(MessageWordElsewhere);
    public const string MessageWordMissing = nameof(MessageWordMissing);
    public const string MessageTextEmpty = nameof(MessageTextEmpty);
    public const string AccountPrefixImpossible = nameof(AccountPrefixImpossible);
    public const string AssociationNameEmpty = nameof(AssociationNameEmpty);

    // Import
    public const string ImportFileTooLarge = nameof(ImportFileTooLarge);
    public const string ImportFileWrongKind = nameof(ImportFileWrongKind);
    public const string ImportFileLocked = nameof(ImportFileLocked);
    public const string ImportFileOld = nameof(ImportFileOld);
    public const string ImportFileSwells = nameof(ImportFileSwells);
    public const string ImportFileDamaged = nameof(ImportFileDamaged);
    public const string ImportEncoding = nameof(ImportEncoding);
    public const string ImportEmpty = nameof(ImportEmpty);
    public const string ImportTooManyRows = nameof(ImportTooManyRows);
    public const string ImportTooManyColumns = nameof(ImportTooManyColumns);
    public const string ImportLineTooLong = nameof(ImportLineTooLong);
    public const string ImportTooManyEmptyRows = nameof(ImportTooManyEmptyRows);
    public const string ImportTooManyCells = nameof(ImportTooManyCells);
    public const string ImportTooManyMerges = nameof(ImportTooManyMerges);
    public const string ImportTooSlow = nameof(ImportTooSlow);
    public const string ImportTurn = nameof(ImportTurn);
    public const string ImportColumnTwice = nameof(ImportColumnTwice);
    public const string ImportColumnsMissing = nameof(ImportColumnsMissing);
    public const string ImportColumnUnclear = nameof(ImportColumnUnclear);
    public const string ImportColumnsUnclear = nameof(ImportColumnsUnclear);
    public const string ImportCellMerged = nameof(ImportCellMerged);
    public const string ImportCellBroken = nameof(ImportCellBroken);
    public const string ImportCellQuote = nameof(ImportCellQuote);
    public const string ImportMarkUnknown = nameof(ImportMarkUnknown);
    public const string ImportColourUnknown = nameof(ImportColourUnknown);
    public const string ImportSumUnclear = nameof(ImportSumUnclear);
    public const string ImportSumMissing = nameof(ImportSumMissing);
    public const string ImportMonthTooFar = nameof(ImportMonthTooFar);
    public const string ImportAheadTaken = nameof(ImportAheadTaken);
    public const string ImportMonthTwice = nameof(ImportMonthTwice);
    public const string ImportDayAhead = nameof(ImportDayAhead);
    public const string ImportTwoPeople = nameof(ImportTwoPeople);
    public const string ImportPhoneLost = nameof(ImportPhoneLost);
    public const string ImportPhoneChoice = nameof(ImportPhoneChoice);
    public const string ImportPhoneBeside = nameof(ImportPhoneBeside);
    public const string ImportPhoneNowhere = nameof(ImportPhoneNowhere);
    public const string ImportTooManyMends = nameof(ImportTooManyMends);
    public const string ImportDayAmbiguous = nameof(ImportDayAmbiguous);
    public const string ImportDayUnknown = nameof(ImportDayUnknown);
    public const string ImportPhoneTwice = nameof(ImportPhoneTwice);
    public const string ImportNothing = nameof(ImportNothing);
    public const string ImportStale = nameof(ImportStale);
    public const string ImportBooked = nameof(ImportBooked);
    public const string ImportNotBooked = nameof(ImportNotBooked);
    public const string ImportBuiltOn = nameof(ImportBuiltOn);

    // Receipts
    public const string FileEmpty = nameof(FileEmpty);
    public const string PushUnknown = nameof(PushUnknown);
    public const string FileTooLarge = nameof(FileTooLarge);
    public const string FileWrongKind = nameof(FileWrongKind);
    public const string FilePhoneFormat = nameof(FilePhoneFormat);
    public const string TooManyFiles = nameof(TooManyFiles);
    public const string ImageTooLarge = nameof(ImageTooLarge);
    public const string ImageDamaged = nameof(ImageDamaged);
    public const string PdfHasScript = nameof(PdfHasScript);
    public const string PdfLocked = nameof(PdfLocked);
    public const string ReceiptOfAnother = nameof(ReceiptOfAnother);
    public const string ReceiptIsProof = nameof(ReceiptIsProof);
    public const string PdfUnknownFilter = nameof(PdfUnknownFilter);
    public const string PdfUnreadable = nameof(PdfUnreadable);

    // Backups
    public const string BackupRunning = nameof(BackupRunning);

    // Limits
    public const string QuotaSpent = nameof(QuotaSpent);

    // Evidence and statements
    public const string EvidenceDecided = nameof(EvidenceDecided);
    public const string MemberMissing = nameof(MemberMissing);
    public const string EvidenceMatched = nameof(EvidenceMatched);
    public const string MonthsDiffer = nameof(MonthsDiffer);
    public const string GuessChanged = nameof(GuessChanged);
    public const string IntentProved = nameof(IntentProved);
    public const string TrustNotEarned = nameof(TrustNotEarned);
    public const string StatementBooked = nameof(StatementBooked);
    public const string StatementUsed = nameof(StatementUsed);
    public const string StatementEmpty = nameof(StatementEmpty);
    public const string StatementUnknown = nameof(StatementUnknown);
    public const string StatementEncrypted = nameof(StatementEncrypted);
    public const string StatementNoText = nameof(StatementNoText);
    public const string StatementHeadMissing = nameof(StatementHeadMissing);
    public const string StatementTotalsDiffer = nameof(StatementTotalsDiffer);
    public const string StatementBalanceDiffers = nameof(StatementBalanceDiffers);
    public const string StatementRowUnknown = nameof(StatementRowUnknown);
    public const string StatementTwoAccounts = nameof(StatementTwoAccounts);
    public const string StatementDamaged = nameof(StatementDamaged);
    public const string StatementTooLarge = nameof(StatementTooLarge);
    public const string StatementColumnsUnclear = nameof(StatementColumnsUnclear);
}
