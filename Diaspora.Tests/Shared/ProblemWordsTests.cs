using System.Globalization;
using System.Reflection;
using System.Resources;
using System.Text.RegularExpressions;
using Diaspora.Domain.Members;
using Diaspora.Web.Shared;
using Diaspora.Web.Shared.Refusals;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Diaspora.Tests.Shared;

public sealed partial class ProblemWordsTests
{
    // 9 May 2026, 14:50 in Almaty.
    private static readonly DateTime Now = new(2026, 5, 9, 9, 50, 0, DateTimeKind.Utc);
    private static readonly DateTime JustNow = Now.AddMinutes(-9);
    private static readonly DateTime Yesterday = Now.AddDays(-1);

    public static TheoryData<string> Codes => [.. typeof(Problems).GetFields(BindingFlags.Public | BindingFlags.Static).Select(constant => (string)constant.GetRawConstantValue()!)];

    public static TheoryData<string> Languages => ["ru", "kk"];

    [Theory]
    [MemberData(nameof(Codes))]
    public void Of_EveryProblem_HasASentenceInBothLanguages(string code)
    {
        foreach (var language in (string[])["ru", "kk"])
        {
            Assert.True(Texts(language).TryGetValue(code, out var text), $"{code} has no text in {language}");
            Assert.False(string.IsNullOrWhiteSpace(text), $"{code} is empty in {language}");
        }
    }

