using Diaspora.Domain.Access;
using Diaspora.Domain.Members;
using Diaspora.Domain.Payments;
using Diaspora.Domain.Settings;

namespace Diaspora.Domain.Certificates;

/// <summary>Certificates of payment, for a member's own months or by staff for anybody's, and whether one that somebody holds is still true.</summary>
public sealed class CertificateService(IStore store, CurrentSettings settings, TimeProvider clock)
{
    /// <exception cref="DomainException">Not found: nothing of it is paid, or it is not the reader's.</exception>
    public Task<Certificate> OwnAsync(Actor actor, CertificateSubject subject, CancellationToken cancel = default) =>
        store.ReadAsync(async work =>
        {
            var reader = await work.RequireAsync(actor, Permission.Member, cancel);
            return await CertificateAsync(work, await work.Members.CardAsync(reader.Id, cancel), subject, cancel);
        }, cancel);

    /// <param name="number">Eight digits.</param>
    /// <exception cref="DomainException">Not found: there is no such member, or nothing of it is paid.</exception>
    public Task<Certificate> OfMemberAsync(Actor actor, string number, CertificateSubject subject, CancellationToken cancel = default) =>
        store.ReadAsync(async work =>
        {
            await work.RequireAsync(actor, Permission.Cashier, cancel);
            return await CertificateAsync(work, await work.Members.CardAsync(number, cancel), subject, cancel);
        }, cancel);

    /// <summary>Whether what a certificate says still holds. Nobody need be signed in: the certificate itself is what entitles them.</summary>
    /// <returns>Nothing where the member is gone.</returns>
    public Task<CertificateCheck?> CheckAsync(CertificateMark mark, CancellationToken cancel = default) =>
        store.ReadAsync(async work =>
        {
            // A record that was merged into another one took its payments there.
            if (await work.Members.TodayAsync(mark.MemberId, cancel) is not { } member)
            {
                return null;
            }

            var paid = (await work.Payments.HistoryAsync(member.Id, cancel))
                .Where(row => row.Status == PaymentStatus.Confirmed && (mark.IntentId is null || row.IntentId == mark.IntentId))
                .Select(row => row.Period);
            return new CertificateCheck(mark, member.FullName, [.. mark.Months.Except(paid).Order()]);
        }, cancel);

    private async Task<Certificate> CertificateAsync(IWork work, MemberCard? card, CertificateSubject subject, CancellationToken cancel)
    {
        if (card is null)
        {
            throw new DomainException(Problems.NotFound);
        }

        var rules = settings.Rules;
        List<CertificateLine> lines =
        [
            .. (await work.Payments.HistoryAsync(card.Person.Id, cancel))
                .Where(row => row.Status == PaymentStatus.Confirmed && subject.Covers(row))
                .OrderBy(row => row.Period)
                .Select(row => new CertificateLine(row.Period, row.Amount, row.ReceivedOn ?? rules.DayOf(row.ClaimedAt ?? row.CreatedAt))),
        ];
        return lines.Count == 0
            ? throw new DomainException(Problems.NotFound)
            : new Certificate(subject, card.Person.Id, card.Person.FullName, card.Person.Number, lines, rules.DayOf(clock.GetUtcNow().UtcDateTime));
    }
}
