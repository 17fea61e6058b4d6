using Diaspora.Domain.Import;

namespace Diaspora.Tests.Members.Import;

public sealed class ImportColumnsTests
{
    [Theory]
    [InlineData("ФИО", ImportField.Name)]
    [InlineData("Ф.И.О.", ImportField.Name)]
    [InlineData("ФИО участника", ImportField.Name)]
    [InlineData("Фамилия, имя", ImportField.Name)]
    [InlineData("Аты-жөні", ImportField.Name)]
    [InlineData("Ad, soyad", ImportField.Name)]
    [InlineData("Full name", ImportField.Name)]
    [InlineData("Фамилия", ImportField.Name)]
    [InlineData("Телефон", ImportField.Phone)]
    [InlineData("Тел.", ImportField.Phone)]
    [InlineData("№ телефона", ImportField.Phone)]
    [InlineData("Номер телефона", ImportField.Phone)]
    [InlineData("Моб. тел.", ImportField.Phone)]
    [InlineData("WhatsApp", ImportField.Phone)]
    [InlineData("Телефон нөмірі", ImportField.Phone)]
    [InlineData("Ұялы телефон", ImportField.Phone)]
    [InlineData("Phone", ImportField.Phone)]
    [InlineData("E-mail", ImportField.Email)]
    [InlineData("Эл. почта", ImportField.Email)]
    [InlineData("Электрондық пошта", ImportField.Email)]
    [InlineData("Город", ImportField.City)]
    [InlineData("Қала", ImportField.City)]
    [InlineData("Şəhər", ImportField.City)]
    [InlineData("Месяц вступления", ImportField.Joined)]
    [InlineData("Дата вступления", ImportField.Joined)]
    [InlineData("Кірген айы", ImportField.Joined)]
    [InlineData("№", ImportField.Skip)]
    [InlineData("Примечание", ImportField.Skip)]
    [InlineData("Телеграм", ImportField.Skip)]
    [InlineData("", ImportField.Skip)]
    public void Recognise_AHeader_KnowsItByItsSynonyms(string header, ImportField expected) =>
        Assert.Equal(expected, Assert.Single(ImportColumns.Recognise([header])).Field);

    [Fact]
    public void Recognise_PartsOfANameBesideTheWhole_AreLeftOut()
    {
        Assert.Equal([ImportField.Name, ImportField.Name, ImportField.Name], ImportColumns.Recognise(["Фамилия", "Имя", "Отчество"]).Select(column => column.Field));
        Assert.Equal([ImportField.Name, ImportField.Skip], ImportColumns.Recognise(["ФИО", "Имя"]).Select(column => column.Field));
    }

    [Fact]
    public void Recognise_OneThingTwice_TakesTheFirst()
    {
        var columns = ImportColumns.Recognise(["ФИО", "Телефон", "Телефон 2", "янв.25"]);
        Assert.Equal([ImportField.Name, ImportField.Phone, ImportField.Skip, ImportField.Month], columns.Select(column => column.Field));
        Assert.Equal(new Period(2025, 1), columns[3].Month);
    }

    [Fact]
    public void Recognise_TheTemplate_KnowsEveryColumn() =>
        Assert.Equal([ImportField.Name, ImportField.Phone, ImportField.Email, ImportField.City, ImportField.Joined], ImportColumns.Recognise(ImportColumns.Template).Select(column => column.Field));

    [Fact]
    public void HeaderOf_BelowTitles_IsTheFirstRowWithNameAndPhone()
    {
        SheetRow[] rows = [new(1, "Список участников", ""), new(3, "на 1 марта", "2026"), new(5, "№", "ФИО", "Телефон"), new(6, "1", "Алиев Рашад", "87015550142"), new(7, "№", "ФИО", "Телефон")];
        Assert.Equal(2, ImportColumns.HeaderOf(rows));
    }

    [Fact]
    public void HeaderOf_NothingKnown_IsTheFirstRowWithSeveralCells() => Assert.Equal(1, ImportColumns.HeaderOf([new(1, "Список"), new(2, "кто", "куда звонить"), new(3, "Алиев", "8701")]));

    [Theory]
    [InlineData(0, "A")]
    [InlineData(25, "Z")]
    [InlineData(26, "AA")]
    [InlineData(199, "GR")]
    public void LetterOf_APlace_IsAsSpreadsheetsNameIt(int index, string expected) => Assert.Equal(expected, ImportColumn.LetterOf(index));
}
