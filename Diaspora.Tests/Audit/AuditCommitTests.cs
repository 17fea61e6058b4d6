using Diaspora.Domain.Audit;
using Diaspora.Domain.Payments;
using Diaspora.Tests.Payments;
using Diaspora.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Diaspora.Tests.Audit;

/// <summary>The entry and what it tells about are one commit: the database refuses one of them, and neither is there.</summary>
public sealed class AuditCommitTests : IAsyncLifetime
{
    private readonly TestDatabase _database = new();

    public ValueTask InitializeAsync() => _database.InitializeAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Theory]
    [InlineData("BEFORE INSERT ON AuditEntries")]
    [InlineData("BEFORE UPDATE ON AuditTail")]
    [InlineData("BEFORE UPDATE ON Payments")]
    public async Task Confirm_WhenOnePartCannotBeWritten_LeavesNothingAndAnnouncesNothing(string broken)
    {
        var member = await _database.AddAsync("Алиев Рашад");
        var cashier = await _database.AddCashierAsync();
        var intentId = await _database.StartAsync(member, "2026-03");
        var announced = _database.Feed.Changes.Count;
        await ExecuteAsync($"CREATE TRIGGER Broken {broken} BEGIN SELECT RAISE(ABORT, 'the disk is full'); END");

        await Assert.ThrowsAnyAsync<Exception>(() => _database.ConfirmAsync(cashier, intentId));

        await ExecuteAsync("DROP TRIGGER Broken");
        await using var context = _database.Context();
        Assert.Equal(PaymentStatus.Pending, (await context.Payments.SingleAsync(payment => payment.IntentId == intentId)).Status);
        Assert.Equal([AuditAction.PaymentCreated], await context.AuditEntries.Where(entry => entry.EntityId == intentId).Select(entry => entry.Action).ToListAsync());
        Assert.Equal(announced, _database.Feed.Changes.Count);

        // And the number that was not used up is given to the next.
        await _database.ConfirmAsync(cashier, intentId);
        var ids = await context.AuditEntries.Select(entry => entry.Id).Order().ToListAsync();
        Assert.Equal(Enumerable.Range(1, ids.Count).Select(id => (long)id), ids);
    }

    [Fact]
    public async Task Write_AnEntry_SaysWhoDidWhatToWhomWhenAndFromWhere()
    {
        var member = await _database.AddAsync("Алиев Рашад");
        var cashier = await _database.AddCashierAsync("Лейла Исмаилова");
        var intentId = await _database.StartAsync(member, "2026-03");
        await _database.ConfirmAsync(cashier, intentId);

        var page = await _database.Get<AuditService>().PageAsync(await _database.AddAdminAsync(), new AuditFilter(AuditAction.PaymentConfirmed));

        var row = Assert.Single(page.Items);
        Assert.Equal(("Лейла Исмаилова", "Алиев Рашад", "192.0.2.7", "test"), (row.Actor, row.Subject, row.Ip, row.UserAgent));
        Assert.Equal((_database.Clock.GetUtcNow().UtcDateTime, nameof(PaymentIntent), intentId), (row.CreatedAt, row.EntityType, row.EntityId));
        Assert.Contains("\"Pending\"", row.BeforeJson, StringComparison.Ordinal);
        Assert.Contains("\"Confirmed\"", row.AfterJson, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Store_Actions_AreNamedAsTheSpecificationSays()
    {
        var member = await _database.AddAsync("Алиев Рашад");
        await _database.ConfirmAsync(await _database.AddCashierAsync(), await _database.StartAsync(member, "2026-03"));
        await _database.Get<Diaspora.Domain.Members.MemberService>().BlockAsync(await _database.AddAdminAsync(), member.MemberId!.Value, new() { Reason = "спам" });
        await using var context = _database.Context();
        var names = await context.Database.SqlQueryRaw<string>("SELECT Action AS Value FROM AuditEntries ORDER BY Id").ToListAsync();
        Assert.Equal(["PAYMENT_CREATED", "PAYMENT_CONFIRMED", "MEMBER_STATUS_CHANGED"], names);
    }

    [Fact]
    public async Task Undo_SeveralStepsOfOneVerb_AreNumberedTogether()
    {
        var store = _database.Get<IStore>();
        var admin = await _database.AddAdminAsync();
        await store.WriteAsync(work =>
        {
            for (var step = 0; step < 3; step++)
            {
                work.Audit.Add(new AuditEntry(admin, AuditAction.ReportExported, "Report", Guid.NewGuid(), null, null, new { step }, DateTime.UnixEpoch));
            }

            return Task.FromResult(true);
        });
        await using var context = _database.Context();
        Assert.Equal([1L, 2L, 3L], await context.AuditEntries.Select(entry => entry.Id).Order().ToListAsync());
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var context = _database.Context();
        await context.Database.ExecuteSqlRawAsync(sql);
    }
}
