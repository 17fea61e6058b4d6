namespace Diaspora.Web.Shell.Layout;

/// <summary>MudBlazor's looks for buttons that have to work without a circuit, and so are none of its components.</summary>
public static class PlainButton
{
    public const string Fill = Root + " mud-button mud-button-filled mud-button-filled-primary";
    public const string Quiet = Root + " mud-button mud-button-outlined mud-button-outlined-default";
    public const string Text = Root + " mud-button mud-button-text mud-button-text-primary";
    public const string Icon = Root + " mud-icon-button";
    private const string Root = "mud-button-root";
}
