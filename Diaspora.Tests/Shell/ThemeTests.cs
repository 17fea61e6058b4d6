using System.Globalization;
using System.Text.RegularExpressions;
using Diaspora.Web.Shell.Theme;
using MudBlazor;
using MudBlazor.Utilities;
using Xunit;

namespace Diaspora.Tests.Shell;

/// <summary>The tokens of the style sheet are the one source of colours; the theme of the components repeats them.</summary>
public sealed partial class ThemeTests
{
    private static readonly Dictionary<string, string> LightTokens = Read(dark: false);
    private static readonly Dictionary<string, string> DarkTokens = Read(dark: true);

    /// <summary>The brief's table: which token each colour of MudBlazor is.</summary>
    private static readonly Dictionary<string, string> Names = new()
    {
        [nameof(Palette.Primary)] = "primary",
        [nameof(Palette.PrimaryContrastText)] = "on-primary",
        [nameof(Palette.Secondary)] = "accent",
        [nameof(Palette.SecondaryContrastText)] = "on-accent",
        [nameof(Palette.Tertiary)] = "exempt-ink",
        [nameof(Palette.TertiaryContrastText)] = "on-feedback",
        [nameof(Palette.Success)] = "success",
        [nameof(Palette.Warning)] = "warning",
        [nameof(Palette.Error)] = "error",
        [nameof(Palette.Info)] = "info",
        [nameof(Palette.SuccessContrastText)] = "on-feedback",
        [nameof(Palette.WarningContrastText)] = "on-feedback",
        [nameof(Palette.ErrorContrastText)] = "on-feedback",
        [nameof(Palette.InfoContrastText)] = "on-feedback",
        [nameof(Palette.Dark)] = "deep",
        [nameof(Palette.DarkContrastText)] = "on-deep",
        [nameof(Palette.Background)] = "bg",
        [nameof(Palette.BackgroundGray)] = "surface-2",
        [nameof(Palette.Surface)] = "surface",
        [nameof(Palette.AppbarBackground)] = "surface",
        [nameof(Palette.AppbarText)] = "ink",
        [nameof(Palette.DrawerBackground)] = "deep",
        [nameof(Palette.DrawerText)] = "on-deep-2",
        [nameof(Palette.DrawerIcon)] = "on-deep-2",
        [nameof(Palette.TextPrimary)] = "ink",
        [nameof(Palette.TextSecondary)] = "ink-2",
        [nameof(Palette.TextDisabled)] = "ink-disabled",
        [nameof(Palette.ActionDefault)] = "ink-2",
        [nameof(Palette.ActionDisabled)] = "ink-3",
        [nameof(Palette.ActionDisabledBackground)] = "surface-3",
        [nameof(Palette.LinesDefault)] = "line",
        [nameof(Palette.TableLines)] = "line",
        [nameof(Palette.Divider)] = "line",
        [nameof(Palette.DividerLight)] = "line",
        [nameof(Palette.LinesInputs)] = "line-strong",
        [nameof(Palette.TableHover)] = "surface-2",
        [nameof(Palette.TableStriped)] = "bg",
        [nameof(Palette.Skeleton)] = "surface-3",
    };

    /// <summary>The same, of colours that MudBlazor keeps as text.</summary>
    private static readonly Dictionary<string, string> TextNames = new()
    {
        [nameof(Palette.PrimaryDarken)] = "primary-hover",
        [nameof(Palette.PrimaryLighten)] = "primary-line",
        [nameof(Palette.GrayDefault)] = "ink-3",
        [nameof(Palette.GrayLight)] = "line-strong",
        [nameof(Palette.GrayLighter)] = "line",
    };

