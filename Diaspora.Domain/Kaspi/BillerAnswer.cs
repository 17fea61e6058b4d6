using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Xml;

namespace Diaspora.Domain.Kaspi;

/// <summary>In what form the bank wants to be answered: agreed with it once.</summary>
public enum BillerFormat
{
    Json,
    Xml,
}

/// <summary>What the bank is told.</summary>
/// <param name="Number">Our number of the payment, on <c>pay</c> alone.</param>
public sealed record BillerAnswer(string Transaction, BillerResult Result, long? Number = null, long? Tiyn = null)
{
    public string Comment { get; init; } = "";

    /// <summary>What the payer is shown before paying: a name and its text.</summary>
    public IReadOnlyList<(string Name, string Text)> Fields { get; init; } = [];

    private string? Sum => Tiyn is { } tiyn ? (tiyn / 100m).ToString("0.00", CultureInfo.InvariantCulture) : null;

    public string Write(BillerFormat format) => format == BillerFormat.Xml ? WriteXml() : WriteJson();

    /// <summary>Our number twice: the bank's own text names it differently in its two parts.</summary>
    private string WriteJson()
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("txn_id", Transaction);
            if (Number is { } number)
            {
                json.WriteString("prv_txn", Text(number));
                json.WriteString("prv_txn_id", Text(number));
            }

            json.WriteNumber("result", (int)Result);
            if (Sum is { } sum)
            {
                json.WriteString("sum", sum);
            }

            json.WriteString("comment", Comment);
            if (Fields.Count > 0)
            {
                json.WriteStartObject("fields");
                foreach (var (index, field) in Fields.Index())
                {
                    json.WriteStartObject(FieldOf(index));
                    json.WriteString("@name", field.Name);
                    json.WriteString("#text", field.Text);
                    json.WriteEndObject();
                }

                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private string WriteXml()
    {
        var text = new StringBuilder("""<?xml version="1.0" encoding="UTF-8"?>""").Append('\n');
        using (var xml = XmlWriter.Create(text, new XmlWriterSettings { OmitXmlDeclaration = true, CheckCharacters = false }))
        {
            xml.WriteStartElement("response");
            xml.WriteElementString("txn_id", Transaction);
            if (Number is { } number)
            {
                xml.WriteElementString("prv_txn", Text(number));
            }

            if (Sum is { } sum)
            {
                xml.WriteElementString("sum", sum);
            }

            xml.WriteElementString("result", Text((int)Result));
            if (Fields.Count > 0)
            {
                xml.WriteStartElement("fields");
                foreach (var (index, field) in Fields.Index())
                {
                    xml.WriteStartElement(FieldOf(index));
                    xml.WriteAttributeString("name", field.Name);
                    xml.WriteString(field.Text);
                    xml.WriteEndElement();
                }

                xml.WriteEndElement();
            }

            xml.WriteElementString("comment", Comment);
            xml.WriteEndElement();
        }

        return text.ToString();
    }

    private static string FieldOf(int index) => "field" + Text(index + 1);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
