namespace Diaspora.Domain.Members.Accounts;

/// <summary>8 to 128 characters, no rules of composition, none of the passwords that everybody tries first (NIST SP 800-63B).</summary>
public static class PasswordRules
{
    public const int MinLength = 8;
    public const int MaxLength = 128;

    private static readonly string[] Rows = ["1234567890", "0987654321", "qwertyuiop", "asdfghjkl", "zxcvbnm", "йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю", "abcdefghijklmnopqrstuvwxyz", "абвгдежзийклмнопрстуфхцчшщ", "1q2w3e4r5t6y7u8i9o0p", "1qaz2wsx3edc4rfv", "qazwsxedcrfv"];

    private static readonly HashSet<string> Stems = new(StringComparer.Ordinal)
    {
        "password", "passw0rd", "p@ssw0rd", "p@ssword", "parol", "пароль", "admin", "administrator", "welcome", "letmein", "iloveyou", "sunshine",
        "princess", "football", "baseball", "dragon", "monkey", "master", "shadow", "superman", "batman", "trustno", "whatever", "starwars",
        "computer", "internet", "samsung", "iphone", "google", "qwerty", "qwertyu", "qweasd", "qweasdzxc", "asdasd", "zxczxc", "qazxsw", "йцукен", "йцукенг", "фывапр",
        "любовь", "солнышко", "зайчик", "котенок", "привет", "привета", "наташа", "марина", "александр", "дмитрий", "сергей", "андрей", "максим", "kazakhstan",
        "казахстан", "қазақстан", "qazaqstan", "almaty", "алматы", "astana", "астана", "shymkent", "шымкент", "azerbaijan", "azerbaycan", "azərbaycan", "азербайджан", "baku", "baki", "баку",
        "diaspora", "диаспора", "kaspi", "kaspigold", "каспи", "qarabag", "qarabağ", "karabakh", "карабах", "salam", "салам", "spartak", "спартак", "marina", "natasha", "andrey", "sergey", "privet", "lubov", "solnishko",
        "changeme", "default", "guest", "secret", "test", "testtest", "user", "login", "abc", "aaa", "asd", "asdf", "qwe", "zxc", "ytrewq", "nokia", "blink", "charlie", "jennifer", "jordan", "michael", "freedom", "killer", "pokemon",
    };

    public static Problem? Check(string password) =>
        string.IsNullOrEmpty(password) ? new Problem(Problems.PasswordEmpty)
        : password.Length < MinLength ? new Problem(Problems.PasswordTooShort, password.Length, MinLength)
        : password.Length > MaxLength ? new Problem(Problems.PasswordTooLong, MaxLength)
        : IsCommon(password) ? new Problem(Problems.PasswordCommon)
        : null;

    /// <summary>Whether the password is the phone itself, however it is typed: the first thing a stranger tries.</summary>
    public static bool IsPhone(string password, string phone)
    {
        var digits = string.Concat(password.Where(char.IsAsciiDigit));
        var own = string.Concat(phone.Where(char.IsAsciiDigit));
        return digits.Length >= MinLength && own.Length >= 10 && !password.Any(char.IsLetter)
            && (digits.EndsWith(own[^10..], StringComparison.Ordinal) || own.EndsWith(digits, StringComparison.Ordinal));
    }

    /// <summary>One sign or a short piece repeated, a row of the keyboard, or a common word with digits around it.</summary>
    private static bool IsCommon(string password)
    {
        var text = password.Trim().ToLowerInvariant();
        if (text.Length == 0 || text.Distinct().Count() <= 2 || IsRepeated(text))
        {
            return true;
        }

        if (IsRunsOfKeys(text))
        {
            return true;
        }

        var stem = text.Trim('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '!', '.', '_', '-', '@', '#', '*', '$', '?');
        return stem.Length == 0 ? text.All(char.IsAsciiDigit) && text.Length <= MinLength + 2 && LooksLikeDate(text) : Stems.Contains(stem);
    }

    private static bool IsRepeated(string text) =>
        Enumerable.Range(1, 4).Any(size => text.Length % size == 0 && string.Concat(Enumerable.Repeat(text[..size], text.Length / size)) == text);

    /// <summary>Nothing but neighbours on the keyboard: <c>12345678</c>, <c>1234qwer</c>, <c>qwerty123</c>.</summary>
    private static bool IsRunsOfKeys(string text)
    {
        var rest = text;
        while (rest.Length > 0)
        {
            var taken = Rows.Max(keys => Run(rest, keys));
            if (taken < 3)
            {
                return false;
            }

            rest = rest[taken..];
        }

        return true;
    }

    private static int Run(string text, string keys)
    {
        var start = keys.IndexOf(text[0], StringComparison.Ordinal);
        var length = 0;
        while (start >= 0 && length < text.Length && start + length < keys.Length && text[length] == keys[start + length])
        {
            length++;
        }

        return length;
    }

    private static bool LooksLikeDate(string digits) =>
        digits.Length == 8 && (digits[4..].StartsWith("19", StringComparison.Ordinal) || digits[4..].StartsWith("20", StringComparison.Ordinal)
            || digits.StartsWith("19", StringComparison.Ordinal) || digits.StartsWith("20", StringComparison.Ordinal));
}
