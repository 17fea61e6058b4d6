using System.Text;

namespace Diaspora.Web.Kaspi.Pdf;

/// <summary>What stands on one baseline of a page, from left to right.</summary>
internal sealed class TextRow
{
    /// <summary>A fifth of a letter's height: cells stand further apart, letters of a word closer.</summary>
    private const double Gap = 1.6;

    /// <summary>Of baselines that are one row to the eye.</summary>
    private const double SameRow = 2;

    private readonly List<Glyph> _glyphs;

    private TextRow(List<Glyph> glyphs)
    {
        _glyphs = WithoutOverprint(glyphs);
        Text = Join(_glyphs);
    }

    public string Text { get; }

    /// <summary>The rows of a page from its top down.</summary>
    public static IReadOnlyList<TextRow> Of(GlyphPage page)
    {
        List<TextRow> rows = [];
        List<Glyph> row = [];
        foreach (var glyph in page.Glyphs.OrderByDescending(glyph => glyph.Base))
        {
            if (row.Count > 0 && row[0].Base - glyph.Base > SameRow)
            {
                rows.Add(new TextRow(row));
                row = [];
            }

            row.Add(glyph);
        }

        if (row.Count > 0)
        {
            rows.Add(new TextRow(row));
        }

        return rows.FindAll(each => each.Text.Length > 0);
    }

    /// <summary>The text of what begins between two places.</summary>
    public string Between(double left, double right) => Join(_glyphs.Where(glyph => glyph.Left >= left && glyph.Left < right));

    /// <summary>The text from a place on, cut in two behind so many signs that are no space; and where the second part begins.</summary>
    public (string Before, string After, double? Place) SplitAfter(double left, int signs)
    {
        var from = _glyphs.FindAll(glyph => glyph.Left >= left);
        var at = 0;
        for (var length = 0; at < from.Count && length < signs; at++)
        {
            length += from[at].Text.Count(sign => !char.IsWhiteSpace(sign));
        }

        while (at < from.Count && string.IsNullOrWhiteSpace(from[at].Text))
        {
            at++;
        }

        return (Join(from.Take(at)), Join(from.Skip(at)), at < from.Count ? from[at].Left : null);
    }

    /// <summary>Where a word of the row begins; nothing where it is not there.</summary>
    public double? LeftOf(string word)
    {
        var visible = _glyphs.FindAll(glyph => !string.IsNullOrWhiteSpace(glyph.Text));
        var at = string.Concat(visible.Select(glyph => glyph.Text)).IndexOf(word, StringComparison.OrdinalIgnoreCase);
        foreach (var glyph in visible)
        {
            if (at <= 0)
            {
                return at == 0 ? glyph.Left : null;
            }

            at -= glyph.Text.Length;
        }

        return null;
    }

    /// <summary>
    /// Bold letters are printed twice, a hair apart. The library's own remedy compares each letter of a page with all others, which an evil page makes slow; in a row sorted
    /// by place it is enough to look back a little.
    /// </summary>
    private static List<Glyph> WithoutOverprint(List<Glyph> glyphs)
    {
        List<Glyph> kept = [];
        foreach (var glyph in glyphs.OrderBy(glyph => glyph.Left))
        {
            var isTwice = false;
            for (var back = kept.Count - 1; back >= 0 && back >= kept.Count - 4 && !isTwice; back--)
            {
                isTwice = kept[back].Text == glyph.Text && glyph.Left - kept[back].Left < (glyph.Right - glyph.Left) * 0.4;
            }

            if (!isTwice)
            {
                kept.Add(glyph);
            }
        }

        return kept;
    }

    private static string Join(IEnumerable<Glyph> glyphs)
    {
        var text = new StringBuilder();
        var end = double.NegativeInfinity;
        foreach (var glyph in glyphs)
        {
            if (string.IsNullOrWhiteSpace(glyph.Text) || glyph.Left - end > Gap)
            {
                if (text.Length > 0 && text[^1] != ' ')
                {
                    text.Append(' ');
                }
            }

            if (!string.IsNullOrWhiteSpace(glyph.Text))
            {
                text.Append(glyph.Text);
            }

            end = glyph.Right;
        }

        // A font may name half a sign, which no text may hold.
        var joined = text.ToString();
        return (joined.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF') ? Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(joined)) : joined).Visible().Trim();
    }
}
