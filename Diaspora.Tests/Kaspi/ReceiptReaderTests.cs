using Diaspora.Domain.Kaspi;
using Diaspora.Web.Kaspi.Receipts;
using QRCoder;
using SkiaSharp;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Writer;

namespace Diaspora.Tests.Kaspi;

/// <summary>What can be read from a receipt, and what is left alone.</summary>
public sealed class ReceiptReaderTests
{
    private const string Fiscal = "https://receipt.kaspi.kz/web/fiscal?i=123456789012&f=010101012345&s=6000.00&t=20261102T113000";

    [Fact]
    public void Read_ASalesReceipt_GivesItsFacts() => Assert.Equal(
        new ReadReceipt("13458812002", "987654321012", 600_000, new DateOnly(2026, 11, 2), new TimeOnly(11, 30), "Фарид Г.", "061240001234", IsTransfer: false),
        Read(Pdf("Фискальный чек", "Оплата совершена", "6 000 ₸", "Нарва", "ИП НАРВА", "Продажа", "Взнос", "№ чека QR13458812002", "Дата и время по Астане 02.11.2026 11:30", "Оплачено с Kaspi Gold",
            "ИИН/БИН продавца 061240001234", "ФИО покупателя Фарид Г.", "РНМ 010101012345", "ЗНМ KKM001", "ФП 987654321012", "ОФД АО «Казахтелеком»")));

    [Fact]
    public void Read_ATransfersReceipt_GivesItsFacts() => Assert.Equal(
        new ReadReceipt("44556677889", null, 400_050, new DateOnly(2026, 11, 2), new TimeOnly(11, 30, 15), "Фарид Г.", null, IsTransfer: true),
        Read(Pdf("Перевод клиенту Kaspi", "Айгүн М.", "+7 701 555 01 42", "Перевод успешно совершен", "4 000,50 ₸", "№ квитанции", "44556677889", "Дата и время 02.11.2026 11:30:15", "Комиссия 0 ₸", "Отправитель", "Фарид Г.", "Откуда Kaspi Gold")));

    /// <summary>A member sends more than was asked for, or scans it all into one file: the number is still held against the others.</summary>
    [Theory]
    [InlineData(6)]
    [InlineData(80)]
    public void Read_APdfOfManyPages_GivesWhatStandsOnTheFirst(int pages) =>
        Assert.Equal("44556677889", Read(Pdf(pages, "Перевод успешно совершен", "4 000 ₸", "№ квитанции", "44556677889", "Дата и время 02.11.2026 11:30:15"))?.Number);

    [Fact]
    public void Read_APdfOfSomethingElse_IsNone()
    {
        Assert.Null(Read(Pdf("Договор", "6 000 ₸", "02.11.2026 11:30", "Отправитель Фарид Г.")));
        Assert.Null(Read("%PDF-1.7 and nothing else"u8.ToArray()));
        Assert.Null(Read([]));
        Assert.Null(Read("just text"u8.ToArray()));
    }

    [Theory]
    [InlineData(SKEncodedImageFormat.Jpeg)]
    [InlineData(SKEncodedImageFormat.Png)]
    public void Read_AScreenWithTheBanksCode_GivesItsFacts(SKEncodedImageFormat format) => Assert.Equal(
        new ReadReceipt(null, "123456789012", 600_000, new DateOnly(2026, 11, 2), new TimeOnly(11, 30), "", null, IsTransfer: false), Read(Screen(Fiscal, format)));

    [Fact]
    public void Read_ACodeWithTheNumberOfTheSale_GivesIt() => Assert.Equal(
        new ReadReceipt("13458812002", null, null, new DateOnly(2026, 11, 2), null, "", null, IsTransfer: false), Read(Screen("https://receipt.kaspi.kz/web?extTranId=QR13458812002&sale_date=2026-11-02", SKEncodedImageFormat.Png)));

    [Theory]
    [InlineData("http://receipt.kaspi.kz/web/fiscal?i=123456789012")]
    [InlineData("https://receipt.kaspi.kz.evil.kz/web/fiscal?i=123456789012")]
    [InlineData("https://receipt.kaspi.kz@evil.kz/web/fiscal?i=123456789012")]
    [InlineData("https://a@receipt.kaspi.kz/web/fiscal?i=123456789012")]
    [InlineData("https://receipt.kaspi.kz:8443/web/fiscal?i=123456789012")]
    [InlineData("https://receipt.kaspi.kz/web/fiscal/more?i=123456789012")]
    [InlineData("https://receipt.kaspi.kz/web/fiscal?i=12345678901x")]
    [InlineData("https://receipt.kaspi.kz/web/fiscal?i=1&i=2")]
    [InlineData("https://receipt.kaspi.kz/web/fiscal")]
    [InlineData("https://receipt.kaspi.kz/web?extTranId=13458812002")]
    [InlineData("https://pay.kaspi.kz/pay/abcdefgh")]
    [InlineData("6000")]
    public void Read_ACodeThatIsNotTheBanks_IsNone(string code) => Assert.Null(Read(Screen(code, SKEncodedImageFormat.Png)));

    [Fact]
    public void Read_APictureWithoutACode_IsNone()
    {
        using var bitmap = new SKBitmap(1080, 2340);
        bitmap.Erase(SKColors.White);

        Assert.Null(Read(bitmap.Encode(SKEncodedImageFormat.Jpeg, 60).ToArray()));
        Assert.Null(Read(bitmap.Encode(SKEncodedImageFormat.Png, 60).ToArray()[..500]));
    }

    private static ReadReceipt? Read(byte[] file) => ReceiptReader.Read(file, TestContext.Current.CancellationToken);

    public static byte[] Pdf(params IReadOnlyList<string> rows) => Pdf(1, rows);

    /// <summary>With so many pages; the rest of them is about something else.</summary>
    public static byte[] Pdf(int pages, params IReadOnlyList<string> rows)
    {
        using var document = new PdfDocumentBuilder();
        var font = document.AddTrueTypeFont(File.ReadAllBytes("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"));
        var page = document.AddPage(PageSize.A5);
        foreach (var (index, row) in rows.Index())
        {
            page.AddText(row, 10, new PdfPoint(40, 560 - 16 * index), font);
        }

        for (var more = 1; more < pages; more++)
        {
            document.AddPage(PageSize.A5).AddText("Договор", 10, new PdfPoint(40, 560), font);
        }

        return document.Build();
    }

    /// <summary>A phone's screen with a code in its lower half.</summary>
    public static byte[] Screen(string code, SKEncodedImageFormat format)
    {
        using var generator = new QRCodeGenerator();
        using var data = generator.CreateQrCode(code, QRCodeGenerator.ECCLevel.M);
        using var bitmap = new SKBitmap(1080, 2340);
        using var canvas = new SKCanvas(bitmap);
        using var black = new SKPaint { Color = SKColors.Black };
        canvas.Clear(SKColors.White);
        canvas.DrawRect(0, 0, 1080, 200, black);
        const int module = 10;
        foreach (var (y, row) in data.ModuleMatrix.Index())
        {
            for (var x = 0; x < row.Length; x++)
            {
                if (row[x])
                {
                    canvas.DrawRect(200 + x * module, 1300 + y * module, module, module, black);
                }
            }
        }

        canvas.Flush();
        return bitmap.Encode(format, 60).ToArray();
    }
}
