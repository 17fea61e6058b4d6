using Diaspora.Domain.Members;
using Diaspora.Web.Shell;
using Microsoft.Extensions.Localization;
using MudBlazor;

namespace Diaspora.Web.Members.Admin.List;

/// <summary>What came of saving a line.</summary>
/// <param name="Fields">As they are stored now, where they were saved.</param>
/// <param name="Problems">Why a field was not.</param>
public sealed record EditOutcome(MemberFields Fields, IReadOnlyDictionary<MemberField, Problem> Problems);

/// <summary>Saves the fields of a line one by one, and offers to take them back.</summary>
public sealed class MemberEdits(MemberEditService members, CurrentActor actor, ISnackbar snackbar, ProblemWords problems, IStringLocalizer<MemberListTexts> texts)
{
    private const int UndoMilliseconds = 8000;
    private const string Edited = "edited";

    /// <summary>Fields of a member have another value now, by an edit or by its undoing.</summary>
    public event Func<Guid, IReadOnlyCollection<MemberField>, Task>? Saved;

    /// <summary>How a stored value is shown for editing.</summary>
    public static string Shown(MemberField field, string value) =>
        field == MemberField.Phone && value.Length > 0 ? PhoneNumber.FromCanonical(value).ToDisplay() : value;

    /// <param name="seen">What the fields said when the edit began.</param>
    public async Task<EditOutcome> SaveAsync(MemberPerson person, MemberFields seen, IReadOnlyDictionary<MemberField, string> typed, bool isAccepted)
    {
        Dictionary<MemberField, Problem> refused = [];
        List<(MemberField Field, string Before, string After)> saved = [];
        foreach (var (field, text) in typed)
        {
            var before = seen[field];
            if (text == Shown(field, before) || text.Trim() == before)
            {
                continue;
            }

            var press = new Press();
            var isSaved = await press.TryAsync(async () =>
            {
                var after = await members.EditAsync(await actor.GetAsync(), person.Id, new EditMemberForm { Field = field, Seen = before, Value = text, IsAccepted = isAccepted });
                saved.Add((field, before, after));
                seen = With(seen, field, after);
            });
            if (!isSaved)
            {
                refused[field] = press.Sentence!;
            }
        }

        if (saved.Count > 0)
        {
            OfferUndo(person, saved);
            await TellAsync(person, saved);
        }

        return new EditOutcome(seen, refused);
    }

    /// <summary>For a line that was shut before the answer came: nothing is left that a problem could stand beside.</summary>
    public void TellRefused(MemberPerson person, IReadOnlyDictionary<MemberField, Problem> refused) => snackbar.Add(
        texts["NotSaved", person.FullName, string.Join("; ", refused.Select(one => $"{texts[$"Field{one.Key}"]}. {problems.Of(one.Value)}"))].Value,
        Severity.Error,
        options =>
        {
            options.RequireInteraction = true;
            options.ShowCloseIcon = true;
        });

    public static MemberFields With(MemberFields fields, MemberField field, string value) => field switch
    {
        MemberField.FullName => fields with { FullName = value },
        MemberField.Phone => fields with { Phone = value },
        MemberField.City => fields with { City = value },
        MemberField.Email => fields with { Email = value },
        MemberField.Iin => fields with { Iin = value },
        _ => fields with { JoinedIn = value },
    };

    private void OfferUndo(MemberPerson person, IReadOnlyList<(MemberField Field, string Before, string After)> saved)
    {
        var names = string.Join(", ", saved.Select(change => texts[$"Field{change.Field}"].Value.ToLower(System.Globalization.CultureInfo.CurrentCulture)));

        // A joining month that was empty cannot be emptied again: months owed would vanish.
        var undoable = saved.Where(change => change is not { Field: MemberField.JoinedIn, Before: "" }).ToList();
        snackbar.RemoveByKey(Edited);
        snackbar.Add(texts["Saved", person.FullName, names].Value, Severity.Normal, options =>
        {
            options.RequireInteraction = false;
            options.VisibleStateDuration = UndoMilliseconds;
            if (undoable.Count > 0)
            {
                options.Action = texts["Undo"];
                options.OnClick = _ => UndoAsync(person, undoable);
            }
        }, Edited);
    }

    private Task UndoAsync(MemberPerson person, IReadOnlyList<(MemberField Field, string Before, string After)> saved) => new Press(snackbar, problems).DoAsync(async () =>
    {
        List<(MemberField, string, string)> undone = [];
        try
        {
            foreach (var change in saved.Reverse())
            {
                await members.EditAsync(await actor.GetAsync(), person.Id, new EditMemberForm { Field = change.Field, Seen = change.After, Value = change.Before, IsAccepted = true });
                undone.Add(change);
            }

            snackbar.Add(texts["Undone", person.FullName].Value, Severity.Normal);
        }
        finally
        {
            // One may be refused after another was stored, and nobody else tells this page of its own.
            if (undone.Count > 0)
            {
                await TellAsync(person, undone);
            }
        }
    });

    private Task TellAsync(MemberPerson person, IEnumerable<(MemberField Field, string, string)> saved) =>
        Saved?.Invoke(person.Id, [.. saved.Select(change => change.Field)]) ?? Task.CompletedTask;
}