    /// <summary>A phone makes HEIC by itself, and its owner has never heard of it: the sentence says what to do instead.</summary>
    [Theory]
    [InlineData("ru", "снимок экрана")]
    [InlineData("kk", "экран суреті")]
    public void Of_AFileOfAnotherKind_NamesTheWayOut(string language, string screenshot)
    {
        Assert.All((string[])["JPG", "PNG", "PDF", screenshot], word => Assert.Contains(word, Texts(language)[Problems.FileWrongKind], StringComparison.OrdinalIgnoreCase));
        Assert.All((string[])["HEIC", "JPG", "PNG", screenshot], word => Assert.Contains(word, Texts(language)[Problems.FilePhoneFormat], StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void Problems_EveryOne_IsNamedInTheCode()
    {
        var files = new[] { "Diaspora.Domain", "Diaspora.Data", "Diaspora.Web" }.SelectMany(project => Directory.EnumerateFiles(Path.Combine(Shell.Sources.Root, project), "*.*", SearchOption.AllDirectories))
            .Where(file => file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".razor", StringComparison.Ordinal));
        var named = files.SelectMany(file => Named().Matches(File.ReadAllText(file))).Select(match => match.Groups[1].Value).ToHashSet();
        Assert.Empty(Codes.Select(row => row.Data).Except(named));
    }

    [Fact]
    public void Texts_OfBothLanguages_HaveTheSameKeysAndPlaceholders()
    {
        var russian = Texts("ru");
        var kazakh = Texts("kk");

        Assert.Equal(russian.Keys.Order(), kazakh.Keys.Order());
        Assert.All(russian, pair => Assert.Equal(Placeholders(pair.Value), Placeholders(kazakh[pair.Key])));
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Of_EveryTextWithPlaceholders_IsFilledCompletely(string language) => In(language, words =>
    {
        Problem[] problems =
        [
            new(Problems.TooLong, 120), new(Problems.PhoneTooShort, 2), new(Problems.PasswordTooShort, 5, 8), new(Problems.PasswordTooLong, 128),
            new(Problems.WrongSignIn, 3, 1), new(Problems.WrongSignIn, 0, 15), new(Problems.SignInPaused, JustNow), new(Problems.AlreadyBlocked, Yesterday),
            new(Problems.MonthPending, new Period(2026, 3), JustNow), new(Problems.MonthPaid, new Period(2025, 3)), new(Problems.MonthNotPayable, new Period(2026, 3)),
            new(Problems.AmountChanged, new Money(4000)), new(Problems.AlreadyConfirmed, "Лейла", JustNow), new(Problems.AlreadyRejected, "—", Yesterday),
            new(Problems.AlreadyDecided), new(Problems.AlreadyDecided, "Лейла", JustNow), new(Problems.AlreadyCancelled, JustNow),
            new(Problems.MonthHasLivePayment, new Period(2026, 3)), new(Problems.FileTooLarge), new(Problems.TooManyFiles, 10),
            new(Problems.ImportLineTooLong, 2), new(Problems.ImportTooManyCells, 400_000), new(Problems.ImportTooSlow, 20), new(Problems.QuotaSpent, 12),
            new(Problems.AlreadyRefunded, "Лейла", Yesterday), new(Problems.MonthOfBlocked, "Алиев Рашад"), new(Problems.SumTooSmall, new Money(500)), new(Problems.RemainderLeft, new Money(500)),
            new(Problems.CreditSpent, new Money(500), JustNow), new(Problems.CreditInTheWay, new Money(500)), new(Problems.CreditOfAnother, new Money(500)), new(Problems.SumRecorded, new Money(2000)), new(Problems.PhoneTakenBy, "Алиев Рашад"), new(Problems.IinTaken, "Алиев Рашад"), new(Problems.FieldChangedMeanwhile, "Актау", "Лейла", JustNow), new(Problems.FieldChangedMeanwhile, Diaspora.Domain.Access.Role.Cashier, "—", default(DateTime)), new(Problems.FieldEmptiedMeanwhile, "Лейла", Yesterday), new(Problems.IntervalNotShorter, new Period(2026, 3)),
            new(Problems.IntervalMonthsWaiting, (IReadOnlyList<WaitingMonths>)[new WaitingMonths(Guid.Empty, "Алиев Рашад", [new Period(2026, 3), new Period(2026, 4)])]),
            new(Problems.IntervalMonthPaid, new Period(2026, 3)), new(Problems.ExemptionOverlaps, new Period(2026, 3)), new(Problems.SuspensionOverlaps, new Period(2026, 3)),
            new(Problems.JoiningAfterPayment, new Period(2026, 3), new Period(2026, 6)), new(Problems.JoiningTooFar, new Period(2027, 3)),
            new(Problems.NumberOutOfRange, 1, 31), new(Problems.FeeMonthTwice, new Period(2026, 7)), new(Problems.FeeInPast, new Period(2026, 3)), new(Problems.AccountPrefixImpossible, 8),
            new(Problems.ReminderWordUnknown, "сума", "имя, сумма"), new(Problems.ReminderBraceUnpaired, "имя, сумма"), new(Problems.ReminderDaysImpossible, 10, 20, 60), new(Problems.MessageWordElsewhere, "сумма", "имя"), new(Problems.MessageWordMissing, "ссылка"),
            new(Problems.ImportFileTooLarge, 20), new(Problems.ImportTooManyRows, 20000), new(Problems.ImportTooManyColumns, 200), new(Problems.ImportMarkUnknown, "потом"),
            new(Problems.ImportSumUnclear, new Money(1000), new Money(2000)), new(Problems.ImportMonthTwice, new Period(2026, 3)), new(Problems.ImportAheadTaken, new Money(4000), new Period(2026, 3)), new(Problems.ImportDayAhead, "05.03.2027"), new(Problems.ImportPhoneLost, "7,7012E+10"),
            new(Problems.ImportPhoneChoice, "+7 701 555 66 77", "+7 777 000 11 22"), new(Problems.ImportPhoneBeside, "+7 701 555 66 77"), new(Problems.ImportTooManyMends, 5000),
            new(Problems.ImportMonthTooFar, new Period(2027, 3)), new(Problems.ImportDayAmbiguous, "03/04/2025"), new(Problems.ImportDayUnknown, "вчера"), new(Problems.ImportPhoneTwice, 7),
            new(Problems.ImportBooked, JustNow), new(Problems.ImportBuiltOn, "Алиев Рашад"),
            new(Problems.ExportTooMany, 500, 612), new(Problems.SheetTooLong, 10000, 12000), new(Problems.MergeStaff, "Лейла"), new(Problems.MergeMonthOpen, new Period(2026, 3)),
            new(Problems.MergeMonthTaken, new Period(2026, 3)), new(Problems.AlreadyMerged, "Лейла", JustNow), new(Problems.MergeUndoneAlready, Yesterday), new(Problems.MergeTooOld, 30),
            new(Problems.MergeBuiltOnByPayment, "104217"), new(Problems.MergeBuiltOnByCredit, new Money(500)),
            new(Problems.StatementUsed, 3), new(Problems.EvidenceMatched, "Лейла", JustNow), new(Problems.IntentProved, "104217"), new(Problems.MonthsDiffer, (Period[])[new Period(2026, 3)], (Period[])[]), new(Problems.TrustNotEarned, 12, 50),
            new(Problems.StatementTotalsDiffer, new Money(4000), new Money(6000)), new(Problems.StatementBalanceDiffers, new Money(4000), new Money(6000)), new(Problems.StatementRowUnknown, 7, "15.05.26 + 2 000"),
            new(Problems.StatementTwoAccounts, "*0475, *1122"), new(Problems.StatementTooLarge, 20, 6000),
        ];
        var covered = problems.Select(problem => problem.Code).ToHashSet();
        var withPlaceholders = Texts("ru").Where(pair => Placeholders(pair.Value).Count > 0 && Codes.Any(row => row.Data == pair.Key)).Select(pair => pair.Key);

        Assert.Empty(withPlaceholders.Except(covered));
        Assert.All(problems, problem => Assert.DoesNotContain('{', words.Of(problem)));
    });

    [Fact]
    public void Of_Russian_ReadsAsThePageShouldSay() => In("ru", words =>
    {
        Assert.Equal("Не хватает двух цифр. Пример: +7 701 555 01 42", Plain(words.Of(new(Problems.PhoneTooShort, 2))));
        Assert.Equal("Не хватает одной цифры. Пример: +7 701 555 01 42", Plain(words.Of(new(Problems.PhoneTooShort, 1))));
        Assert.Equal("Напишите фамилию и имя", words.Of(new(Problems.NameEmpty)));
        Assert.Equal("Слишком короткий: 5 символов из 8", words.Of(new(Problems.PasswordTooShort, 5, 8)));
        Assert.Equal("Слишком короткий: 3 символа из 8", words.Of(new(Problems.PasswordTooShort, 3, 8)));
        Assert.Equal("Без согласия мы не можем создать кабинет", words.Of(new(Problems.ConsentMissing)));
        Assert.Equal("Телефон или пароль не подходят. Осталось 3 попытки, затем пауза 1 минута", Plain(words.Of(new(Problems.WrongSignIn, 3, 1))));
        Assert.Equal("Телефон или пароль не подходят. Осталась 1 попытка, затем пауза 1 минута", Plain(words.Of(new(Problems.WrongSignIn, 1, 1))));
        Assert.Equal("Телефон или пароль не подходят. Теперь пауза 2 минуты, затем можно попробовать снова", Plain(words.Of(new(Problems.WrongSignIn, 0, 2))));
        Assert.Equal("Слишком много попыток. Попробуйте в 15:10 или восстановите пароль", words.Of(new(Problems.SignInPaused, Now.AddMinutes(20))));
        Assert.Equal("Оплата за март уже на проверке с 14:41", words.Of(new(Problems.MonthPending, new Period(2026, 3), JustNow)));
        Assert.Equal("Оплата за декабрь 2025 уже на проверке с 8 мая, 14:50", Plain(words.Of(new(Problems.MonthPending, new Period(2025, 12), Yesterday))));
        Assert.Equal("Оплата за март уже на проверке", words.Of(new(Problems.MonthPending, new Period(2026, 3), default(DateTime))));
        Assert.Equal("Эту оплату уже подтвердил(а) Лейла в 14:41", words.Of(new(Problems.AlreadyConfirmed, "Лейла", JustNow)));
        Assert.Equal("Сумма изменилась: теперь 4 000 ₸. Проверьте и нажмите ещё раз", Plain(words.Of(new(Problems.AmountChanged, new Money(4000)))));
        Assert.Equal("Напишите целое число от 1 до 10 000 000", Plain(words.Of(new(Problems.NumberOutOfRange, 1, 10_000_000))));
        Assert.StartsWith("Этот месяц уже начался: ноябрь 2025. Подтверждённые месяцы сохранят свою сумму", words.Of(new(Problems.FeeInPast, new Period(2025, 11))), StringComparison.Ordinal);
        Assert.Equal("Файл больше 10 МБ. Сделайте снимок экрана", Plain(words.Of(new(Problems.FileTooLarge))));
    });

    [Fact]
    public void Of_KazakhSentenceThatBeginsWithAMonth_BeginsWithACapital() => In("kk", words =>
        Assert.StartsWith("Наурыз айының төлемі тексерілуде", words.Of(new(Problems.MonthPending, new Period(2026, 3), JustNow)), StringComparison.Ordinal));

    private static string Plain(string text) => text.Replace('\u00A0', ' ');

    private static SortedSet<string> Placeholders(string text) => [.. Placeholder().Matches(text).Select(match => match.Value)];

    private static Dictionary<string, string> Texts(string language)
    {
        // Russian is the neutral language, so it lies in the assembly itself.
        var culture = language == "ru" ? CultureInfo.InvariantCulture : CultureInfo.GetCultureInfo(language);
        using var set = new ResourceManager(typeof(ProblemTexts)).GetResourceSet(culture, createIfNotExists: true, tryParents: false)!;
        return set.Cast<System.Collections.DictionaryEntry>().ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value!);
    }

    private static void In(string language, Action<ProblemWords> check)
    {
        var before = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        using var services = new ServiceCollection().AddLogging().AddLocalization()
            .AddSingleton<TimeProvider>(new FakeTimeProvider(new DateTimeOffset(Now)))
            .AddSingleton(TimeZoneInfo.FindSystemTimeZoneById("Asia/Almaty"))
            .AddScoped<Wording>().AddScoped<ProblemWords>().BuildServiceProvider();
        try
        {
            using var scope = services.CreateScope();
            check(scope.ServiceProvider.GetRequiredService<ProblemWords>());
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = before;
        }
    }

    [GeneratedRegex(@"\bProblems\.(\w+)")]
    private static partial Regex Named();

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Placeholder();
}
