using System.Globalization;
using System.Text;
using Diaspora.Domain.Members;

namespace Diaspora.Bench.Matching;

/// <summary>Makes up a month and writes its four files, as an association would have them. It knows nothing of the matcher.</summary>
internal sealed class MonthMaker
{
    private const long Fee = 2000;
    private static readonly Period Month = new(2026, 10);
    private readonly MonthShape _shape;
    private readonly Random _random;
    private readonly MadePeople _people;
    private readonly List<Payer> _members = [];
    private readonly List<string> _claims = ["phone;periods;created;claimed;code"];
    private readonly List<(DateTime At, string Row, string Truth)> _lines = [];
    private readonly HashSet<string> _codes = [];

    private sealed record Payer(MadePerson Person, string Phone, string Number, Period Joined, Period Unpaid);

    private MonthMaker(int seed, MonthShape shape) => (_shape, _random, _people) = (shape, new Random(seed), new MadePeople(new Random(seed + 1000), shape));

    public static void Write(string folder, int seed, MonthShape shape) => new MonthMaker(seed, shape).Write(folder);

    private void Write(string folder)
    {
        for (var index = 0; index < _shape.Members; index++)
        {
            var unpaid = _random.NextDouble() < 0.8 ? Month : Month.AddMonths(-_random.Next(1, 5));
            _members.Add(new Payer(_people.Member(), string.Create(CultureInfo.InvariantCulture, $"+770{1 + index % 2}{5_550_000 + index * 7}"), MemberNumber.FromBody(1_048_000 + index * 13).Value, Month.AddMonths(-12), unpaid));
        }

        foreach (var member in _members)
        {
            if (Chance(_shape.Paying))
            {
                Pay(member);
            }
        }

        for (var count = _lines.Count * _shape.NotDues; count > 0; count--)
        {
            NotDues();
        }

        var lines = _lines.OrderBy(line => line.At).ToList();
        Save(folder, "members.csv", [.. Members()]);
        Save(folder, "claims.csv", _claims);
        Save(folder, "statement.csv", [_shape.HasTime ? "date;time;sum;payer;message" : "date;sum;payer;message", .. lines.Select(line => line.Row)]);
        Save(folder, "truth.csv", ["line;phone;periods", .. lines.Select((line, index) => $"{index + 1};{line.Truth}")]);
    }

    private IEnumerable<string> Members()
    {
        List<Period> months = [.. Period.Range(Month.AddMonths(-12), Month.Previous)];
        yield return $"ФИО;Телефон;E-mail;Город;Месяц вступления;Номер участника;Статус;Долг;{string.Join(';', months)}";
        foreach (var member in _members)
        {
            var paid = months.Select(month => month < member.Unpaid ? Fee.ToString(CultureInfo.InvariantCulture) : "");
            var phone = member.Phone;
            yield return $"{member.Person.Listed};{phone[..2]} {phone[2..5]} {phone[5..8]} {phone[8..10]} {phone[10..]};;Алматы;{member.Joined};{member.Number[..4]} {member.Number[4..]};Активен;{Month.MonthsSince(member.Unpaid) * Fee};{string.Join(';', paid)}";
        }
    }

    private void Pay(Payer member)
    {
        var count = _random.Next(20) switch { < 14 => 1, < 16 => 2, < 18 => 3, 18 => 6, _ => 12 };
        List<Period> periods = [.. Enumerable.Range(0, Math.Max(count, 1)).Select(ahead => member.Unpaid.AddMonths(ahead))];
        var payer = Chance(_shape.Relatives) ? _people.Relative(member.Person) : member.Person;
        var paid = Month.FirstDay.ToDateTime(default).AddDays((int)(Math.Pow(_random.NextDouble(), 1.5) * _shape.Days)).AddMinutes(Minute());
        var isRelative = payer != member.Person;
        if (Chance(_shape.NoClaim))
        {
            Line(paid, periods.Count * Fee * 100, payer.Paying, Chance(0.15) ? Said(member.Number) : Silent(member, periods, isRelative), member.Phone, periods);
            return;
        }

        var code = Code();
        if (Chance(_shape.NeverPaid))
        {
            Claim(member, periods, paid, Chance(0.3) ? paid.AddMinutes(_random.Next(1, 10)) : null, code);
            return;
        }

        var isSilent = Chance(_shape.NoCode);
        var (created, claimed) = Times(paid, isSilent);
        Claim(member, periods, created, claimed, code);
        var (tiyn, covered) = Chance(_shape.WrongSum) ? OtherSum(periods) : (periods.Count * Fee * 100, periods);
        var message = isSilent ? Silent(member, periods, isRelative) : Said(Chance(_shape.Slips) ? Slip(code) : code);
        Line(paid, tiyn, payer.Paying, message, member.Phone, covered);
        if (Chance(_shape.PaysTwice))
        {
            Line(paid.AddMinutes(_random.Next(1, 3000)), tiyn, payer.Paying, message, member.Phone, [.. periods.Select(period => period.AddMonths(periods.Count))]);
        }
    }

