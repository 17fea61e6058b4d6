namespace Diaspora.Domain.Members;

/// <summary>How a payer's name fits a member's.</summary>
internal enum NameFit
{
    None,

    /// <summary>The surname begins with the same letter.</summary>
    Initial,

    /// <summary>It may be the same name in another spelling, or a part of it.</summary>
    Loose,
    Exact,
}

/// <summary>A name taken apart: whole words and single letters, as a bank (<c>Имя Ф.</c>) or a list of members writes it.</summary>
internal sealed class NameWords
{
    private static readonly char[] Gaps = [' ', '-', '–', '—', '.', ',', '\t', '\n', '\r', '(', ')', '"', '«', '»'];

    /// <summary>«Son of», «daughter of»: written or left out as one likes.</summary>
    private static readonly HashSet<string> Kinship = ["ogli", "oglu", "ogly", "kizi", "gizi", "uli", "sin"];

    private static readonly string[] OfSurnames = ["ov", "ev", "ova", "eva", "zade", "enko", "ski", "skaa", "beili", "beyli"];

    private readonly Word[] _words;
    private readonly Word[] _letters;
    private readonly int _surname;

    public NameWords(string name)
    {
        Word[] all = [.. name.Visible().Split(Gaps, StringSplitOptions.RemoveEmptyEntries).Select(Word.Of).Where(word => word.Strict.Length > 0 && !Kinship.Contains(word.Strict))];
        _words = [.. all.Where(word => !word.IsLetter)];
        _letters = [.. all.Where(word => word.IsLetter)];
        _surname = Math.Max(Array.FindIndex(_words, word => OfSurnames.Any(end => word.Strict.Length > end.Length + 1 && word.Strict.EndsWith(end, StringComparison.Ordinal))), 0);
    }

    /// <summary>The keys by which a name that may be the same is found: each word, and neighbours written as one.</summary>
    public IEnumerable<string> Keys => _words.Select(word => word.Loose).Concat(_words.Zip(_words.Skip(1), Joined)).Distinct();

    /// <summary>Of each word what stays when it is inflected.</summary>
    public IEnumerable<string> Stems => _words.Select(word => StemOf(word.Loose)).Where(stem => stem.Length >= ShortestStem).Distinct();

    /// <summary>
    /// For each word what LIKE finds it by in <see cref="NameSkeleton"/>, written in whichever alphabet. They find more than the same name, so whoever uses them
    /// asks <see cref="IsAlike"/> besides.
    /// </summary>
    public IReadOnlyList<string> Patterns =>
        [.. _words.Select(word => word.Loose).Distinct().Select(loose => $"%{string.Concat(loose.Select(letter => letter switch { 'a' or 'g' => '_', 'c' => '%', _ => letter }))}%")];

    /// <summary>A shorter word means too many things.</summary>
    public const int ShortestStem = 3;

    public bool IsEmpty => _words.Length == 0;

    public static string StemOf(string loose) => loose.TrimEnd('a', 'i', 'u');

    /// <summary>The key of a single word.</summary>
    public static string KeyOf(string word) => Word.Of(word).Loose;

    /// <summary>Whether they may be one person's: all words of the one are in the other, in any order, alphabet and spelling. One word alone is nobody's whole name.</summary>
    public bool IsAlike(NameWords other) => IsWithin(other) || other.IsWithin(this);

    private bool IsWithin(NameWords other) => _words.Length + _letters.Length >= 2 && Fits(other) is NameFit.Loose or NameFit.Exact;

