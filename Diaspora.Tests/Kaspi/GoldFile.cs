using System.Globalization;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Writer;

namespace Diaspora.Tests.Kaspi;

/// <summary>Draws a Gold statement as the bank draws it: places in points, and the words of three languages.</summary>
public sealed class GoldFile
{
    private static readonly byte[] Font = File.ReadAllBytes("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf");
    private static readonly CultureInfo Russian = CultureInfo.GetCultureInfo("ru-RU");

    private const double Step = 15.9;
    private const double Wrapped = 9.6;
    private const double Bottom = 70;
    private const int Longest = 40;

    private Func<PdfPageBuilder> _next = null!;
    private PdfPageBuilder _page = null!;
    private PdfDocumentBuilder.AddedFont _font = null!;
    private double _y;

    /// <summary>With a certificate in front, as since 2025; else as in 2022.</summary>
    public bool IsNew { get; init; } = true;

    public GoldLanguage Language { get; init; }

    public string Card { get; init; } = "*0475";

    /// <summary>A second one in the head.</summary>
    public string? OtherCard { get; init; }

    public string Certificate { get; init; } = "1238684861";

    public long Opening { get; init; } = 1_234_500;

    /// <summary>Added to what the head says that came, or was left.</summary>
    public long WrongTopUps { get; init; }

    public long WrongClosing { get; init; }

    /// <summary>From 1.</summary>
    public int? WithoutPage { get; init; }

    /// <summary>Where the details begin; their head stays.</summary>
    public double Details { get; init; } = 311;

    public bool IsOverprinted { get; init; }

    public DateOnly? From { get; init; }

    public DateOnly? To { get; init; }

    /// <summary>Another name for operations, of a bank that has thought of something new.</summary>
    public string? Unknown { get; init; }

    private string Say(params ReadOnlySpan<string> words) => GoldNames.Say(Language, words);

    public byte[] Draw(IReadOnlyList<StatementEntry> entries)
    {
        using var document = new PdfDocumentBuilder();
        _next = () => document.AddPage(PageSize.A4);
        _font = document.AddTrueTypeFont(Font);
        var (from, to) = (From ?? entries.Min(entry => entry.On), To ?? entries.Max(entry => entry.On));
        if (IsNew)
        {
            Begin();
            Write(230, "СПРАВКА", 14);
            Down(Step);
            Write(210, "об остатке на счете");
            Down(40);
            Write(51, "Алиев Фарид Гасанович, ИИН 000000000000");
            Down(Step);
            Write(51, "Номер счета KZ00722C000000000000, на 26 июля 2026 доступно 99 999,99 ₸");
        }

        Begin();
        Head(entries, from, to);
        foreach (var entry in entries.OrderByDescending(entry => entry.On).ThenByDescending(entry => entry.At))
        {
            Row(entry);
        }

        Down(Step);
        Write(51, Say("- Сумма заблокирована. Банк ожидает подтверждения от платежной системы.", "- The amount is blocked. The bank expects the confirmation of the payment system.", "- Сомаға тосқауыл қойылған. Банк төлем жүйесінің растауын күтуде."));
        Down(Wrapped);
        Write(51, "платежной системы.");
        return WithoutPage is { } without ? GoldNames.Without(document.Build(), without) : document.Build();
    }

    private void Head(IReadOnlyList<StatementEntry> entries, DateOnly from, DateOnly to)
    {
        var (first, last) = (Day(from), Day(to));
        Bold(250, Say("ВЫПИСКА", "KASPI GOLD", "ҮЗІНДІ КӨШІРМЕ"));
        Down(Step);
        Write(170, Say($"по Kaspi Gold за период с {first} по {last}", $"statement balance for the period from {first} to {last}", $"{first}ж. бастап {last}ж. дейінгі кезеңге Kaspi Gold бойынша"));
        Down(Step);
        Write(51, "Алиев");
        Write(311, Say("Номер карты:", "Card number:", "Карта нөмірі:") + Card);
        Down(Step);
        Write(51, "Фарид Гасанович");
        Write(311, Say("Номер счета:", "Account number:", "Шот нөмірі:") + "KZ28722C000012345678");
        if (OtherCard is not null)
        {
            Down(Step);
            Write(311, Say("Номер карты:", "Card number:", "Карта нөмірі:") + OtherCard);
        }

        var closing = Opening + entries.Sum(entry => entry.Tiyn) + WrongClosing;
        Down(Step);
        if (!IsNew)
        {
            Write(51, Balance(last, closing));
        }

        Down(Step);
        Write(51, Say("Краткое содержание операций по карте:", "Transaction summary:", "Карта бойынша операциялардың қысқаша мазмұны:"));
        Down(Step);
        Write(51, Balance(first, Opening));
        var sums = entries.GroupBy(KindOf).ToDictionary(kind => kind.Key, kind => kind.Sum(entry => entry.Tiyn));
        foreach (var kind in IsNew ? Enum.GetValues<GoldKind>()[1..] : [GoldKind.TopUp, GoldKind.Transfer, GoldKind.Purchase, GoldKind.Cash, GoldKind.Other])
        {
            Down(Step);
            Write(59, $"{GoldNames.Summary(kind, Language)} {Sum(sums.GetValueOrDefault(kind) + (kind == GoldKind.TopUp ? WrongTopUps : 0))}");
            if (!IsNew && kind == GoldKind.TopUp)
            {
                Write(311, "Другие пополнения 300 000,00 ₸");
            }
        }

        Down(Step);
        Write(51, Balance(last, closing));
        Down(2 * Step);
        Bold(59, Say("Дата", "Date", "Күні"));
        Bold(133, Say("Сумма", "Amount", "Сомасы"));
        Bold(243, Say("Операция", "Transaction", "Операция"));
        Bold(311, Say("Детали", "Details", "Толығырақ"));
        Down(Step);
    }

