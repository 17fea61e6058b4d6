using System.Reflection;
using System.Text;

namespace Diaspora.Tests.Fuzz;

/// <summary>What is sent with a request: forms with fields missing, twice, huge, of no form at all; files; and what only claims to be one of these.</summary>
internal sealed class FuzzBody(Random random, string token, string path)
{
    /// <summary>The fields of every form that a page takes, and how the page names its handler.</summary>
    private static readonly (string Handler, string[] Fields)[] Forms =
    [
        .. from name in (string[])["register", "sign-in", "forgot", "reset"]
           let type = typeof(IStore).Assembly.GetTypes().SingleOrDefault(type => type.Name.Equals(name.Replace("-", "", StringComparison.Ordinal) + "Form", StringComparison.OrdinalIgnoreCase))
           where type is not null
           select (name, type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(property => "Form." + property.Name).ToArray()),
        ("", ["id", "ids", "files", "file", "months", "culture", "Form", "Form.", "Form[0]", "Form.Phone.Phone", "[0].Key"]),
    ];

    private static readonly string[] Charsets = ["utf-8", "utf-7", "utf-16", "utf-32", "windows-1251", "nonsense", "\"utf-8\"", "", "us-ascii", "ibm037"];

    private static readonly string[] Types = ["application/x-www-form-urlencoded", "multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=\"a b\"", "multipart/mixed; boundary=x", "application/json", "text/plain", "x", "", "application/x-www-form-urlencoded, text/html", "multipart/form-data; boundary=" + "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789"];

    public FuzzContent Next() => random.Next(10) switch
    {
        < 5 => Form(),
        < 7 => Files(),
        7 => Raw("multipart/form-data; boundary=x", random.Pick(["--x\r\n", "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb", "--x\r\nContent-Disposition: form-data; name=\r\n\r\nb\r\n--x--", "--x\r\nbroken\r\n\r\n--x--", "--y--", "--x--", "--x\r\nContent-Disposition: form-data; name=\"file\"; filename*=utf-7''%00\r\n\r\nb\r\n--x--\r\n", "--x\r\nContent-Disposition: form-data; name=\"a\"\r\nContent-Type: text/plain; charset=utf-7\r\n\r\nb\r\n--x--\r\n", "--x\r\n" + new string('h', 20_000) + ": 1\r\n\r\nb\r\n--x--"])),
        8 => Raw(random.Pick(Types), FuzzValues.Next(random)),
        _ => Raw($"application/x-www-form-urlencoded; charset={random.Pick(Charsets)}", Fields()),
    };

    private FuzzContent Form() => Raw(random.Next(4) == 0 ? $"application/x-www-form-urlencoded; charset={random.Pick(Charsets)}" : "application/x-www-form-urlencoded", Fields());

    private string Fields()
    {
        var (handler, names) = Forms.FirstOrDefault(form => form.Handler.Length > 0 && path.EndsWith(form.Handler.Replace("sign-in", "login", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase)) is { Fields: not null } own && random.Next(5) > 0 ? own : random.Pick(Forms);
        List<string> fields = [];
        if (random.Next(6) > 0)
        {
            fields.Add($"_handler={Uri.EscapeDataString(random.Next(12) == 0 ? random.Pick(["", "nobody", "[sign-in]x", "a b"]) : handler)}");
        }

        if (random.Next(6) > 0)
        {
            fields.Add($"__RequestVerificationToken={Uri.EscapeDataString(random.Next(8) == 0 ? random.Pick(["", "x", token + "x", token[..(token.Length / 2)]]) : token)}");
        }

        foreach (var name in names.Where(_ => random.Next(4) > 0))
        {
            for (var times = random.Next(10) == 0 ? 3 : 1; times > 0; times--)
            {
                fields.Add($"{name}={(random.Next(12) == 0 ? new string('a', random.Next(20_000, 200_000)) : FuzzValues.Escaped(random))}");
            }
        }

        if (random.Next(25) == 0)
        {
            fields.AddRange(Enumerable.Range(0, 1500).Select(number => $"f{number}=1"));
        }

        return string.Join('&', fields);
    }

    private FuzzContent Files()
    {
        var (field, name, size) = (random.Pick(["file", "files", "a", ""]), random.Pick(["a.pdf", "чек.png", "../../a.xlsx", "", "a\u0001.csv", new string('n', 3000), "con"]), random.Next(15) == 0 ? 300_000 : random.Next(0, 3000));
        var start = random.Pick<byte[]>(["%PDF-1.7\n/Filter"u8.ToArray(), [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52], [0xFF, 0xD8, 0xFF, 0xE0], "PK\u0003\u0004"u8.ToArray(), "RIFF0000WEBPVP8 "u8.ToArray(), "ФИО;Телефон\n"u8.ToArray(), [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], [0xFF, 0xFE], []]);
        var bytes = new byte[size];
        random.NextBytes(bytes);
        var hasToken = random.Next(4) > 0;
        return new FuzzContent($"file {field}={name[..Math.Min(name.Length, 20)]} of {Encoding.ASCII.GetString(start)[..Math.Min(4, start.Length)]} and {size} bytes{(hasToken ? " with token" : "")}", () =>
        {
            var form = new MultipartFormDataContent();
            if (hasToken)
            {
                form.Add(new StringContent(token), "__RequestVerificationToken");
            }

            var part = new ByteArrayContent([.. start, .. bytes]);
            part.Headers.TryAddWithoutValidation("Content-Disposition", $"form-data; name=\"{field}\"; filename=\"{new string([.. name.Where(sign => sign is >= ' ' and < '\u007F')])}\"");
            form.Add(part);
            return form;
        }, IsBroken: size > 100_000);
    }

    private static FuzzContent Raw(string type, string body) => new($"«{type}» {(body.Length <= 300 ? body : $"{body[..300]}… ({body.Length})")}", () =>
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.Remove("Content-Type");
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        return content;
    }, IsBroken: body.Length > 100_000);
}

/// <param name="Make">Makes it anew.</param>
internal sealed record FuzzContent(string Says, Func<HttpContent> Make, bool IsBroken);
