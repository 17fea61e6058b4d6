using Diaspora.Domain.Import;

namespace Diaspora.Tests.Members.Import;

public sealed class ImportMonthsTests
{
    [Theory]
    [InlineData("2025-01", "2025-01")]
    [InlineData("2025-1", "2025-01")]
    [InlineData("2025/03", "2025-03")]
    [InlineData("2025.12", "2025-12")]
    [InlineData("2025-01-15", "2025-01")]
    [InlineData("01.2025", "2025-01")]
    [InlineData("1.2025", "2025-01")]
    [InlineData("01/2025", "2025-01")]
    [InlineData("01-2025", "2025-01")]
    [InlineData("01.25", "2025-01")]
    [InlineData("01.01.2025", "2025-01")]
    [InlineData("12.2025 г.", "2025-12")]
    [InlineData("янв.25", "2025-01")]
    [InlineData("янв 25", "2025-01")]
    [InlineData("янв-25", "2025-01")]
    [InlineData("Янв.2025", "2025-01")]
    [InlineData("Январь 2025", "2025-01")]
    [InlineData("ЯНВАРЬ 2025 г.", "2025-01")]
    [InlineData("февраль 2025 года", "2025-02")]
    [InlineData("Взнос за май 2025", "2025-05")]
    [InlineData("мая 2025", "2025-05")]
    [InlineData("июнь'25", "2025-06")]
    [InlineData("июл. 25", "2025-07")]
    [InlineData("сент.25", "2025-09")]
    [InlineData("2025 декабрь", "2025-12")]
    [InlineData("2025 ж. қараша", "2025-11")]
    [InlineData("Қаңтар 2025", "2025-01")]
    [InlineData("ақпан 2025 ж.", "2025-02")]
    [InlineData("наурыз 25", "2025-03")]
    [InlineData("сәу.25", "2025-04")]
    [InlineData("мамыр 2025", "2025-05")]
    [InlineData("маусым 2025", "2025-06")]
    [InlineData("шілде 2025", "2025-07")]
    [InlineData("тамыз 2025", "2025-08")]
    [InlineData("қыркүйек 2025", "2025-09")]
    [InlineData("қазан 2025", "2025-10")]
    [InlineData("желтоқсан 2025", "2025-12")]
    [InlineData("Yanvar 2025", "2025-01")]
    [InlineData("iyun 2025", "2025-06")]
    [InlineData("avqust 2025", "2025-08")]
    [InlineData("Dekabr 2025", "2025-12")]
    [InlineData("Jan 2025", "2025-01")]
    [InlineData("Sept 25", "2025-09")]
    [InlineData("  октябрь   2025 ", "2025-10")]
    public void TryRead_AMonthInAnySpelling_IsThatMonth(string text, string expected)
    {
        Assert.True(ImportMonths.TryRead(text, out var month));
        Assert.Equal(Period.Parse(expected), month);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ФИО")]
    [InlineData("Телефон")]
    [InlineData("13.2025")]
    [InlineData("2025")]
    [InlineData("Январь")]
    [InlineData("1999-01")]
    [InlineData("Примечание 2025")]
    [InlineData("№ 12")]
    [InlineData("77015550142")]
    public void TryRead_WhatIsNoMonth_IsNot(string text) => Assert.False(ImportMonths.TryRead(text, out _));

    [Theory]
    [InlineData("2025-03-05", "2025-03-05")]
    [InlineData("05.03.2025", "2025-03-05")]
    [InlineData("5.3.25", "2025-03-05")]
    [InlineData("25/03/2025", "2025-03-25")]
    [InlineData("03/25/2025", "2025-03-25")]
    [InlineData("03/03/2025", "2025-03-03")]
    [InlineData("март 2025", "2025-03-01")]
    [InlineData("2025-03", "2025-03-01")]
    public void ReadDay_InAnyOrderThatIsPlain_IsThatDay(string text, string expected)
    {
        Assert.Null(ImportMonths.ReadDay(text, out var day));
        Assert.Equal(DateOnly.Parse(expected), day);
    }

    [Theory]
    [InlineData("03/04/2025", Problems.ImportDayAmbiguous)]
    [InlineData("31.02.2025", Problems.ImportDayUnknown)]
    [InlineData("вчера", Problems.ImportDayUnknown)]
    [InlineData("45000", Problems.ImportDayUnknown)]
    public void ReadDay_ThatCanBeReadTwiceOrNotAtAll_IsRefused(string text, string problem) => Assert.Equal(problem, ImportMonths.ReadDay(text, out _)?.Code);
}
