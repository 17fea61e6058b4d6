using System.Text;
using Diaspora.Domain.Import;
using Diaspora.Web.Members.Import;

namespace Diaspora.Tests.Members.Import;

/// <summary>Files that would take all the memory and time there is: each is refused with a sentence of its own, before it has taken either.</summary>
public sealed class HugeFilesTests
{
    /// <summary>What reading may allocate before it refuses; a file of 9 MB is 18 MB as text.</summary>
    private const long MostAllocated = 100 * 1024 * 1024;

    private const string Header = "ФИО;Телефон\n";
    private const int Nine = 9 * 1024 * 1024;

    public static TheoryData<string, Func<byte[]>, string> Files => new()
    {
        { "9 MB of semicolons", () => Csv(new string(';', Nine)), Problems.ImportTooManyColumns },
        { "9 MB of semicolons under a header", () => Csv(Header + new string(';', Nine)), Problems.ImportTooManyColumns },
        { "a line of 10 MB", () => Csv(Header + new string('a', 10 * 1024 * 1024)), Problems.ImportLineTooLong },
        { "a quote that is never closed", () => Csv(Header + "\"" + string.Concat(Enumerable.Repeat("Алиев Рашад;87015550142\n", 200_000))), Problems.ImportTooManyRows },
        { "a row of quoted lines without end", () => Csv(Header + string.Concat(Enumerable.Repeat("\"a\n\";", 1_000_000))), Problems.ImportTooManyRows },
        { "a million lines of separators", () => Csv(Header + string.Concat(Enumerable.Repeat(";;;;;;;\n", 1_000_000))), Problems.ImportTooManyRows },
        { "a million empty rows", () => Rows(1_000_000, row => $"<row r=\"{row}\"/>"), Problems.ImportTooManyEmptyRows },
        { "a million coloured rows", () => Rows(1_000_000, row => $"<row r=\"{row}\" s=\"1\" customFormat=\"1\"/>"), Problems.ImportTooManyEmptyRows },
        { "a million cells in few rows", () => Rows(100, row => $"<row r=\"{row}\">{string.Concat(Enumerable.Repeat("<c><v>1</v></c>", 10_000))}</row>"), Problems.ImportTooManyColumns },
        { "3 000 merges", () => Workbooks.Raw($"<sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row></sheetData><mergeCells>{string.Concat(Enumerable.Range(1, 3000).Select(row => $"<mergeCell ref=\"A{row}:B{row}\"/>"))}</mergeCells>"), Problems.ImportTooManyMerges },
        { "100 merges of everything", () => Workbooks.Raw($"<sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row></sheetData><mergeCells>{string.Concat(Enumerable.Repeat("<mergeCell ref=\"A1:XFD1048576\"/>", 100))}</mergeCells>"), Problems.ImportTooManyMerges },
        { "rows in a sheet that is called otherwise", () => Workbooks.Zip(("xl/workbook.xml", "<workbook/>"), ("xl/any/thing.bin", $"<worksheet><sheetData>{string.Concat(Enumerable.Repeat("<row/>", 1_000_000))}</sheetData></worksheet>")), Problems.ImportTooManyEmptyRows },
        { "shared texts without end", () => Workbooks.Zip(("xl/workbook.xml", "<workbook/>"), ("xl/sharedStrings.xml", $"<sst>{string.Concat(Enumerable.Repeat("<si><t>a</t></si>", 1_000_000))}</sst>")), Problems.ImportFileSwells },
        { "one shared text of 15 MB", () => Workbooks.Zip(("xl/workbook.xml", "<workbook/>"), ("xl/sharedStrings.xml", $"<sst><si><t>{new string('a', 15 * 1024 * 1024)}</t></si></sst>")), Problems.ImportFileSwells },
        { "shared texts inside one another", () => Workbooks.Zip(("xl/workbook.xml", "<workbook/>"), ("xl/sharedStrings.xml", $"<sst>{string.Concat(Enumerable.Repeat("<si>", 100_000))}")), Problems.ImportFileSwells },
        { "an attribute of 15 MB", () => Workbooks.Zip(("xl/workbook.xml", "<workbook/>"), ("xl/styles.xml", $"<styleSheet a=\"{new string('a', 15 * 1024 * 1024)}\"/>")), Problems.ImportFileSwells },
        { "300 000 styles", () => Workbooks.Zip(("xl/workbook.xml", "<workbook/>"), ("xl/styles.xml", $"<styleSheet><cellXfs>{string.Concat(Enumerable.Repeat("<xf/>", 300_000))}</cellXfs></styleSheet>")), Problems.ImportFileSwells },
    };

    [Theory]
    [MemberData(nameof(Files), DisableDiscoveryEnumeration = true)]
    public void Read_AHugeFile_IsRefusedBeforeItCosts(string what, Func<byte[]> make, string problem)
    {
        var file = make();
        Assert.InRange(file.LongLength, 1, ImportLimits.MaxBytes);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var refused = Record.Exception(() => SheetFile.Read(file, "a.xlsx"));

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True((refused as DomainException)?.Problem.Code == problem, $"{what}: {refused?.GetType().Name} {(refused as DomainException)?.Problem}, {allocated >> 20} MiB");
        Assert.True(allocated < MostAllocated, $"{what}: {allocated >> 20} MiB before it was refused");
    }

    [Fact]
    public void Read_WhatTakesTooLong_IsGivenUpWithASentence()
    {
        var late = new CancellationToken(canceled: true);
        foreach (var file in (byte[][])[Csv(Header + "Алиев Рашад;87015550142\n"), Workbooks.OfTheAssociation()])
        {
            Assert.Equal(Problems.ImportTooSlow, Assert.Throws<DomainException>(() => SheetFile.Read(file, "a.xlsx", late)).Problem.Code);
        }
    }

    private static byte[] Csv(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Rows(int count, Func<int, string> row) => Workbooks.Raw($"<sheetData>{string.Concat(Enumerable.Range(1, count).Select(row))}</sheetData>");
}
