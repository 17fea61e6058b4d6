using SkiaSharp;
using UglyToad.PdfPig.Actions;
using UglyToad.PdfPig.Annotations;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Writer;

namespace Diaspora.Web.Certificates;

/// <summary>Draws a certificate on A4: sums in points, 72 to the inch, counted from the foot of the page as PDF does.</summary>
public sealed class CertificatePdf : IDisposable
{
    private const double Left = 62;
    private const double Right = 533;
    private const double Top = 780;
    private const double Bottom = 60;
    private const double CodeSide = 156;

    /// <summary>Pixels of a cell of the code: enough for a printer.</summary>
    private const int Cell = 6;

    private const double Small = 9;
    private const double Normal = 11;

    private static readonly double[] Columns = [Left, 260, 400];

    private readonly PdfDocumentBuilder document = new();
    private readonly Face face;
    private readonly PdfDocumentBuilder.AddedFont font;
    private PdfPageBuilder page;
    private double y;

    private CertificatePdf(Face face, CertificateText text)
    {
        this.face = face;
        font = document.AddTrueTypeFont(face.File);
        document.DocumentInformation.Title = text.Title;
        document.DocumentInformation.Author = text.Association;
        page = Begin();
    }

    /// <returns>The file's bytes.</returns>
    public static byte[] Draw(CertificateText text, Face face)
    {
        using var pdf = new CertificatePdf(face, text);
        pdf.Head(text);
        pdf.Table(text);
        pdf.Check(text);
        return pdf.document.Build();
    }

    /// <inheritdoc />
    public void Dispose() => document.Dispose();

    private PdfPageBuilder Begin()
    {
        y = Top;
        return document.AddPage(PageSize.A4);
    }

    private void Head(CertificateText text)
    {
        page.SetTextAndFillColor(11, 106, 115);
        page.DrawRectangle(new PdfPoint(Left, y + 18), Right - Left, 4, 0.1, fill: true);
        Write(text.Association, Normal, Left, Right);
        page.ResetColor();
        y -= 14;
        Write(text.Title, 19, Left, Right);
        y -= 6;
        Write(text.Sentence, Normal, Left, Right);
        y -= 10;
        foreach (var (label, value) in text.Facts)
        {
            Grey();
            Put(label, Small, Left, y);
            page.ResetColor();
            Write(value, Normal, Left + 130, Right);
            y -= 3;
        }
    }

    private void Table(CertificateText text)
    {
        y -= 12;
        Row(Small, isGrey: true, text.MonthHead, text.SumHead, text.DayHead);
        foreach (var (month, sum, day) in text.Rows)
        {
            if (y < Bottom + 40)
            {
                page = Begin();
            }

            Row(Normal, isGrey: false, month, sum, day);
        }

        Row(13, isGrey: false, text.TotalLabel, text.Total, "");
    }

    private void Check(CertificateText text)
    {
        if (y < Bottom + CodeSide + 30)
        {
            page = Begin();
        }

        y -= 14;
        var bottom = y - CodeSide;
        Code(text.CheckUrl, bottom);
        page.AddLink(new LinkAnnotation(new UriAction(text.CheckUrl), new PdfRectangle(Left, bottom, Left + CodeSide, y), new AnnotationBorder(0, 0, 0, null)));
        y -= 16;
        Write(text.CheckNote, Normal, Left + CodeSide + 18, Right);
        y -= 6;
        Grey();
        Write(text.Footer, Small, Left + CodeSide + 18, Right);
        page.ResetColor();
    }

    /// <summary>As a picture: a rectangle drawn here is outlined too, and outlines as thin as the printer can make them run into each other.</summary>
    private void Code(string address, double bottom)
    {
        var rows = QrSquare.Of(address);
        using var picture = new SKBitmap(rows.Count * Cell, rows.Count * Cell, SKColorType.Rgba8888, SKAlphaType.Opaque);
        for (var y = 0; y < picture.Height; y++)
        {
            for (var x = 0; x < picture.Width; x++)
            {
                picture.SetPixel(x, y, rows[y / Cell][x / Cell] ? SKColors.Black : SKColors.White);
            }
        }

        using var png = picture.Encode(SKEncodedImageFormat.Png, 100);
        page.AddPng(png.ToArray(), new PdfRectangle(Left, bottom, Left + CodeSide, bottom + CodeSide));
    }

    private void Row(double size, bool isGrey, params string[] cells)
    {
        if (isGrey)
        {
            Grey();
        }

        for (var column = 0; column < cells.Length; column++)
        {
            Put(cells[column], size, Columns[column], y);
        }

        page.ResetColor();
        page.SetStrokeColor(228, 220, 205);
        page.DrawLine(new PdfPoint(Left, y - 7), new PdfPoint(Right, y - 7), 0.7);
        page.ResetColor();
        y -= size + 11;
    }

    private void Grey() => page.SetTextAndFillColor(66, 82, 91);

    /// <summary>Over as many lines as it needs; a word longer than a line is broken.</summary>
    private void Write(string text, double size, double from, double to)
    {
        foreach (var line in Lines(text, size, to - from))
        {
            Put(line, size, from, y);
            y -= size * 1.45;
        }
    }

    private IEnumerable<string> Lines(string text, double size, double width)
    {
        var line = "";
        foreach (var word in text.Split(' ').SelectMany(word => Fitting(word, size, width)))
        {
            var longer = line.Length == 0 ? word : $"{line} {word}";
            if (line.Length > 0 && WidthOf(longer, size) > width)
            {
                yield return line;
                longer = word;
            }

            line = longer;
        }

        yield return line;
    }

    private IEnumerable<string> Fitting(string word, double size, double width)
    {
        while (WidthOf(word, size) > width)
        {
            var fits = word.Length;
            while (fits > 1 && WidthOf(word[..fits], size) > width)
            {
                fits--;
            }

            yield return word[..fits];
            word = word[fits..];
        }

        yield return word;
    }

    private double WidthOf(string text, double size) =>
        face.Drawable(text) is { Length: > 0 } drawn && page.MeasureText(drawn, size, new PdfPoint(0, 0), font) is [.., var last] ? last.EndBaseLine.X : 0;

    private void Put(string text, double size, double x, double at)
    {
        if (face.Drawable(text) is { Length: > 0 } drawn)
        {
            page.AddText(drawn, size, new PdfPoint(x, at), font);
        }
    }
}
