using Diaspora.Domain.Kaspi;
using Diaspora.Domain.Payments;
using Diaspora.Tests.Payments;
using Diaspora.Tests.Storage;
using Microsoft.EntityFrameworkCore;

namespace Diaspora.Tests.Kaspi;

/// <summary>Any order and repetition of claims, evidence, confirmations and undos ends in books in which no month is paid twice and no tenge is spent twice or lost.</summary>
public sealed class EvidenceBooksTests : IAsyncLifetime
{
    private const int Steps = 60;

    private TestDatabase _database = null!;
    private Actor _cashier = null!;
    private Actor[] _members = [];

    public async ValueTask InitializeAsync()
    {
        _database = new TestDatabase();
        await _database.InitializeAsync();
        _cashier = await _database.AddCashierAsync();
        _members =
        [
            await _database.AddAsync("Алиев Рашад", joinedOn: "2026-01-01"),
            await _database.AddAsync("Мамедова Айгюн", joinedOn: "2026-02-01"),
            await _database.AddAsync("Гасанов Фарид", joinedOn: "2025-11-01"),
        ];
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 12)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Do_AnythingInAnyOrder_KeepsEveryTenge(int seed)
    {
        var random = new Random(seed);
        await _database.TrustAsync(EvidenceSource.Statement, seed % 2 == 0 ? TrustLevel.Automatic : TrustLevel.Shadow);
        var done = 0;
        for (var step = 0; step < Steps; step++)
        {
            _database.Clock.Advance(TimeSpan.FromMinutes(7));
            try
            {
                await StepAsync(random);
                done++;
            }
            catch (DomainException)
            {
                // A refusal changes nothing, which the books say below.
            }

            await _database.CheckBooksAsync();
        }

        Assert.True(done > Steps / 2, $"Only {done} steps were not refused.");
        await using var context = _database.Context();
        Assert.True(await context.Matches.AnyAsync());
    }

    /// <summary>Whatever came first, and however often: the same money has become the same months.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Do_TheSameInAnotherOrder_EndsInTheSameBooks(int seed)
    {
        await _database.TrustAsync(EvidenceSource.Statement, TrustLevel.Automatic);
        var numbers = await Task.WhenAll(_members.Select(_database.NumberAsync));
        List<Func<Task>> events =
        [
            () => _database.EvidenceAsync("first", 4000, "Рашад А.", numbers[0]),
            () => _database.EvidenceAsync("second", 2000, "Кто-то К.", $"взнос {numbers[1]}"),
            () => _database.EvidenceAsync("third", 6000, "Фарид Г.", numbers[2]),
            () => _database.EvidenceAsync("first", 4000, "Рашад А.", numbers[0]),
            () => ClaimAsync(_members[0], "2026-01", "2026-02"),
            () => ClaimAsync(_members[2], "2025-11", "2025-12", "2026-01"),
            _database.LookAsync,
            _database.LookAsync,
        ];
        foreach (var act in Shuffled(events, seed))
        {
            _database.Clock.Advance(TimeSpan.FromMinutes(3));
            await Record.ExceptionAsync(act);
        }

        await _database.LookAsync();

        await _database.CheckBooksAsync();
        Assert.Equal(
            "Алиев Рашад: 2026-01 2026-02 + 0\nГасанов Фарид: 2025-11 2025-12 2026-01 + 0\nЛейла Исмаилова:  + 0\nМамедова Айгюн: 2026-02 + 0",
            await _database.BooksAsync());
    }

    private async Task ClaimAsync(Actor member, params string[] months)
    {
        var intent = await _database.StartAsync(member, months);
        await _database.Get<PaymentService>().ClaimAsync(member, intent);
    }

    private async Task StepAsync(Random random)
    {
        await using var context = _database.Context();
        var member = _members[random.Next(_members.Length)];
        var intents = await context.Intents.Include(intent => intent.Payments).OrderBy(intent => intent.Id).ToListAsync();
        var evidence = await context.Evidence.OrderBy(piece => piece.Id).ToListAsync();
        var matches = await context.Matches.OrderBy(match => match.Id).ToListAsync();
        var credits = await context.Credits.Where(credit => credit.Status == CreditStatus.Open).OrderBy(credit => credit.Id).ToListAsync();
        var (intent, piece, match, credit) = (Any(intents, random), Any(evidence, random), Any(matches, random), Any(credits, random));
        Task task = random.Next(14) switch
        {
            0 or 1 => ClaimAsync(member, [.. Enumerable.Range(0, random.Next(1, 3)).Select(ahead => new Period(2026, 1).AddMonths(random.Next(4) + ahead).ToString()).Distinct()]),
            2 or 3 => _database.EvidenceAsync($"line {random.Next(12)}", random.Next(1, 5) * 1000L, "Рашад А.", intent is not null && random.Next(2) == 0 ? intent.Code : random.Next(2) == 0 ? await _database.NumberAsync(member) : ""),
            4 => _database.EvidenceAsync($"call {random.Next(6)}", 2000, source: EvidenceSource.Webhook, message: await _database.NumberAsync(member)),
            5 or 6 => _database.LookAsync(),
            7 when intent is not null => _database.ConfirmAsync(_cashier, intent.Id),
            8 when intent is not null => _database.RejectAsync(_cashier, intent.Id),
            9 when intent?.Payments.FirstOrDefault(payment => payment.DecidedAt is not null)?.DecidedAt is { } at => _database.Get<ModerationService>().ReopenAsync(_cashier, intent.Id, at),
            10 when piece is not null && intent is not null => _database.Get<EvidenceService>().MatchAsync(_cashier, piece.Id, new MatchTarget(intent.Id, intent.PayerId)),
            11 when piece is not null => _database.Get<EvidenceService>().MatchAsync(_cashier, piece.Id, new MatchTarget(null, member.MemberId!.Value)),
            12 when match is not null => _database.Get<EvidenceService>().UndoAsync(_cashier, match.Id),
            13 when credit is not null => _database.Get<RecordingService>().ReturnCreditAsync(_cashier, credit.Id, new ReturnCreditForm { Reason = "наличными" }),
            13 when intent?.Payments.FirstOrDefault(payment => payment.CanRefund) is { } paid => _database.Get<RecordingService>().RefundAsync(_cashier, intent.Id, paid.Id, new RefundPaymentForm { Reason = "попросил" }),
            _ => _database.Get<EvidenceService>().ConfirmSureAsync(_cashier, null, []),
        };
        await task;
    }

    private static T? Any<T>(List<T> all, Random random) where T : class => all.Count == 0 ? null : all[random.Next(all.Count)];

    private static T[] Shuffled<T>(IReadOnlyList<T> items, int seed)
    {
        var all = items.ToArray();
        new Random(seed).Shuffle(all);
        return all;
    }
}
