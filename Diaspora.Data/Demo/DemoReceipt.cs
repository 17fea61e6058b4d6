using System.Globalization;
using System.Text;
using Diaspora.Domain.Payments;

namespace Diaspora.Data.Demo;

/// <summary>A one-page PDF that stands for a receipt, so that the cashier of the demo has something to open.</summary>
internal static class DemoReceipt
{
    /// <summary>Says the sum and the code of the intent, in the Latin letters that every PDF reader has a font for.</summary>
    public static Stream For(PaymentIntent intent)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"BT /F1 20 Tf 40 250 Td (DEMO RECEIPT) Tj 0 -60 Td ({intent.Total.Tenge} KZT) Tj 0 -40 Td (Message: {intent.Code}) Tj ET");
        string[] objects =
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 320] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
            $"<< /Length {text.Length} >>\nstream\n{text}\nendstream",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        ];
        var file = new StringBuilder("%PDF-1.4\n");
        var table = new StringBuilder("0000000000 65535 f \n");
        for (var index = 0; index < objects.Length; index++)
        {
            table.Append(CultureInfo.InvariantCulture, $"{file.Length:0000000000} 00000 n \n");
            file.Append(CultureInfo.InvariantCulture, $"{index + 1} 0 obj\n{objects[index]}\nendobj\n");
        }

        var start = file.Length;
        file.Append(CultureInfo.InvariantCulture, $"xref\n0 {objects.Length + 1}\n{table}trailer\n<< /Size {objects.Length + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n");
        return new MemoryStream(Encoding.ASCII.GetBytes(file.ToString()));
    }
}
