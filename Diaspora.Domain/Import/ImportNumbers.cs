using System.Globalization;
using System.Security.Cryptography;
using Diaspora.Domain.Access;
using Diaspora.Domain.Members;
using Diaspora.Domain.Payments;

namespace Diaspora.Domain.Import;

/// <summary>Numbers that nobody has yet, drawn for a whole import at once.</summary>
internal sealed record ImportNumbers(Queue<MemberNumber> Members, Queue<string> Codes)
{
    /// <summary>Longer than a member number and than the codes that people write into transfers, so that those stay short.</summary>
    private const int FirstCode = 100_000_000;

    public static async Task<ImportNumbers> DrawAsync(IWork work, IReadOnlyList<PlannedRow> rows, CancellationToken cancel)
    {
        var members = await DrawAsync(
            rows.Count(row => row.Member is null),
            () => MemberNumber.FromBody(RandomNumberGenerator.GetInt32(MemberNumber.First, MemberNumber.Last + 1)),
            numbers => work.Imports.TakenAsync(numbers, cancel));
        var codes = await DrawAsync(
            rows.Sum(row => DaysOf(row).Count()),
            () => RandomNumberGenerator.GetInt32(FirstCode, FirstCode * 10).ToString(CultureInfo.InvariantCulture),
            drawn => work.Imports.TakenAsync(drawn, cancel));
        return new ImportNumbers(members, codes);
    }

    /// <summary>What the plan says of a row, as the records that are to be written.</summary>
    public static BookedRow RowOf(PlannedRow planned, ImportChoice form, ImportNumbers drawn, string note, Guid by, DateTime now)
    {
        var row = planned.Row;
        Member? added = null;
        if (planned.Member is null)
        {
            added = new Member(drawn.Members.Dequeue(), row.FullName, row.Phone!, Role.Member, planned.JoinedOn, now);
            added.Edit(row.FullName, row.Phone!, row.Email, row.City, now);
        }

        var memberId = added?.Id ?? planned.Member!.Id;
        var intents = DaysOf(planned).Select(day =>
        {
            var lines = day.Select(month => new IntentLine(memberId, month.Month, month.Amount)).ToList();
            var received = new Receiving(Money.Sum(lines.Select(line => line.Amount)), day.Key, note);
            return PaymentIntent.Record(Guid.CreateVersion7(), drawn.Codes.Dequeue(), memberId, lines, PaymentMethod.Manual, received, by, now);
        }).ToList();
        return new BookedRow(row.Number, memberId, added, planned.Member, ChangeOf(planned, form), intents)
        {
            Exempt = [.. planned.Exempt.Select(span => span with { Reason = Shortened($"{span.Reason} ({note})") })],
        };
    }

    /// <summary>What came on one day is one payment of several months; and so is what has no day.</summary>
    private static IEnumerable<IGrouping<DateOnly?, PlannedMonth>> DaysOf(PlannedRow row) => row.Booked.GroupBy(month => month.On);

    private static MemberChange? ChangeOf(PlannedRow planned, ImportChoice form)
    {
        var changes = planned.ChangesOf(form).ToDictionary(change => change.Field, change => change.After);
        return planned.Member is not { } member || changes.Count == 0 ? null : new MemberChange(
            changes.GetValueOrDefault(ImportField.Name, member.FullName),
            changes.GetValueOrDefault(ImportField.Email, member.Email ?? ""),
            changes.GetValueOrDefault(ImportField.City, member.City ?? ""),
            changes.ContainsKey(ImportField.Joined) ? planned.JoinedOn : null);
    }

    private static string Shortened(string reason) => reason.Length > Validation.ReasonLength ? reason[..Validation.ReasonLength] : reason;

    private static async Task<Queue<T>> DrawAsync<T>(int count, Func<T> draw, Func<IReadOnlyCollection<T>, Task<IReadOnlyCollection<T>>> taken)
    {
        HashSet<T> drawn = [];
        while (drawn.Count < count)
        {
            HashSet<T> more = [];
            while (more.Count + drawn.Count < count)
            {
                var one = draw();
                if (!drawn.Contains(one))
                {
                    more.Add(one);
                }
            }

            more.ExceptWith(await taken(more));
            drawn.UnionWith(more);
        }

        return new Queue<T>(drawn);
    }
}