    private (DateTime Created, DateTime? Claimed) Times(DateTime paid, bool isSilent)
    {
        if (!Chance(_shape.Late))
        {
            var created = paid.AddMinutes(-_random.Next(1, 9));
            return (created, Chance(0.04) ? null : paid.AddMinutes(_random.Next(0, 6)));
        }

        // Nobody can write a code before there is one.
        switch (_random.Next(isSilent ? 5 : 3))
        {
            case 0:
                var before = paid.AddMinutes(-_random.Next(5, 400));
                return (before, before.AddMinutes(_random.Next(0, 3)));
            case 1:
                return (paid.AddMinutes(-_random.Next(1, 9)), paid.AddMinutes(_random.Next(60, 1600)));
            case 2:
                return (paid.AddMinutes(-_random.Next(600, 8000)), paid.AddMinutes(_random.Next(1, 30)));
            case 3:
                var after = paid.AddMinutes(_random.Next(2, 50));
                return (after, after.AddMinutes(_random.Next(1, 4)));
            default:
                var next = paid.AddMinutes(_random.Next(400, 2000));
                return (next, next.AddMinutes(_random.Next(1, 4)));
        }
    }

    /// <summary>Some pay late in the evening, and go over midnight with it.</summary>
    private int Minute() => Chance(0.04) ? 24 * 60 - _random.Next(0, 6) : _random.Next(8 * 60, 23 * 60);

    private void NotDues()
    {
        var who = Chance(0.5) ? Pick(_members).Person : _people.Relative(Pick(_members).Person);
        var message = Pick(["долг за обед", "подарок", "аренда зала", "", "", "за такси", "на цветы"]);
        var at = Month.FirstDay.ToDateTime(default).AddDays(_random.Next(_shape.Days)).AddMinutes(Minute());
        _lines.Add((at, Row(at, Chance(0.4) ? Fee * 100 : _random.Next(5, 200) * 10_000, who.Paying, message), ";"));
    }

    private (long Tiyn, List<Period> Covered) OtherSum(List<Period> periods)
    {
        var whole = periods.Count * Fee;
        var sum = _random.Next(6) switch { 0 => whole - 500, 1 => whole + 500, 2 => whole + Fee, 3 => whole * 10, 4 => whole + 1, _ => whole - Fee > 0 ? whole - Fee : 1000 };
        return (sum * 100 + (Chance(0.1) ? 50 : 0), [.. periods.Take((int)Math.Min(periods.Count, sum / Fee))]);
    }

    private string Said(string number) => _random.Next(8) switch
    {
        < 3 => number,
        3 => $"Код: {number}",
        4 => $"взнос {number}.",
        5 => $"{number[..3]} {number[3..]}",
        6 => $"Взнос за октябрь, код {number[..3]}-{number[3..]}",
        _ => $"{number} членский взнос",
    };

    private string Silent(Payer member, List<Period> periods, bool isRelative) => _random.Next(20) switch
    {
        < 14 => "",
        14 => "взнос",
        15 => "Членский взнос за октябрь",
        16 when isRelative => Pick(["взнос за маму", "за брата", "за отца, спасибо"]),
        17 when isRelative => $"за {member.Person.First}",
        18 => $"{member.Person.First}, взнос",
        _ => $"за {periods.Count} мес.",
    };

    private string Slip(string code)
    {
        var at = _random.Next(1, code.Length);
        return Chance(0.3) && code[at] != code[at - 1] ? code[..(at - 1)] + code[at] + code[at - 1] + code[(at + 1)..] : code[..at] + (char)('0' + (code[at] - '0' + _random.Next(1, 10)) % 10) + code[(at + 1)..];
    }

    private string Code()
    {
        var code = _shape.CodesInARow ? 100_001 + _codes.Count : _random.Next(100_000, 1_000_000);
        var text = code.ToString(CultureInfo.InvariantCulture);
        return _codes.Add(text) ? text : Code();
    }

    private void Claim(Payer member, List<Period> periods, DateTime created, DateTime? claimed, string code) =>
        _claims.Add($"{member.Phone};{string.Join('+', periods)};{created:yyyy-MM-ddTHH:mm};{claimed:yyyy-MM-ddTHH:mm};{code}");

    private void Line(DateTime at, long tiyn, string payer, string message, string phone, List<Period> periods) => _lines.Add((at, Row(at, tiyn, payer, message), $"{phone};{string.Join('+', periods)}"));

    private string Row(DateTime at, long tiyn, string payer, string message)
    {
        var sum = tiyn % 100 == 0 ? (tiyn / 100).ToString(CultureInfo.InvariantCulture) : (tiyn / 100m).ToString("0.00", CultureInfo.InvariantCulture);
        var clock = _shape.HasTime ? at.ToString("HH:mm:ss", CultureInfo.InvariantCulture) + ";" : "";
        return $"{at:yyyy-MM-dd};{clock}{sum};{payer};\"{message}\"";
    }

    private bool Chance(double share) => _random.NextDouble() < share;

    private T Pick<T>(IReadOnlyList<T> from) => from[_random.Next(from.Count)];

    private static void Save(string folder, string name, IEnumerable<string> rows) => File.WriteAllLines(Path.Combine(folder, name), rows, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
}
