using Diaspora.Domain.Access;

namespace Diaspora.Domain.Notifications;

/// <summary>Reads and changes what messages say, and keeps the copy of this process up to date.</summary>
public sealed class MessageTextService(IStore store, IOwnTexts own, CurrentMessageTexts texts, TimeProvider clock)
{
    /// <summary>Every cause with the channels that tell it.</summary>
    public Task<IReadOnlyList<MessageTextRow>> ListAsync(Actor actor, CancellationToken cancel = default) =>
        store.ReadAsync(async work =>
        {
            await work.RequireAsync(actor, Permission.Admin, cancel);
            var edited = (await work.MessageTexts.AllAsync(cancel)).Where(text => text is not { Title: null, Text: null }).Select(text => text.Id).ToHashSet();
            return (IReadOnlyList<MessageTextRow>)[..
                from cause in Enum.GetValues<Cause>()
                from channel in Enum.GetValues<Channel>()
                let keys = KeysOf(cause, channel).ToList()
                where keys.Count > 0
                select new MessageTextRow(cause, channel, keys.Exists(key => edited.Contains(key.Id)))];
        }, cancel);

    /// <summary>A text in each language.</summary>
    /// <exception cref="DomainException">The portal tells nothing of this cause by this channel.</exception>
    public Task<IReadOnlyList<MessageTextDetails>> DetailsAsync(Actor actor, Cause cause, Channel channel, CancellationToken cancel = default) =>
        store.ReadAsync(async work =>
        {
            await work.RequireAsync(actor, Permission.Admin, cancel);
            List<MessageTextDetails> found = [];
            foreach (var key in KeysOf(cause, channel))
            {
                var stored = await work.MessageTexts.FindAsync(key.Id, cancel);
                var by = stored?.UpdatedBy is { } id ? await work.Access.NameOfAsync(id, cancel) : null;
                var wording = own.Find(key)!;
                found.Add(new MessageTextDetails(key, wording, stored?.Over(wording) ?? wording, by, stored?.UpdatedAt));
            }

            return found.Count > 0 ? (IReadOnlyList<MessageTextDetails>)found : throw new DomainException(Problems.NotFound);
        }, cancel);

    /// <summary>Takes effect with the commit. What says the same already changes nothing; the portal's own words are kept as such.</summary>
    /// <exception cref="FormException">A field is wrong, or a colleague changed it since the form was read.</exception>
    public async Task EditAsync(Actor actor, EditMessageTextForm form, CancellationToken cancel = default)
    {
        new EditMessageTextFormValidator().Ensure(form);
        await store.WriteAsync(async work =>
        {
            var admin = await work.RequireAsync(actor, Permission.Admin, cancel);
            var wording = KeysOf(form.Key.Cause, form.Key.Channel).Contains(form.Key) ? own.Find(form.Key)! : throw new DomainException(Problems.NotFound);
            var stored = await work.MessageTexts.FindAsync(form.Key.Id, cancel);
            var there = stored?.Over(wording) ?? wording;
            var wanted = await MergeAsync(work, form, there, cancel);
            if (wanted == there)
            {
                return true;
            }

            if (stored is null)
            {
                work.MessageTexts.Add(stored = new MessageText(form.Key, Now));
            }

            stored.Edit(wanted, wording, admin.Id, Now);
            work.Audit.Add(new AuditEntry(actor, AuditAction.MessageTextChanged, nameof(MessageText), stored.Id, null, FactsOf(form.Key, there, wanted), FactsOf(form.Key, wanted, there), Now));
            work.Announce(new MessageTextsChanged());
            return true;
        }, cancel);
        await RefreshAsync(cancel);
    }

    /// <summary>Reads what is stored now.</summary>
    public Task RefreshAsync(CancellationToken cancel = default) => store.ReadAsync(async work =>
    {
        var turn = texts.Begin();
        texts.Use(turn, await work.MessageTexts.AllAsync(cancel));
        return true;
    }, cancel);

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>What WhatsApp says is a template that Meta has approved: the portal only fills it.</summary>
    private IEnumerable<MessageTextKey> KeysOf(Cause cause, Channel channel) =>
        channel == Channel.WhatsApp ? [] : own.Languages.Select(language => new MessageTextKey(cause, channel, language)).Where(key => own.Find(key) is not null);

    private static async Task<MessageWording> MergeAsync(IWork work, EditMessageTextForm form, MessageWording there, CancellationToken cancel)
    {
        var (seen, typed, problems) = (form.Seen, form.Typed, new FormProblems());
        if (SeenValue.IsConflict(seen.Title, typed.Title, there.Title))
        {
            problems.Add(nameof(form.Title), await work.ConflictAsync(form.Key.Id, there.Title, [InLog("title", form.Key)], cancel));
        }

        if (SeenValue.IsConflict(seen.Text, typed.Text, there.Text))
        {
            problems.Add(nameof(form.Text), await work.ConflictAsync(form.Key.Id, there.Text, [InLog("text", form.Key)], cancel));
        }

        return problems.Any ? throw new FormException(problems) : new(SeenValue.Merge(seen.Title, typed.Title, there.Title), SeenValue.Merge(seen.Text, typed.Text, there.Text));
    }

    /// <summary>What differs, under a name that says which text it is: «title:Reminder.Mail.ru».</summary>
    private static Dictionary<string, string> FactsOf(MessageTextKey key, MessageWording wording, MessageWording other)
    {
        Dictionary<string, string> facts = [];
        if (wording.Title != other.Title)
        {
            facts.Add(InLog("title", key), wording.Title);
        }

        if (wording.Text != other.Text)
        {
            facts.Add(InLog("text", key), wording.Text);
        }

        return facts;
    }

    private static string InLog(string field, MessageTextKey key) => $"{field}:{key.Cause}.{key.Channel}.{key.Language}";
}

/// <summary>A text on the list of all.</summary>
/// <param name="IsEdited">In one language at least it is not the portal's own.</param>
public sealed record MessageTextRow(Cause Cause, Channel Channel, bool IsEdited);

/// <summary>A text in one language.</summary>
/// <param name="Own">The portal's.</param>
/// <param name="Now">What is sent.</param>
/// <param name="ChangedBy">Nobody, as long as it is the portal's.</param>
public sealed record MessageTextDetails(MessageTextKey Key, MessageWording Own, MessageWording Now, string? ChangedBy, DateTime? ChangedAt);
