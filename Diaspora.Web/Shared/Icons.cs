using System.Collections.Concurrent;
using System.Collections.Frozen;
using Microsoft.AspNetCore.Components;

namespace Diaspora.Web.Shared;

/// <summary>The inner markup of every icon, on a 24 grid. MudIcon takes the same strings.</summary>
public static class Icons
{
    private const string Line = """<g fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">""";
    private const string End = "</g>";
    private static readonly ConcurrentDictionary<(string Icon, string? Class), MarkupString> Drawn = new();
    private static readonly ConcurrentDictionary<(string Icon, string? Class), MarkupString> Named = new();

    public const string Paid = """<path fill="currentColor" fill-rule="evenodd" d="M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zm5.1 7.7-6 6.3a1 1 0 0 1-1.45 0l-2.8-2.9a1 1 0 1 1 1.45-1.4l2.07 2.15 5.28-5.54a1 1 0 0 1 1.45 1.39z"/>""";
    public const string Pending = Line + """<circle cx="12" cy="12" r="9"/><path d="M12 7v5.2l3.4 2"/>""" + End;
    public const string Due = Line + """<rect x="3.5" y="5" width="17" height="15.5" rx="3"/><path d="M3.5 10h17M8 2.8v4M16 2.8v4"/><circle cx="12" cy="15.2" r="1.6" fill="currentColor" stroke="none"/>""" + End;
    public const string Overdue = """<path fill="currentColor" fill-rule="evenodd" d="M10.1 3.6a2.2 2.2 0 0 1 3.8 0l8.2 14.3a2.2 2.2 0 0 1-1.9 3.3H3.8a2.2 2.2 0 0 1-1.9-3.3L10.1 3.6zM11 9v5a1 1 0 1 0 2 0V9a1 1 0 1 0-2 0zm1 9.6a1.3 1.3 0 1 0 0-2.6 1.3 1.3 0 0 0 0 2.6z"/>""";
    public const string Exempt = Line + """<path d="M12 2.8 4.5 5.6v6c0 4.6 3.1 8 7.5 9.6 4.4-1.6 7.5-5 7.5-9.6v-6L12 2.8z"/><path d="M8.8 12h6.4"/>""" + End;
    public const string Prepaid = Line + """<path d="m3.5 12.5 3.8 4L14.5 8M12 15.7l.8.8L20 8"/>""" + End;
    public const string Before = Line + """<path d="M6 12h12"/>""" + End;
    public const string Ahead = Line + """<circle cx="12" cy="12" r="8.5" stroke-dasharray="3.2 3.5"/>""" + End;
    public const string Check = Line + """<path d="m5 12.5 4.5 4.7L19 7.5"/>""" + End;
    public const string Cross = Line + """<path d="M6 6l12 12M18 6 6 18"/>""" + End;
    public const string Home = Line + """<path d="M3.5 11 12 4l8.5 7M5.8 9.5V20h12.4V9.5"/><path d="M10 20v-5.5h4V20"/>""" + End;
    public const string Receipts = Line + """<path d="M6 3.5h12v17l-2.4-1.6-1.8 1.6-1.8-1.6-1.8 1.6-1.8-1.6L6 20.5v-17z"/><path d="M9.5 8.5h5M9.5 12.5h5"/>""" + End;
    public const string User = Line + """<circle cx="12" cy="8" r="4"/><path d="M4.5 20.5c.6-4 3.7-6 7.5-6s6.9 2 7.5 6"/>""" + End;
    public const string Users = Line + """<circle cx="9" cy="8.5" r="3.5"/><path d="M2.8 19.5c.5-3.6 3-5.3 6.2-5.3s5.7 1.7 6.2 5.3M15.5 5.3a3.5 3.5 0 0 1 0 6.4M17.8 14.6c1.9.7 3.1 2.3 3.4 4.9"/>""" + End;
    public const string Chart = Line + """<path d="M4 20.5h16.5M6.5 17v-5M11 17V6.5M15.5 17v-7.5M20 17V4"/>""" + End;
    public const string Log = Line + """<path d="M5 4v6h6M5.4 9.6A8 8 0 1 1 4.2 14"/><path d="M12 9v4.5l3 1.7"/>""" + End;
    public const string Gear = Line + """<circle cx="12" cy="12" r="3.2"/><path d="M12 2.8v2.6M12 18.6v2.6M2.8 12h2.6M18.6 12h2.6M5.5 5.5l1.9 1.9M16.6 16.6l1.9 1.9M5.5 18.5l1.9-1.9M16.6 7.4l1.9-1.9"/>""" + End;
    public const string Pulse = Line + """<path d="M2.5 12.5h4l2.7-7 4.8 13 2.8-6h4.7"/>""" + End;
    public const string Inbox = Line + """<path d="M3.5 13.5 6 5h12l2.5 8.5V19a1 1 0 0 1-1 1h-15a1 1 0 0 1-1-1v-5.5z"/><path d="M3.5 13.5H9a3 3 0 0 0 6 0h5.5"/>""" + End;
    public const string Search = Line + """<circle cx="10.8" cy="10.8" r="6.8"/><path d="m16 16 4.7 4.7"/>""" + End;
    public const string Copy = Line + """<rect x="8.5" y="8.5" width="12" height="12" rx="2.5"/><path d="M5 15.5H4.5a1 1 0 0 1-1-1v-10a1 1 0 0 1 1-1h10a1 1 0 0 1 1 1V5"/>""" + End;
    public const string Clip = Line + """<path d="m19.5 11.5-7.8 7.8a4.6 4.6 0 0 1-6.5-6.5l8.3-8.3a3.1 3.1 0 0 1 4.4 4.4l-8 8a1.5 1.5 0 0 1-2.2-2.2l7.3-7.3"/>""" + End;
    public const string Camera = Line + """<path d="M3 8.5a2 2 0 0 1 2-2h2.2L9 4h6l1.8 2.5H19a2 2 0 0 1 2 2V18a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V8.5z"/><circle cx="12" cy="13" r="3.6"/>""" + End;
    public const string Card = Line + """<rect x="3" y="5.5" width="18" height="13" rx="3"/><path d="M3 10h18M7 14.5h4"/>""" + End;
    public const string Door = Line + """<path d="M4 8V5.5A1.5 1.5 0 0 1 5.5 4H8M16 4h2.5A1.5 1.5 0 0 1 20 5.5V8M20 16v2.5a1.5 1.5 0 0 1-1.5 1.5H16M8 20H5.5A1.5 1.5 0 0 1 4 18.5V16M4 12h16"/>""" + End;
    public const string File = Line + """<path d="M6 3h8l4.5 4.5V21H6V3z"/><path d="M13.5 3v5h5M9 13h6M9 16.5h4"/>""" + End;
    public const string Down = Line + """<path d="m6 9.5 6 6 6-6"/>""" + End;
    public const string Right = Line + """<path d="m9.5 6 6 6-6 6"/>""" + End;
    public const string Left = Line + """<path d="m14.5 6-6 6 6 6"/>""" + End;
    public const string Back = Line + """<path d="M20 12H4.5M10.5 5.5 4 12l6.5 6.5"/>""" + End;
    public const string Download = Line + """<path d="M12 3.5v12M6.8 10.8 12 16l5.2-5.2M4 20.5h16"/>""" + End;
    public const string Upload = Line + """<path d="M12 16V3.5M6.8 8.7 12 3.5l5.2 5.2M4 20.5h16"/>""" + End;
    public const string Chat = Line + """<path d="M12 3.5a8.5 8.5 0 0 0-7.3 12.9L3.5 20.5l4.3-1.1A8.5 8.5 0 1 0 12 3.5z"/><path d="M8.5 11h7M8.5 14h4.5"/>""" + End;
    public const string Eye = Line + """<path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z"/><circle cx="12" cy="12" r="3"/>""" + End;
    public const string EyeOff = Line + """<path d="M4 4l16 16M9.5 6A9.6 9.6 0 0 1 12 5.5c6 0 9.5 6.5 9.5 6.5a17 17 0 0 1-3 3.7M6.3 7.7A16.5 16.5 0 0 0 2.5 12S6 18.5 12 18.5c1.6 0 3-.4 4.2-1M10 10a3 3 0 0 0 4 4.2"/>""" + End;
    public const string Edit = Line + """<path d="M4 20l.9-4L16.2 4.7a1.8 1.8 0 0 1 2.6 0l.5.5a1.8 1.8 0 0 1 0 2.6L8 19.1 4 20z"/><path d="M14.5 6.5l3 3"/>""" + End;
    public const string Undo = Line + """<path d="M8.5 4 4 8.5 8.5 13"/><path d="M4.5 8.5h9a6 6 0 0 1 0 12H9"/>""" + End;
    public const string Refresh = Line + """<path d="M20 5v5h-5"/><path d="M19.6 10A8 8 0 1 0 20 14"/>""" + End;
    public const string Offline = Line + """<path d="M3 3l18 18M8.5 15.5a5 5 0 0 1 6.6-.3M5 12a10 10 0 0 1 4-2.4M19 12a10 10 0 0 0-5.5-2.8M2 8.5a15 15 0 0 1 4.5-2.8M22 8.5A15 15 0 0 0 10.5 5"/><circle cx="12" cy="19" r="1.3" fill="currentColor" stroke="none"/>""" + End;
    public const string Phone = Line + """<path d="M6.5 3.5h3l1.5 4.5-2 1.5a11 11 0 0 0 5.5 5.5l1.5-2 4.5 1.5v3a2 2 0 0 1-2.2 2A16.5 16.5 0 0 1 4.5 5.7a2 2 0 0 1 2-2.2z"/>""" + End;
    public const string Lock = Line + """<rect x="4.5" y="10.5" width="15" height="10" rx="2.5"/><path d="M8 10.5V7.8a4 4 0 0 1 8 0v2.7"/>""" + End;
    public const string Info = Line + """<circle cx="12" cy="12" r="9"/><path d="M12 11v5.5"/><circle cx="12" cy="7.6" r="1.25" fill="currentColor" stroke="none"/>""" + End;
    public const string Alert = Line + """<circle cx="12" cy="12" r="9"/><path d="M12 7v6"/><circle cx="12" cy="16.4" r="1.25" fill="currentColor" stroke="none"/>""" + End;
    public const string Plus = Line + """<path d="M12 5v14M5 12h14"/>""" + End;
    public const string More = """<g fill="currentColor"><circle cx="5" cy="12" r="2"/><circle cx="12" cy="12" r="2"/><circle cx="19" cy="12" r="2"/></g>""";
    public const string External = Line + """<path d="M13.5 4H20v6.5M20 4l-9 9M17.5 14v5a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V7.5a1 1 0 0 1 1-1h5"/>""" + End;
    public const string Filter = Line + """<path d="M4 6h16M7 12h10M10 18h4"/>""" + End;
    public const string Sun = Line + """<circle cx="12" cy="12" r="4"/><path d="M12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4"/>""" + End;
    public const string Moon = Line + """<path d="M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5z"/>""" + End;
    public const string Pause = Line + """<circle cx="12" cy="12" r="9"/><path d="M10 9v6M14 9v6"/>""" + End;
    public const string Block = Line + """<circle cx="12" cy="12" r="9"/><path d="m5.8 5.8 12.4 12.4"/>""" + End;
    public const string Bell = Line + """<path d="M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 2h-15l1.5-2z"/><path d="M10 21h4"/>""" + End;
    public const string Hand = Line + """<path d="M4 12.5v6.5h3.5l5 1.5 7.5-4a1.7 1.7 0 0 0-1.8-2.9L14 15.5"/><path d="M7.5 13.5h4.7a1.8 1.8 0 0 1 0 3.6H10"/><circle cx="15" cy="6.5" r="3.5"/>""" + End;

