using Diaspora.Domain.Members;
using Diaspora.Domain.Settings;

namespace Diaspora.Domain.Members.Accounts;

/// <summary>Words and passwords that strangers try first, from lists of what leaked elsewhere.</summary>
public interface ICommonPasswords
{
    /// <param name="text">In small letters.</param>
    bool Contain(string text);
}

/// <summary>
/// 8 to 128 characters, no rules of composition, and nothing that a stranger tries first (NIST SP 800-63B): neither what many people use, nor what the
/// portal shows of the person and of the association.
/// </summary>
public sealed class PasswordRules(ICommonPasswords common, CurrentSettings settings)
{
    public const int MinLength = 8;
    public const int MaxLength = 128;

    /// <summary>Longer than a date and a sign, what stands around a common word is no mere decoration.</summary>
    private const int MostAround = 9;

    private const int PartOfPhone = 5;

    private static readonly string[] Rows =
    [
        "1234567890", "0987654321", "qwertyuiop", "asdfghjkl", "zxcvbnm", "йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю", "abcdefghijklmnopqrstuvwxyz",
        "абвгдежзийклмнопрстуфхцчшщ", "1q2w3e4r5t6y7u8i9o0p", "q1w2e3r4t5y6u7i8o9p0", "1qaz2wsx3edc4rfv", "qazwsxedcrfv",
    ];

    /// <summary>What the lists of the wide world do not know: words of this region, in any spelling.</summary>
    private static readonly HashSet<string> Regional = new(
        new[]
        {
            "пароль", "любовь", "солнышко", "зайчик", "котенок", "привет", "привета", "наташа", "марина", "александр", "дмитрий", "сергей", "андрей", "максим",
            "казахстан", "қазақстан", "qazaqstan", "almaty", "astana", "shymkent", "azerbaijan", "azərbaycan", "азербайджан", "baku", "baki", "diaspora",
            "kaspi", "kaspigold", "karabakh", "qarabağ", "салам", "спартак", "администратор", "құпиясөз", "махаббат", "changeme", "default", "guest", "trustno", "india", "pass",
        }.Select(PasswordForms.Latin), StringComparer.Ordinal);

    /// <param name="own">What is known of the person: names and phones.</param>
    public Problem? Check(string? password, params IEnumerable<string?> own)
    {
        if (string.IsNullOrEmpty(password))
        {
            return new Problem(Problems.PasswordEmpty);
        }

        // Before anything is made of it: a page may be sent a megabyte.
        if (password.Length is < MinLength or > MaxLength)
        {
            return password.Length < MinLength ? new Problem(Problems.PasswordTooShort, password.Length, MinLength) : new Problem(Problems.PasswordTooLong, MaxLength);
        }

        var forms = PasswordForms.Of(password);
        var known = KnownOf(own);
        return forms.Any(form => IsOwn(form, known)) ? new Problem(Problems.PasswordOwn) : forms.Any(IsCommon) ? new Problem(Problems.PasswordCommon) : null;
    }

    /// <summary>One sign or a piece repeated, a row of the keyboard, a date, or a common word with a few digits around it.</summary>
    private bool IsCommon(string text)
    {
        if (text.Distinct().Count() <= 2 || IsRunsOfKeys(text) || IsWord(text))
        {
            return true;
        }

        var piece = Repeated(text);
        if (piece.Length < text.Length)
        {
            return piece.Length <= 4 || IsCommon(piece);
        }

        var stem = text.Trim('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '!', '.', '_', '-', '@', '#', '*', '$', '?', '%', '&', '+', '=', ' ');
        return stem.Length == 0 ? LooksLikeDate(text) : stem.Length >= 3 && text.Length - stem.Length <= MostAround && IsWord(Repeated(stem));
    }

    private bool IsWord(string text) => common.Contain(text) || Regional.Contains(PasswordForms.Latin(text)) || (text.Length >= 3 && IsRunsOfKeys(text));

    /// <summary>Words that the portal shows of a person and of the association, and phones: whole, and the piece of it that is in the password.</summary>
    private Known KnownOf(IEnumerable<string?> own)
    {
        var (association, words, phones) = (settings.Value.Association, new HashSet<string>(StringComparer.Ordinal), new List<string>());
        foreach (var text in own.Concat([association.Name, association.NameKazakh]).OfType<string>().Where(text => text.Length <= Validation.NameLength))
        {
            if (text.Any(char.IsLetter))
            {
                words.UnionWith(NameSkeleton.Of(text).Split(' ').Where(word => word.Length >= 3));
            }
            else
            {
                phones.Add(string.Concat(text.Where(char.IsAsciiDigit)));
            }
        }

        return new Known([.. words.OrderByDescending(word => word.Length)], phones);
    }

    private bool IsOwn(string form, Known known)
    {
        var text = PasswordForms.Latin(form);
        var rest = known.Words.Aggregate(text, (left, word) => left.Replace(word, "", StringComparison.Ordinal));
        foreach (var phone in known.Phones)
        {
            rest = WithoutPart(rest, phone);
        }

        // What is beside one's own name has to be a password by itself.
        return rest.Length < text.Length && (rest.Length < MinLength || IsCommon(rest));
    }

    /// <summary>Without the longest piece of the phone that is in the text.</summary>
    private static string WithoutPart(string text, string phone)
    {
        for (var length = phone.Length; length >= PartOfPhone; length--)
        {
            for (var start = 0; start + length <= phone.Length; start++)
            {
                if (text.Contains(phone.Substring(start, length), StringComparison.Ordinal))
                {
                    return text.Replace(phone.Substring(start, length), "", StringComparison.Ordinal);
                }
            }
        }

        return text;
    }

    /// <summary>What the text is a repetition of: the text itself if of nothing shorter.</summary>
    private static string Repeated(string text)
    {
        for (var size = 1; size <= text.Length / 2; size++)
        {
            if (text.Length % size == 0 && text.AsSpan(size).SequenceEqual(text.AsSpan(0, text.Length - size)))
            {
                return text[..size];
            }
        }

        return text;
    }

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

    private static bool LooksLikeDate(string text) =>
        text.Length == 8 && text.All(char.IsAsciiDigit) && (IsYear(text[..4]) || IsYear(text[4..]));

    private static bool IsYear(string digits) => digits.StartsWith("19", StringComparison.Ordinal) || digits.StartsWith("20", StringComparison.Ordinal);

    private sealed record Known(IReadOnlyList<string> Words, IReadOnlyList<string> Phones);
}
