using CsCheck;
using Diaspora.Domain.Import;
using Diaspora.Tests.Storage;

namespace Diaspora.Tests.Members.Import;

/// <summary>A head that says more than a month is a question to the person: what stands below may be a debt, a date or a note, and none of these is a payment.</summary>
public sealed class ImportHeadsTests
{
    private static readonly string[] Months =
    [
        "май 2025", "Май 2025", "МАЙ 25", "05.2025", "2025-05", "05.25", "мая 2025 г.", "2025 май", "мамыр 2025", "2025 ж. мамыр", "May 2025", "mamyr 2025", "MAY 2025", "mayıs 2025", "01.05.2025", "2025-05-01",
    ];

    private static readonly string[] More =
    [
        "Долг за", "долг", "Остаток на", "Не оплатили за", "не оплачено за", "Дата оплаты", "Дата", "Сумма", "Сумма за", "Комментарий", "Примечание за", "Итого", "Всего за", "Переплата", "Аванс", "Пеня за",
        "Вступил в", "Дата вступления", "Оплатить до", "План на", "Чек за", "Қарыз", "Қалдық", "Төленбеді", "Төлем күні", "Сомасы", "Borc", "Qalıq", "Ödənilməyib", "Ödəniş tarixi", "Məbləğ", "Debt", "Balance", "Unpaid", "Date of payment", "№",
    ];

    [Theory]
    [InlineData("Долг за май 2025")]
    [InlineData("Остаток на 01.05.2025")]
    [InlineData("Остаток на май 2025")]
    [InlineData("Не оплатили за май 2025")]
    [InlineData("Дата оплаты май 2025")]
    [InlineData("Сумма май 2025")]
    [InlineData("май 2025 сумма")]
    [InlineData("Май 2025 (долг)")]
    [InlineData("Borc may 2025")]
    [InlineData("Май–июнь 2025")]
    [InlineData("янв-мар 2025")]
    [InlineData("01.2025-03.2025")]
    [InlineData("май 2025/2026")]
    [InlineData("Май")]
    [InlineData("Январь")]
    [InlineData("Қаңтар")]
    [InlineData("Маршрут 25")]
    [InlineData("Мамедов 25")]
    public void Recognise_AHeadThatSaysMoreThanAMonth_IsAQuestion(string head) =>
        Assert.Equal(ImportField.Unclear, Assert.Single(ImportColumns.Recognise([head])).Field);

    [Fact]
    public void Recognise_AnyWordsBesideAMonth_AreAQuestion() =>
        Gen.Select(AnyOf(Months), AnyOf(More), AnyOf(" ", ": ", " - ", "\n", " ("), Gen.Bool).Sample((month, more, between, isBefore) =>
        {
            var head = isBefore ? more + between + month : month + between + more;
            var column = ImportColumns.Recognise(["ФИО", "Телефон", head])[2];
            return column.Field == ImportField.Unclear && ImportColumns.Recognise(["ФИО", "Телефон", month])[2].Field == ImportField.Month;
        }, iter: 2000, print: said => $"{said}");

    [Theory]
    [InlineData("май 2025", "2025-05")]
    [InlineData("Май 2025 г.", "2025-05-01")]
    [InlineData("Дата оплаты май 2025", "май 2025")]
    [InlineData("Долг за май 2025", "Май 2025")]
    public void Recognise_TwoColumnsForOneMonth_AreAQuestionBoth(string one, string other) =>
        Assert.DoesNotContain(ImportColumns.Recognise(["ФИО", "Телефон", one, other]), column => column.Field is ImportField.Month);

    private static Gen<string> AnyOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(index => texts[index]);
}