    /// <summary>How this name, as a payer's, fits a member's.</summary>
    public NameFit Fits(NameWords member)
    {
        if (_words.Length == 0)
        {
            return NameFit.None;
        }

        var free = Enumerable.Range(0, member._words.Length).ToList();
        var fit = NameFit.Exact;
        for (var at = 0; at < _words.Length; at++)
        {
            if (Take(free, member, word => word.Strict == _words[at].Strict))
            {
                continue;
            }

            var joined = at + 1 < _words.Length ? Joined(_words[at], _words[at + 1]) : null;
            if (Take(free, member, word => word.Loose == _words[at].Loose) || TakePair(free, member, _words[at].Loose))
            {
                fit = NameFit.Loose;
            }
            else if (joined is not null && Take(free, member, word => word.Loose == joined))
            {
                (fit, at) = (NameFit.Loose, at + 1);
            }
            else
            {
                return NameFit.None;
            }
        }

        foreach (var letter in _letters)
        {
            // The letter is the surname's; that of a father's name is a poor likeness.
            var isSurname = free.Contains(member._surname) || free.Count == 1;
            if (Take(free, member, word => isSurname && (member._words.Length < 3 || word == member._words[member._surname]) && word.Begins(letter)))
            {
                continue;
            }

            if (!Take(free, member, word => word.MayBegin(letter)))
            {
                return NameFit.None;
            }

            fit = NameFit.Loose;
        }

        return _words.Length + _letters.Length < 2 ? NameFit.Loose : fit;
    }

    /// <summary>Whether the surname begins as the payer's does, or is the same where it is written out.</summary>
    public bool SharesInitial(NameWords member) =>
        member._words.Length > 0 && SharesInitial(member._words[member._surname]);

    private bool SharesInitial(Word surname)
    {
        foreach (var letter in _letters)
        {
            if (surname.MayBegin(letter))
            {
                return true;
            }
        }

        return _letters.Length == 0 && _words.Length > 1 && Array.Exists(_words, word => StemOf(word.Loose) == StemOf(surname.Loose));
    }

    /// <summary>Two words as one: Мамед Заде, and Мамедзаде, of which дз is one letter in the skeleton.</summary>
    private static string Joined(Word one, Word next) => (one.Loose + next.Loose).Replace("dz", "c", StringComparison.Ordinal);

    private static bool Take(List<int> free, NameWords member, Func<Word, bool> fits)
    {
        var at = free.FindIndex(index => fits(member._words[index]));
        if (at >= 0)
        {
            free.RemoveAt(at);
        }

        return at >= 0;
    }

    /// <summary>What one writes as one word, the other writes as two.</summary>
    private static bool TakePair(List<int> free, NameWords member, string loose)
    {
        var first = free.FindIndex(index => free.Contains(index + 1) && Joined(member._words[index], member._words[index + 1]) == loose);
        if (first >= 0)
        {
            free.RemoveRange(first, 2);
        }

        return first >= 0;
    }

    /// <param name="Strict">The skeleton.</param>
    /// <param name="Loose">The skeleton without the differences between alphabets: Гасан and Həsən, Джейхун and Ceyhun, Фарид and Ферид.</param>
    /// <param name="Initials">The letters it may begin with, in the loose spelling.</param>
    private sealed record Word(string Strict, string Loose, string Initials, bool IsLetter)
    {
        public static Word Of(string raw)
        {
            var small = raw.Small();
            var strict = NameSkeleton.Of(raw).Replace(" ", "", StringComparison.Ordinal);
            var loose = string.Concat(strict.Replace("dj", "c", StringComparison.Ordinal).Select(Broad));
            return new Word(strict, loose, strict.Length == 0 ? "" : loose[..1] + Besides(small), small.Length == 1 || small is "дж" or "sh" or "ch" or "kh" or "zh" or "dj");
        }

        public bool Begins(Word letter) => Strict[0] == letter.Strict[0];

        public bool MayBegin(Word letter) => Begins(letter) || Initials.AsSpan().IndexOfAny(letter.Initials) >= 0;

        private static char Broad(char letter) => letter switch { 'e' or 'o' => 'a', 'k' or 'h' or 'q' => 'g', 'j' => 'c', _ => letter };

        /// <summary>What another alphabet makes of the first letter.</summary>
        private static string Besides(string small) => small switch
        {
            ['д', 'ж', ..] or ['d', 'j', ..] or ['c', not 'h', ..] or ['c'] or ['ҹ', ..] => "cd",
            ['ю' or 'я' or 'ё' or 'е' or 'y' or 'ј', ..] => "i",
            ['z', 'h', ..] or ['ж', ..] => "zc",
            ['t', 's', ..] or ['ц', ..] => "ts",
            _ => "",
        };
    }
}
