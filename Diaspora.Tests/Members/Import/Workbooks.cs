using System.IO.Compression;
using ClosedXML.Excel;
using Diaspora.Domain.Import;
using Diaspora.Tests.Storage;
using Diaspora.Web.Members.Import;

namespace Diaspora.Tests.Members.Import;

/// <summary>Spreadsheets as they come, made by code.</summary>
internal static class Workbooks
{
    public const int Members = 300;
    public const int MonthColumns = 14;

    private const string StylesLink = """<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/>""";

    private static readonly string[] Surnames = ["Алиев", "Мамедов", "Гусейнов", "Керимов", "Исмаилов", "Əliyev", "Қасымов", "Ибрагимов", "Рзаев", "Сулейманов"];
    private static readonly string[] Names = ["Рашад", "Эльчин", "Вусал", "Анар", "Тофиг", "Самир", "Фуад", "Ильгар", "Камал", "Натиг", "Орхан", "Парвиз", "Рауф", "Тимур", "Юсиф", "Заур", "Ариф", "Бахтияр", "Васиф", "Гасан", "Джавид", "Эмин", "Шамиль", "Хикмет", "Муса", "Надир", "Адиль", "Расим", "Сабир", "Талех"];
    private static readonly string[] Cities = ["Алматы", "Астана", "Шымкент"];

    /// <summary>
    /// The association's own list: 300 people, 14 months from January 2025 on, three ways of writing a phone, merged titles, a hidden sheet, the header
    /// twice, a total. Of them two may be members already (the same name and city as another row), one phone stands twice, one is short, one mark is no mark.
    /// </summary>
    public static byte[] OfTheAssociation()
    {
        using var workbook = new XLWorkbook();
        var notes = workbook.Worksheets.Add("Заметки");
        notes.Cell(1, 1).SetValue("ФИО");
        notes.Cell(1, 2).SetValue("Телефон");
        notes.Hide();
        var sheet = workbook.Worksheets.Add("Взносы");
        sheet.Range(1, 1, 1, 6 + MonthColumns).Merge();
        sheet.Cell(1, 1).SetValue("Объединение азербайджанцев. Членские взносы");
        sheet.Range(2, 1, 2, 6 + MonthColumns).Merge();
        sheet.Cell(2, 1).SetValue("на 28 февраля 2026 года");
        WriteHeader(sheet, 4);
        var row = 5;
        for (var index = 0; index < Members; index++)
        {
            if (index == 150)
            {
                WriteHeader(sheet, row++);
            }

            WritePerson(sheet, row++, index);
        }

        sheet.Cell(row, 2).SetValue("Итого");
        for (var month = 0; month < MonthColumns; month++)
        {
            sheet.Cell(row, 6 + month).FormulaA1 = $"SUM({sheet.Cell(5, 6 + month).Address}:{sheet.Cell(row - 1, 6 + month).Address})";
        }

        return Save(workbook);
    }

    /// <summary>A workbook of one sheet, of which the XML is given, and that of its styles where they matter.</summary>
    public static byte[] Raw(string sheet, string styles = "", bool is1904 = false) => Zip(
        ("[Content_Types].xml", """<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>"""),
        ("_rels/.rels", """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"""),
        ("xl/workbook.xml", $"""<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><workbookPr date1904="{(is1904 ? 1 : 0)}"/><sheets><sheet name="List" sheetId="1" r:id="rId1"/></sheets></workbook>"""),
        ("xl/_rels/workbook.xml.rels", $"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/>{(styles.Length > 0 ? StylesLink : "")}</Relationships>"""),
        ("xl/styles.xml", $"""<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{styles}</styleSheet>"""),
        ("xl/worksheets/sheet1.xml", $"""<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{sheet}</worksheet>"""));

    public static byte[] Zip(params (string Name, string Text)[] entries)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in entries)
            {
                using var entry = new StreamWriter(zip.CreateEntry(name).Open());
                entry.Write(text);
            }
        }

        return file.ToArray();
    }

    public static byte[] Save(XLWorkbook workbook)
    {
        using var file = new MemoryStream();
        workbook.SaveAs(file);
        return file.ToArray();
    }

    public static async Task<Guid> StageAsync(this TestDatabase database, Actor admin, byte[] file, string name = "участники.xlsx") =>
        await database.Get<ImportService>().StageAsync(admin, SheetFile.Read(file, name));

    extension(Sheet file)
    {
        /// <summary>The rows of the first sheet that has any.</summary>
        public IReadOnlyList<SheetRow> Rows => file.Pages.First(page => page is { IsHidden: false, Rows.Count: > 0 }).Rows;
    }

    private static void WriteHeader(IXLWorksheet sheet, int row)
    {
        string[] header = ["№", "ФИО", "Телефон", "Город", "Месяц вступления"];
        for (var column = 0; column < header.Length; column++)
        {
            sheet.Cell(row, column + 1).SetValue(header[column]);
        }

        for (var month = 0; month < MonthColumns; month++)
        {
            var first = new DateTime(2025, 1, 1).AddMonths(month);
            var cell = sheet.Cell(row, 6 + month);
            if (month % 2 == 0)
            {
                cell.SetValue(first);
                cell.Style.DateFormat.Format = "mmm.yy";
            }
            else
            {
                cell.SetValue(first.ToString("MM.yyyy"));
            }
        }
    }

    private static void WritePerson(IXLWorksheet sheet, int row, int index)
    {
        var phone = 7015000000L + (index == 299 ? 10 : index);
        var twin = index is 100 or 200 ? index - 90 : index;
        sheet.Cell(row, 1).SetValue(index + 1);
        sheet.Cell(row, 2).SetValue($"{Surnames[twin % 10]} {Names[twin / 10]}");
        switch (index % 3)
        {
            case 0:
                sheet.Cell(row, 3).SetValue(index == 33 ? "8 701 500" : $"8 ({phone.ToString()[..3]}) {phone.ToString()[3..6]}-{phone.ToString()[6..8]}-{phone.ToString()[8..]}");
                break;
            case 1:
                sheet.Cell(row, 3).SetValue(70000000000 + phone);
                break;
            default:
                sheet.Cell(row, 3).SetValue($"+7{phone}");
                break;
        }

        sheet.Cell(row, 4).SetValue(Cities[twin % 3]);
        for (var month = index % 5; month < MonthColumns - index % 4; month++)
        {
            Mark(sheet.Cell(row, 6 + month), (index + month) % 4);
        }

        if (index == 66)
        {
            sheet.Cell(row, 8).SetValue("потом отдаст");
        }
    }

    private static void Mark(IXLCell cell, int kind)
    {
        switch (kind)
        {
            case 0:
                cell.SetValue(2000);
                break;
            case 1:
                cell.SetValue("да");
                break;
            case 2:
                cell.SetValue("+");
                break;
            default:
                cell.SetValue(new DateTime(2025, 6, 15));
                cell.Style.DateFormat.Format = "dd.mm.yyyy";
                break;
        }
    }
}