    /// <summary>What lines of a list and the frame of a page show, by the name it has in the sprite.</summary>
    private static readonly FrozenDictionary<string, string> Names = new Dictionary<string, string>
    {
        [Paid] = "paid",
        [Pending] = "pending",
        [Due] = "due",
        [Overdue] = "overdue",
        [Exempt] = "exempt",
        [Prepaid] = "prepaid",
        [Before] = "before",
        [Ahead] = "ahead",
        [Pause] = "pause",
        [Block] = "block",
        [Check] = "check",
        [Cross] = "cross",
        [Undo] = "undo",
        [Edit] = "edit",
        [More] = "more",
        [Chat] = "chat",
        [Card] = "card",
        [Clip] = "clip",
        [Door] = "door",
        [Eye] = "eye",
        [Receipts] = "receipts",
        [User] = "user",
        [Plus] = "plus",
        [Alert] = "alert",
        [Info] = "info",
        [Lock] = "lock",
        [Hand] = "hand",
        [Copy] = "copy",
        [Left] = "left",
        [Right] = "right",
        [Down] = "down",
        [External] = "external",
        [Download] = "download",
        [Upload] = "upload",
        [Search] = "search",
        [Inbox] = "inbox",
        [Users] = "users",
        [Chart] = "chart",
        [Log] = "log",
        [Gear] = "gear",
        [Pulse] = "pulse",
        [Home] = "home",
        [Sun] = "sun",
        [Moon] = "moon",
        [Bell] = "bell",
    }.ToFrozenDictionary();

