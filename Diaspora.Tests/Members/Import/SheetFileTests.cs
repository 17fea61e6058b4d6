using System.IO.Compression;
using System.Text;
using ClosedXML.Excel;
using Diaspora.Domain.Import;
using Diaspora.Domain.Members;
using Diaspora.Web.Members.Import;

namespace Diaspora.Tests.Members.Import;

/// <summary>What comes as a spreadsheet and is none, or is not as it should be: a sentence each.</summary>
public sealed class SheetFileTests
{
    private const string Csv = "ФИО;Телефон;Город;янв.25\r\nАлиев Рашад;8 701 555 01 42;Алматы;2000\r\n";
    private static readonly Encoding Windows1251 = CodePagesEncodingProvider.Instance.GetEncoding(1251)!;

    public static TheoryData<string, byte[]> Encodings => new()
    {
        { "UTF-8", Encoding.UTF8.GetBytes(Csv) }, { "UTF-8 with its mark", [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Csv)] },
        { "windows-1251", Windows1251.GetBytes(Csv) }, { "UTF-16", [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Csv)] },
        { "commas", Encoding.UTF8.GetBytes(Csv.Replace(';', ',')) }, { "tabs", Encoding.UTF8.GetBytes(Csv.Replace(';', '\t')) },
    };

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Read_ACsvInAnyUsualForm_IsTheSame(string form, byte[] file)
    {
        var rows = SheetFile.Read(file, $"{form}.csv").Rows;
        Assert.Equal([1, 2], rows.Select(row => row.Number));
        Assert.Equal(["Алиев Рашад", "8 701 555 01 42", "Алматы", "2000"], rows[1].Cells);
    }

    [Fact]
    public void Read_ACsvWithSumsThatHaveCommas_KeepsItsSemicolons() =>
        Assert.Equal("2000,00", SheetFile.Read(Encoding.UTF8.GetBytes("ФИО;Телефон;янв.25\nАлиев Рашад;87015550142;2000,00\n"), "a.csv").Rows[1][2]);

    [Fact]
    public void Read_AnExportsGuardedCells_AreThemselvesAgain()
    {
        var row = SheetFile.Read(Encoding.UTF8.GetBytes("ФИО;Телефон\n\"Алиев Рашад\";\"'+77015550142\"\n"), "a.csv").Rows[1];
        Assert.Equal("+77015550142", row[1]);
    }

    [Fact]
    public void Read_LettersOfNeitherEncoding_IsRefused()
    {
        Assert.Equal(Problems.ImportEncoding, Refused(CodePagesEncodingProvider.Instance.GetEncoding(866)!.GetBytes(Csv)).Code);
        Assert.Equal(Problems.ImportEncoding, Refused([.. Encoding.UTF8.GetBytes("ФИО;Телефон\n"), 0x01, 0x02]).Code);
    }

    [Fact]
    public void Read_WhatIsNoSpreadsheet_IsRefused()
    {
        Assert.Equal(Problems.ImportEmpty, Refused([]).Code);
        Assert.Equal(Problems.ImportFileWrongKind, Refused([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13]).Code);
        Assert.Equal(Problems.ImportFileWrongKind, Refused(Workbooks.Zip(("word/document.xml", "<a/>"))).Code);
        Assert.Equal(Problems.ImportFileTooLarge, Refused(new byte[ImportLimits.MaxBytes + 1]).Code);
        Assert.Equal(Problems.ImportFileDamaged, Refused(Workbooks.OfTheAssociation()[..2000]).Code);
    }

    [Fact]
    public void Read_AnOldOrALockedWorkbook_SaysWhich()
    {
        byte[] head = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[500]];
        Assert.Equal(Problems.ImportFileOld, Refused(head).Code);
        Assert.Equal(Problems.ImportFileLocked, Refused([.. head, .. Encoding.Unicode.GetBytes("EncryptedPackage"), .. new byte[500]]).Code);
    }

    /// <summary>300 MB of zeros make a file of 300 KB: it is refused while it is counted, and never opened.</summary>
    [Fact]
    public void Read_AZipBomb_IsRefusedBeforeItIsOpened()
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            zip.CreateEntry("xl/workbook.xml");
            using var sheet = zip.CreateEntry("xl/media/bomb.bin").Open();
            var zeros = new byte[1024 * 1024];
            for (var megabyte = 0; megabyte < 300; megabyte++)
            {
                sheet.Write(zeros);
            }
        }

        Assert.True(file.Length < 1024 * 1024);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(Problems.ImportFileSwells, Refused(file.ToArray()).Code);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16 * 1024 * 1024);
    }

    [Fact]
    public void Read_AHundredThousandRows_IsRefusedBeforeItIsOpened()
    {
        var rows = string.Concat(Enumerable.Range(1, 100_000).Select(row => $"<row r=\"{row}\"><c r=\"A{row}\"><v>1</v></c></row>"));
        var file = Workbooks.Zip(("xl/workbook.xml", "<workbook/>"), ("xl/worksheets/sheet1.xml", $"<worksheet><sheetData>{rows}</sheetData></worksheet>"));
        Assert.Equal(Problems.ImportTooManyRows, Refused(file).Code);

        var csv = "ФИО;Телефон\n" + string.Concat(Enumerable.Range(0, 100_000).Select(row => $"Алиев Рашад;+7705{row:0000000}\n"));
        Assert.Equal(Problems.ImportTooManyRows, Refused(Encoding.UTF8.GetBytes(csv)).Code);
    }

    [Fact]
    public void Read_RowsThatAreOnlyColoured_AreNotCounted()
    {
        var rows = string.Concat(Enumerable.Range(10, 100_000).Select(row => $"<row r=\"{row}\"><c r=\"A{row}\" s=\"1\"/></row>"));
        XlsxGuard.Check(Workbooks.Zip(("xl/workbook.xml", "<workbook/>"), ("xl/worksheets/sheet1.xml", $"<worksheet><sheetData>{rows}</sheetData></worksheet>")));
    }

    [Fact]
    public void Read_FormulasMergedCellsAndErrors_AreValuesOrFaultsWithTheirColumn()
    {
        // As a spreadsheet program writes it, with the values it computed last.
        var file = Workbooks.Raw(
            """
            <sheetData>
            <row r="1"><c r="A1" t="str"><v>ФИО</v></c><c r="B1" t="str"><v>Телефон</v></c><c r="C1" t="str"><v>2025-01</v></c><c r="D1" t="str"><v>2025-02</v></c><c r="E1" t="str"><v>2025-03</v></c><c r="F1" t="str"><v>2025-04</v></c></row>
            <row r="2"><c r="A2" t="str"><v>Алиев Рашад</v></c><c r="B2"><v>87015550142</v></c><c r="C2"><f>1000*2</f><v>2000</v></c><c r="D2"><v>6000</v></c><c r="F2" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>
            <row r="3"></row>
            <row r="4"><c r="A4" t="str"><v>Гусейнов Вусал</v></c></row>
            </sheetData><mergeCells count="1"><mergeCell ref="D2:E2"/></mergeCells>
            """);
        var rows = SheetFile.Read(file, "a.xlsx").Rows;
        Assert.Equal([1, 2, 4], rows.Select(row => row.Number));
        Assert.Equal("2000", rows[1][2]);
        Assert.Equal(Problems.ImportCellMerged, rows[1].Faults[4]);
        Assert.Equal(Problems.ImportCellBroken, rows[1].Faults[5]);
    }

    [Fact]
    public void Read_HiddenSheets_AreNamedAndOfTheOthersTheOneWithAHeaderIsAList()
    {
        using var workbook = new XLWorkbook();
        Fill(workbook.Worksheets.Add("Скрытый"), "ФИО", "Телефон", "Не Тот Человек").Hide();
        Fill(workbook.Worksheets.Add("Инструкция"), "Как заполнять", "Просто", "Пишите");
        Fill(workbook.Worksheets.Add("Участники"), "ФИО", "Телефон", "Алиев Рашад");
        var pages = SheetFile.Read(Workbooks.Save(workbook), "a.xlsx").Pages;
        Assert.Equal([true, false, false], pages.Select(page => page.IsHidden));
        Assert.Equal("Не Тот Человек", pages[0].Rows[1][0]);
        Assert.Equal([null, 0], pages.Skip(1).Select(page => SheetLayout.Of(page, 0)?.To));
        Assert.Equal("Алиев Рашад", pages[2].Rows[1][0]);

        static IXLWorksheet Fill(IXLWorksheet sheet, string first, string second, string below)
        {
            sheet.Cell(1, 1).SetValue(first);
            sheet.Cell(1, 2).SetValue(second);
            sheet.Cell(2, 1).SetValue(below);
            return sheet;
        }
    }

    [Fact]
    public void Write_TheTemplate_IsReadAndKnownWhole()
    {
        var rows = SheetFile.Read(ImportTemplate.Write(new Period(2026, 3)), ImportTemplate.FileName).Rows;
        Assert.DoesNotContain(ImportColumns.Recognise(Assert.Single(rows).Cells), column => column.Field == ImportField.Skip);
    }

    private static Problem Refused(byte[] file) => Assert.Throws<DomainException>(() => SheetFile.Read(file, "a.xlsx")).Problem;
}
