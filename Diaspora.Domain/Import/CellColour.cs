using System.Buffers;
using System.Globalization;

namespace Diaspora.Domain.Import;

/// <summary>The names by which a colour is told to whoever cannot see it.</summary>
public enum ColourName
{
    Black,
    Grey,
    Red,
    Orange,
    Yellow,
    Green,
    LightBlue,
    Blue,
    Violet,
    Pink,
}

/// <summary>A cell without a text that is filled with a colour, which many keep as a mark: written as a word of its own, so that it is asked and answered as one.</summary>
public static class CellColour
{
    private const string Beginning = "■#";
    private const int Length = 8;
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789ABCDEF");

    /// <param name="rgb">Six hexadecimal digits.</param>
    public static string Of(string rgb) => Beginning + rgb;

    public static bool IsOne(string? cell) => cell is { Length: Length } && cell.StartsWith(Beginning, StringComparison.Ordinal) && cell.AsSpan(2).IndexOfAnyExcept(Digits) < 0;

    /// <summary>As pages write it: <c>#92D050</c>.</summary>
    public static string HexOf(string cell) => cell[1..];

    public static ColourName NameOf(string cell)
    {
        var rgb = int.Parse(cell.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        var (red, green, blue) = (rgb >> 16, rgb >> 8 & 0xFF, rgb & 0xFF);
        var (most, least) = (Math.Max(red, Math.Max(green, blue)), Math.Min(red, Math.Min(green, blue)));
        if (most - least < 24)
        {
            return most < 64 ? ColourName.Black : ColourName.Grey;
        }

        var hue = 60.0 / (most - least) * (most == red ? green - blue : most == green ? blue - red + 2 * (most - least) : red - green + 4 * (most - least));
        return (hue < 0 ? hue + 360 : hue) switch
        {
            < 15 => ColourName.Red,
            < 45 => ColourName.Orange,
            < 68 => ColourName.Yellow,
            < 165 => ColourName.Green,
            < 205 => ColourName.LightBlue,
            < 255 => ColourName.Blue,
            < 290 => ColourName.Violet,
            < 345 => ColourName.Pink,
            _ => ColourName.Red,
        };
    }
}
