using Diaspora.Domain.Access;
using Diaspora.Domain.Dues;
using Diaspora.Domain.Members;
using Diaspora.Domain.Notifications;
using Diaspora.Domain.Payments;
using Diaspora.Domain.Settings;

namespace Diaspora.Domain.Overview;

/// <summary>All that staff know of one member, and what they write down about them.</summary>
public sealed class MemberCardService(IStore store, CurrentSettings settings, TimeProvider clock)
{
    /// <summary>How many entries of the log the card shows.</summary>
    public const int LogSize = 50;

    /// <summary>And how many messages.</summary>
    public const int MessagesSize = 20;

    /// <param name="number">Eight digits.</param>
    /// <exception cref="DomainException">Not found.</exception>
    public Task<MemberCardDetails> CardAsync(Actor actor, string number, CancellationToken cancel = default) =>
        store.ReadAsync(async work =>
        {
            await work.RequireAsync(actor, Permission.Cashier, cancel);
            var card = await work.Members.CardAsync(number, cancel) ?? throw new DomainException(Problems.NotFound);
            var payments = await work.Payments.HistoryAsync(card.Person.Id, cancel);
            var ledger = LedgerOf(card, payments);
            return new MemberCardDetails(
                card,
                ledger.Standing,
                ledger.Current,
                ledger.Joined,
                ledger.Debt,
                [.. ledger.DebtMonths.Select(ledger.TileOf)],
                ledger.AllTiles,
                payments,
                await work.Credits.OfMemberAsync(card.Person.Id, cancel),
                await work.Members.NotesAsync(card.Person.Id, cancel),
                await work.Audit.AboutMemberAsync(card.Person.Id, [.. payments.Select(row => row.IntentId).Distinct()], LogSize, cancel))
            {
                Messages = await work.Outbox.OfMemberAsync(card.Person.Id, MessagesSize, cancel),
            };
        }, cancel);

    /// <summary>What stands behind one tile of anybody.</summary>
    /// <exception cref="DomainException">Not found.</exception>
    public Task<MonthDetails> MonthAsync(Actor actor, string number, Period period, CancellationToken cancel = default) =>
        store.ReadAsync(async work =>
        {
            await work.RequireAsync(actor, Permission.Cashier, cancel);
            var card = await work.Members.CardAsync(number, cancel) ?? throw new DomainException(Problems.NotFound);
            var payments = await work.Payments.HistoryAsync(card.Person.Id, cancel);
            return MonthOf(LedgerOf(card, payments), card, payments, period);
        }, cancel);

    /// <summary>What stands behind one tile of one's own.</summary>
    public Task<MonthDetails> OwnMonthAsync(Actor actor, Period period, CancellationToken cancel = default) =>
        store.ReadAsync(async work =>
        {
            var reader = await work.RequireAsync(actor, Permission.Member, cancel);
            var card = await work.Members.CardAsync(reader.Id, cancel) ?? throw new DomainException(Problems.NotFound);
            var payments = await work.Payments.HistoryAsync(reader.Id, cancel);
            return MonthOf(LedgerOf(card, payments), card, [.. payments.Select(row => row.ForMember())], period);
        }, cancel);

    /// <summary>The same form sent again is answered with the note that is there.</summary>
    public Task WriteNoteAsync(Actor actor, Guid memberId, WriteNoteForm form, CancellationToken cancel = default)
    {
        new WriteNoteFormValidator().Ensure(form);
        return store.WriteAsync(async work =>
        {
            var writer = await work.RequireAsync(actor, Permission.Cashier, cancel);
            var member = await work.Members.FindAsync(memberId, cancel) ?? throw new DomainException(Problems.NotFound);
            if (await work.Members.FindNoteAsync(form.Id, cancel) is { } same)
            {
                return same.MemberId == memberId && same.WrittenBy == writer.Id ? true : throw new DomainException(Problems.NotFound);
            }

            var note = new MemberNote(form.Id, member.Id, form.Text.Trim(), writer.Id, Now);
            work.Members.Add(note);
            Record(work, actor, AuditAction.NoteWritten, note, null, new { note.Text });
            return true;
        }, cancel);
    }

    /// <exception cref="DomainException">Not found.</exception>
    public Task RemoveNoteAsync(Actor actor, Guid noteId, CancellationToken cancel = default) =>
        store.WriteAsync(async work =>
        {
            await work.RequireAsync(actor, Permission.Cashier, cancel);
            var note = await work.Members.FindNoteAsync(noteId, cancel) ?? throw new DomainException(Problems.NotFound);
            work.Members.Remove(note);
            Record(work, actor, AuditAction.NoteRemoved, note, new { note.Text }, new { removed = true });
            return true;
        }, cancel);

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    private Ledger LedgerOf(MemberCard card, IReadOnlyList<HistoryRow> payments) => new(
        new LedgerFacts(
            card.Person.JoinedOn,
            card.IsBlocked,
            [.. card.Intervals.Where(interval => interval.IsExemption).Select(interval => interval.Span)],
            [.. card.Intervals.Where(interval => !interval.IsExemption).Select(interval => interval.Span)],
            [.. payments.Select(row => row.ForLedger())]),
        settings.Rules,
        Now);

    private MonthDetails MonthOf(Ledger ledger, MemberCard card, IReadOnlyList<HistoryRow> payments, Period period) => new(
        ledger.TileOf(period),
        [.. payments.Where(row => row.Period == period)],
        [.. card.Intervals.Where(interval => interval.Span.Covers(period))],
        card.Person.JoinedOn is { } joined && ledger.StateOf(period) is MonthState.Due or MonthState.Overdue ? settings.Rules.DeadlineOf(period, joined) : null,
        ledger.CanPay(period));

    private void Record(IWork work, Actor actor, AuditAction action, MemberNote note, object? before, object after)
    {
        work.Audit.Add(new AuditEntry(actor, action, nameof(MemberNote), note.Id, note.MemberId, before, after, Now));
        work.Announce(new MemberChanged(note.MemberId));
    }
}