    /// <summary>These icons drawn once, as a plain part of every live page: a line names them and no circuit carries them.</summary>
    public static readonly MarkupString Sprite = new($"""<svg width="0" height="0" style="position:absolute" aria-hidden="true" focusable="false">{string.Concat(Names.Select(Symbol))}</svg>""");

    /// <summary>The whole icon as one piece of markup. Where there are hundreds on a page: a component each takes three kilobytes of the circuit.</summary>
    /// <param name="name">Inner markup, one of these here.</param>
    public static MarkupString Svg(string name, string? css = null) => Drawn.GetOrAdd((name, css), static key => new MarkupString(Whole(key.Icon, key.Class)));

    /// <summary>The same out of the <see cref="Sprite"/>, for what stands in every line. Plain pages have no sprite. What is not in it is drawn.</summary>
    public static MarkupString Use(string name, string? css = null) => Named.GetOrAdd((name, css), static key => new MarkupString(Whole(UseIn(key.Icon), key.Class)));

    /// <summary>The same for the <c>Icon</c> of MudBlazor's components.</summary>
    public static string UseIn(string name) => Names.TryGetValue(name, out var id) ? $"""<use href="#i-{id}"/>""" : name;

    private static string Whole(string inner, string? css) =>
        $"""<svg class="{(css is null ? "i" : $"i {css}")}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{inner}</svg>""";

    private static string Symbol(KeyValuePair<string, string> icon) => $"""<symbol id="i-{icon.Value}" viewBox="0 0 24 24">{icon.Key}</symbol>""";
}
