using MudBlazor;
using MudBlazor.Utilities;

namespace Diaspora.Web.Shell.Theme;

/// <summary>
/// The tokens of wwwroot/css/tokens.css in MudBlazor's words. Colours have to be repeated, because MudBlazor computes with them;
/// sizes are read from the tokens.
/// </summary>
public static class PortalTheme
{
    private const string Deep = "#0f2c3d";
    private const string OnDeep = "#f7f2e8";
    private const string OnDeepMuted = "#b9ccd4";
    private const string InkOnGold = "#14252e";

    /// <summary>What every page has.</summary>
    public static readonly MudTheme Light = For(":root");

    /// <summary>What stands over it while the page is dark.</summary>
    public static readonly MudTheme Dark = For(":root[data-theme=dark]");

    /// <summary>The colour a browser gives its own bar: that of the page's head.</summary>
    public static string BarOf(bool dark) => (dark ? Dark.PaletteDark.AppbarBackground : Light.PaletteLight.AppbarBackground).ToString(MudColorOutputFormats.Hex);

    /// <summary>The colour of the page itself.</summary>
    public static string GroundOf(bool dark) => (dark ? Dark.PaletteDark.Background : Light.PaletteLight.Background).ToString(MudColorOutputFormats.Hex);

    private static MudTheme For(string scope) => new()
    {
        PaletteLight = LightPalette(),
        PaletteDark = DarkPalette(),
        PseudoCss = new PseudoCss { Scope = scope },
        Typography = PortalTypography.Create(),
        Shadows = new Shadow { Elevation = Elevation() },
        LayoutProperties = new LayoutProperties
        {
            DefaultBorderRadius = "12px",
            AppbarHeight = "60px",
            DrawerWidthLeft = "232px",
            DrawerMiniWidthLeft = "92px",
        },
    };

    private static PaletteLight LightPalette() => new()
    {
        Primary = "#0b6a73",
        PrimaryContrastText = "#ffffff",
        PrimaryDarken = "#095a62",
        PrimaryLighten = "#9fcfd1",
        Secondary = "#d9a032",
        SecondaryContrastText = InkOnGold,
        Tertiary = "#57477c",
        TertiaryContrastText = "#ffffff",
        Success = "#1f7440",
        SuccessContrastText = "#ffffff",
        Warning = "#8a5d00",
        WarningContrastText = "#ffffff",
        Error = "#a11c3e",
        ErrorContrastText = "#ffffff",
        Info = "#17548f",
        InfoContrastText = "#ffffff",
        Dark = Deep,
        DarkContrastText = OnDeep,
        Background = "#faf7f1",
        BackgroundGray = "#f4efe6",
        Surface = "#ffffff",
        AppbarBackground = "#ffffff",
        AppbarText = "#14252e",
        DrawerBackground = Deep,
        DrawerText = OnDeepMuted,
        DrawerIcon = OnDeepMuted,
        TextPrimary = "#14252e",
        TextSecondary = "#42525b",
        TextDisabled = "#8b9499",
        ActionDefault = "#42525b",
        ActionDisabled = "#5c686f",
        ActionDisabledBackground = "#ebe4d7",
        LinesDefault = "#e4dccd",
        TableLines = "#e4dccd",
        Divider = "#e4dccd",
        DividerLight = "#e4dccd",
        LinesInputs = "#857d6f",
        TableHover = "#f4efe6",
        TableStriped = "#faf7f1",
        Skeleton = "#ebe4d7",
        OverlayDark = "rgba(15,44,61,0.48)",
        OverlayLight = "rgba(15,44,61,0.48)",
        GrayDefault = "#5c686f",
        GrayLight = "#857d6f",
        GrayLighter = "#e4dccd",
        HoverOpacity = 0.06,
        RippleOpacity = 0.10,
    };

    private static PaletteDark DarkPalette() => new()
    {
        Primary = "#5cc8c8",
        PrimaryContrastText = "#042326",
        PrimaryDarken = "#78d5d4",
        PrimaryLighten = "#2c6b70",
        Secondary = "#e7b854",
        SecondaryContrastText = InkOnGold,
        Tertiary = "#cdbff0",
        TertiaryContrastText = "#0b171e",
        Success = "#8bd8a5",
        SuccessContrastText = "#0b171e",
        Warning = "#f2cd7e",
        WarningContrastText = "#0b171e",
        Error = "#ffa6b7",
        ErrorContrastText = "#0b171e",
        Info = "#a2cdf6",
        InfoContrastText = "#0b171e",
        Dark = Deep,
        DarkContrastText = OnDeep,
        Background = "#0b171e",
        BackgroundGray = "#182d38",
        Surface = "#12232c",
        AppbarBackground = "#12232c",
        AppbarText = "#eef3f2",
        DrawerBackground = Deep,
        DrawerText = OnDeepMuted,
        DrawerIcon = OnDeepMuted,
        TextPrimary = "#eef3f2",
        TextSecondary = "#bccbd0",
        TextDisabled = "#64767e",
        ActionDefault = "#bccbd0",
        ActionDisabled = "#9aacb3",
        ActionDisabledBackground = "#213a47",
        LinesDefault = "#294350",
        TableLines = "#294350",
        Divider = "#294350",
        DividerLight = "#294350",
        LinesInputs = "#77909b",
        TableHover = "#182d38",
        TableStriped = "#0b171e",
        Skeleton = "#213a47",
        OverlayDark = "rgba(2,8,12,0.64)",
        OverlayLight = "rgba(2,8,12,0.64)",
        GrayDefault = "#9aacb3",
        GrayLight = "#77909b",
        GrayLighter = "#294350",
        HoverOpacity = 0.08,
        RippleOpacity = 0.12,
    };

    /// <summary>Borders first: only what floats (8 and up) has a real shadow.</summary>
    private static string[] Elevation() =>
    [
        .. new Shadow().Elevation.Select((_, level) => level switch
        {
            0 => "none",
            1 => "var(--d-shadow-1)",
            < 8 => "var(--d-shadow-2)",
            _ => "var(--d-shadow-3)",
        }),
    ];
}