    private void Row(StatementEntry entry)
    {
        var words = entry.Payer.Replace('ә', 'ə').Replace('Ә', 'Ə');
        if (words.Length == 0)
        {
            words = entry.Message;
        }

        var details = GoldNames.Rows(words, Longest);
        var operation = Unknown ?? GoldNames.Operation(KindOf(entry), Language);
        var cut = GoldNames.FirstRow(operation);
        Next(Step);
        Write(51, Day(entry.On));
        var sum = Sum(entry.Tiyn);
        Write(191 - Width(sum), sum);
        Centre(operation[..cut]);
        Write(Details, details[0]);
        for (var more = 1; more < details.Count || (more == 1 && cut < operation.Length); more++)
        {
            Next(Wrapped);
            if (more == 1 && cut < operation.Length)
            {
                Centre(operation[cut..].Trim());
            }

            Write(Details, more < details.Count ? details[more] : "");
        }

        if (entry.Foreign.Length > 0)
        {
            Next(Wrapped);
            var foreign = $"({entry.Foreign})";
            Write(191 - Width(foreign), foreign);
        }
    }

    private string Balance(string day, long tiyn)
    {
        var sum = IsNew ? Sum(tiyn) : Sum(tiyn).TrimStart('+', ' ');
        return Language switch { GoldLanguage.Russian => $"Доступно на {day} {sum}", GoldLanguage.English => $"Card balance {day} {sum}", _ => $"{day}ж. қолжетімді: {sum}" };
    }

    private static GoldKind KindOf(StatementEntry entry) => entry.As != GoldKind.BySign ? entry.As : entry.Tiyn > 0 ? GoldKind.TopUp : GoldKind.Transfer;

    private static string Day(DateOnly day) => day.ToString("dd.MM.yy", CultureInfo.InvariantCulture);

    private static string Sum(long tiyn) => $"{(tiyn < 0 ? '-' : '+')} {(Math.Abs(tiyn) / 100m).ToString("N2", Russian)} ₸";

    private void Begin()
    {
        _page = _next();
        _y = 800;
        if (IsNew && _page.PageNumber > 1)
        {
            Write(51, $"Приложение к Справке №{Certificate} от 26 июля 2026");
        }
        else
        {
            Bold(51, "АО «Kaspi Bank», БИК CASPKZKA, www.kaspi.kz");
        }

        if (IsNew)
        {
            _page.AddText("АО «Kaspi Bank», БИК CASPKZKA, www.kaspi.kz", 8, new PdfPoint(51, 30), _font);
        }

        Down(30);
    }

    private void Next(double step)
    {
        _y -= step;
        if (_y < Bottom)
        {
            Begin();
        }
    }

    private void Down(double step) => _y -= step;

    /// <summary>Smaller where the details leave less room.</summary>
    private void Centre(string text) => Write(275 - Width(text, Details < 311 ? 7 : 9) / 2, text, Details < 311 ? 7 : 9);

    private double Width(string text, double size = 9) => _page.MeasureText(text, size, new PdfPoint(0, 0), _font) is [.., var last] ? last.EndBaseLine.X : 0;

    private void Bold(double x, string text)
    {
        Write(x, text);
        if (IsOverprinted)
        {
            Write(x + 0.3, text);
        }
    }

    private void Write(double x, string text, double size = 9)
    {
        if (text.Length > 0)
        {
            _page.AddText(text, size, new PdfPoint(x, _y), _font);
        }
    }
}