    private static readonly (string Ink, string Ground)[] Pairs =
    [
        .. from ink in (string[])["ink", "ink-2", "ink-3"] from ground in (string[])["bg", "surface", "surface-2"] select (ink, ground),
        ("on-primary", "primary"), ("on-primary", "primary-hover"), ("primary-ink", "primary-soft"), ("primary-ink", "surface"), ("primary", "surface"),
        ("on-accent", "accent"), ("accent-ink", "accent-soft"), ("accent-ink", "surface"), ("accent-on-deep", "deep"),
        ("on-deep", "deep"), ("on-deep-2", "deep"), ("on-deep", "deep-2"), ("on-deep-2", "deep-2"),
        ("on-feedback", "success"), ("on-feedback", "warning"), ("on-feedback", "error"), ("on-feedback", "info"),
        ("error", "surface"), ("error", "bg"),
    ];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Theme_EachColour_IsTheTokenOfTheStyleSheet(bool dark)
    {
        Palette palette = dark ? PortalTheme.Dark.PaletteDark : PortalTheme.Light.PaletteLight;
        var tokens = dark ? DarkTokens : LightTokens;
        var wanted = Names.Concat(TextNames).Select(pair => $"{pair.Key} {new MudColor(tokens[pair.Value])}");
        var given = Names.Concat(TextNames).Select(pair => $"{pair.Key} {Colour(typeof(Palette).GetProperty(pair.Key)!.GetValue(palette)!)}");
        Assert.Equal(wanted, given);

        static MudColor Colour(object value) => value as MudColor ?? new MudColor((string)value);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Read_EveryPairOfInkAndGround_HasContrastEnough(bool dark)
    {
        var tokens = dark ? DarkTokens : LightTokens;
        var statuses = tokens.Keys.Where(name => name.EndsWith("-soft", StringComparison.Ordinal)).Select(name => (Ink: name.Replace("-soft", "-ink", StringComparison.Ordinal), Ground: name)).ToList();
        Assert.True(statuses.Count >= 9);
        var faint = Pairs.Concat(statuses)
            .Select(pair => (pair.Ink, pair.Ground, Contrast: Contrast(tokens[pair.Ink], tokens[pair.Ground] == "transparent" ? tokens["bg"] : tokens[pair.Ground])))
            .Where(pair => pair.Contrast < 4.5)
            .Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Ink} on {pair.Ground}: {pair.Contrast:0.00}"));
        Assert.Equal("", string.Join('\n', faint));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Read_BordersThatCarryMeaning_HaveContrastEnough(bool dark)
    {
        var tokens = dark ? DarkTokens : LightTokens;
        Assert.True(Contrast(tokens["line-strong"], tokens["surface"]) >= 3);
        Assert.True(Contrast(tokens["focus"], tokens["surface"]) >= 3);
    }

    private static Dictionary<string, string> Read(bool dark)
    {
        var css = File.ReadAllText(Path.Combine(Sources.Root, "Diaspora.Web", "wwwroot", "css", "tokens.css"));
        css = Comment().Replace(css, "");
        var tokens = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (Match block in Block().Matches(css))
        {
            if (block.Groups["selector"].Value.Trim() is var selector && (selector == ":root" || (dark && selector.Contains("data-theme", StringComparison.Ordinal) && selector.Contains("dark", StringComparison.Ordinal))))
            {
                foreach (Match token in Token().Matches(block.Groups["body"].Value))
                {
                    tokens[token.Groups["name"].Value] = token.Groups["value"].Value.Trim();
                }
            }
        }

        // A token may be another token.
        foreach (var (name, value) in tokens.ToList())
        {
            if (Reference().Match(value) is { Success: true } match)
            {
                tokens[name] = tokens[match.Groups["name"].Value];
            }
        }

        return tokens;
    }

    private static double Contrast(string one, string other)
    {
        var (lighter, darker) = (Math.Max(Luminance(one), Luminance(other)), Math.Min(Luminance(one), Luminance(other)));
        return (lighter + 0.05) / (darker + 0.05);
    }

    private static double Luminance(string colour)
    {
        var mud = new MudColor(colour);
        return 0.2126 * Linear(mud.R) + 0.7152 * Linear(mud.G) + 0.0722 * Linear(mud.B);

        static double Linear(byte value) => value / 255.0 is var share && share <= 0.04045 ? share / 12.92 : Math.Pow((value / 255.0 + 0.055) / 1.055, 2.4);
    }

    [GeneratedRegex(@"/\*.*?\*/", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"(?<selector>[^{}]+)\{(?<body>[^{}]*)\}")]
    private static partial Regex Block();

    [GeneratedRegex(@"--d-(?<name>[\w-]+)\s*:\s*(?<value>[^;]+);")]
    private static partial Regex Token();

    [GeneratedRegex(@"^var\(--d-(?<name>[\w-]+)\)$")]
    private static partial Regex Reference();
}
