using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Diaspora.Domain.Access;
using Diaspora.Domain.Dues;
using Diaspora.Domain.Members;
using Diaspora.Web.Members.Admin.Actions;
using Diaspora.Web.Shared;
using Diaspora.Web.Shared.Look;
using Diaspora.Web.Shared.Status;
using Diaspora.Web.Shell;
using Microsoft.Extensions.Localization;

namespace Diaspora.Web.Members.Admin.List;

/// <summary>
/// The cells of a line as one piece of markup. Fifty lines of elements, buttons and handlers of their own cost a circuit a megabyte and three times the bytes
/// (docs/decisions/0030-the-grid.md); js/members.js names the controls and tells the page what is pressed and ticked, css/members.css draws the icons. Whatever a person wrote
/// is encoded; end tags and quotes that HTML does not need are left out, as every letter is sent fifty times, twice.
/// </summary>
public sealed class MemberCells(Reminders reminders, Wording words, IStringLocalizer<MemberListTexts> texts, IStringLocalizer<StatusTexts> statuses)
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };
    /// <summary>What reminders are made of: a line is drawn anew when it changes.</summary>
    public object Words => reminders.Words;

    /// <param name="isAdmin">Whether the reader may change members; the service asks again.</param>
    public string Of(MemberRow row, bool isAdmin)
    {
        var person = row.Person;
        var role = person.Role == Role.Member ? "" : $""" <span class="mud-chip mud-chip-size-small">{texts[$"Role{person.Role}"]}</span>""";
        var why = person.BlockReason is { } reason ? $"""<p class=why>{Markup.Text(reason)}""" : "";
        var edit = isAdmin ? "<button data-edit></button>" : "";
        return string.Concat(
            $"""<td class=tick><label><input type=checkbox data-of={person.Id}></label>""",
            $"""<td class=who><div><span class="av av{Initials.Pair(person.Id.ToString())}" aria-hidden=true>{Markup.Text(Initials.Of(person.FullName))}</span><p class=name><a href={Urls.AdminMember(person.Number)}>{Markup.Text(person.FullName)}</a>{role}""",
            $"""<p class=d>{PhoneNumber.FromCanonical(person.Phone).ToDisplay()} · {MemberNumber.FromStored(person.Number).ToDisplay()}{why}</div>""",
            $"""<td class=city>{Markup.Text(person.City ?? "")}""",
            $"""<td class=standing>{Standing(row)}""",
            $"""<td class=debt>{(row.Debt.IsZero ? None("NoDebt") : $"<b>{Wording.Money(row.Debt.Tenge)}</b>")}""",
            $"""<td class=twelve>{MonthStrips.Of(row.Strip, statuses, words)}""",
            $"""<td class=last>{(row.LastPaidAt is { } at ? words.Date(at) : None("NeverPaid"))}""",
            $"""<td class=does>{edit}<a data-write href="{Markup.Text(reminders.UrlOf(row))}"></a><button data-menu></button>""");
    }

    private string Standing(MemberRow row)
    {
        if (row.Strip.Count == 0 && row.Standing != Domain.Dues.Standing.Blocked)
        {
            return $"""<span class=d>{texts["NoLedger"]}</span>""";
        }

        var look = row.Standing.Look();
        return $"""<span class="mud-chip mud-chip-size-small {look.Class} is-{row.Standing.ToString().ToLowerInvariant()}">{statuses[look.Key]}</span>""";
    }

    private string None(string key) => $"""<span role=img aria-label="{texts[key]}">—</span>""";

    /// <summary>What the controls of a line are called, {0} the member: js/members.js names them.</summary>
    public string Names => JsonSerializer.Serialize(new { tick = texts["Select"].Value, edit = texts["EditName"].Value, write = texts["WriteName"].Value, menu = texts["Menu"].Value }, Readable);
}
