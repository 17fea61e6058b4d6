using MudBlazor;

namespace Diaspora.Web.Shell.Theme;

/// <summary>MudBlazor's typography, read from the tokens so that it grows with the screen as they do.</summary>
internal static class PortalTypography
{
    private static readonly string[] Family = ["var(--d-font)"];

    public static Typography Create() => new()
    {
        Default = Fill(new DefaultTypography(), "1rem", "1.5", "400"),
        H1 = Fill(new H1Typography(), "var(--d-fs-h1)", "var(--d-lh-h1)", "700", "-.012em"),
        H2 = Fill(new H2Typography(), "var(--d-fs-h2)", "var(--d-lh-h2)", "700"),
        H3 = Fill(new H3Typography(), "var(--d-fs-h3)", "var(--d-lh-h3)", "600"),
        H4 = Fill(new H4Typography(), "var(--d-fs-h3)", "var(--d-lh-h3)", "600"),
        H5 = Fill(new H5Typography(), "var(--d-fs-h3)", "var(--d-lh-h3)", "600"),
        H6 = Fill(new H6Typography(), "var(--d-fs-h3)", "var(--d-lh-h3)", "600"),
        Subtitle1 = Fill(new Subtitle1Typography(), "var(--d-fs-h3)", "var(--d-lh-h3)", "600"),
        Subtitle2 = Fill(new Subtitle2Typography(), "var(--d-fs-small)", "var(--d-lh-small)", "600"),
        Body1 = Fill(new Body1Typography(), "var(--d-fs-body)", "var(--d-lh-body)", "400"),
        Body2 = Fill(new Body2Typography(), "var(--d-fs-small)", "var(--d-lh-small)", "400"),
        Button = Fill(new ButtonTypography(), "1rem", "1.2", "600"),
        Caption = Fill(new CaptionTypography(), "var(--d-fs-caption)", "var(--d-lh-caption)", "400"),
        Overline = Fill(new OverlineTypography(), "var(--d-fs-caption)", "var(--d-lh-caption)", "400"),
    };

    private static T Fill<T>(T type, string size, string line, string weight, string tracking = "normal")
        where T : BaseTypography
    {
        type.FontFamily = Family;
        type.FontSize = size;
        type.LineHeight = line;
        type.FontWeight = weight;
        type.LetterSpacing = tracking;
        type.TextTransform = "none";
        return type;
    }
}
