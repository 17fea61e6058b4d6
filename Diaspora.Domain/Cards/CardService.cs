using Diaspora.Domain.Access;
using Diaspora.Domain.Dues;
using Diaspora.Domain.Members;
using Diaspora.Domain.Settings;

namespace Diaspora.Domain.Cards;

/// <summary>Membership cards: one's own, whether one that somebody shows holds, and which hold no more.</summary>
public sealed class CardService(IStore store, SharedAnswers answers, CurrentSettings settings, TimeProvider clock)
{
    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <returns>Nothing for staff who are no members.</returns>
    public Task<CardDetails?> OwnAsync(Actor actor, CancellationToken cancel = default) =>
        store.ReadAsync(async work =>
        {
            var reader = await work.RequireAsync(actor, Permission.Member, cancel);
            var (member, ledger, _) = await MemberLedger.ReadAsync(work, reader.Id, settings.Rules, Now, cancel);
            return ledger.Joined is null ? null : new CardDetails(
                member.Id, member.FullName, member.Number.Value, ledger.Standing, PaidUntil(ledger),
                Holds(ledger) ? CardMark.Of(member.Id, member.Number.Value, ledger.Standing, Now) : null);
        }, cancel);

    /// <summary>Nobody need be signed in: the card itself is what entitles them.</summary>
    /// <returns>Nothing where the card holds no more.</returns>
    public Task<CardHolder?> CheckAsync(CardMark mark, CancellationToken cancel = default) => store.ReadAsync(work => HolderAsync(work, mark, cancel), cancel);

    /// <summary>The same for whoever stands at the door, who may know more.</summary>
    public Task<CardHolder?> AtDoorAsync(Actor actor, CardMark mark, CancellationToken cancel = default) =>
        store.ReadAsync(async work =>
        {
            await work.RequireAsync(actor, Permission.Cashier, cancel);
            return await HolderAsync(work, mark, cancel);
        }, cancel);

    /// <summary>The seals of cards that hold no more, whatever stands in them: for whoever checks without a connection. A seal tells nobody's name.</summary>
    public Task<IReadOnlyList<string>> RevokedAsync(CancellationToken cancel = default) => answers.ReadAsync(
        typeof(CardService),
        () => store.ReadAsync<IReadOnlyList<string>>(async work =>
            [.. (await work.Members.WithoutCardAsync(Period.Of(settings.Rules.DayOf(Now)), CancellationToken.None)).Select(CardMark.SealOf)], CancellationToken.None)).WaitAsync(cancel);

    private async Task<CardHolder?> HolderAsync(IWork work, CardMark mark, CancellationToken cancel)
    {
        // A number of a record that was merged leads to the record that stays, which has a card of its own.
        if (await work.Members.CardAsync(mark.Number, cancel) is not { } card || CardMark.SealOf(card.Person.Id) != mark.Seal)
        {
            return null;
        }

        var (member, ledger, _) = await MemberLedger.ReadAsync(work, card.Person.Id, settings.Rules, Now, cancel);
        return Holds(ledger) ? new CardHolder(member.FullName, ledger.Standing) : null;
    }

    /// <summary>Who owes a month is a member all the same.</summary>
    private static bool Holds(Ledger ledger) => ledger is { Joined: not null, Standing: not (Standing.Blocked or Standing.Suspended) };

    private static Period? PaidUntil(Ledger ledger)
    {
        bool IsCovered(Period month) => ledger.StateOf(month) is MonthState.Paid or MonthState.Prepaid or MonthState.Exempt;
        var last = ledger.Current;
        while (!IsCovered(last))
        {
            last = last.Previous;
            if (last < ledger.Joined)
            {
                return null;
            }
        }

        // An exemption may have no end.
        var horizon = ledger.Current.AddMonths(24);
        while (last < horizon && IsCovered(last.Next))
        {
            last = last.Next;
        }

        return last;
    }
}
