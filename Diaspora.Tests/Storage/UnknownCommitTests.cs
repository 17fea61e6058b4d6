using Diaspora.Data;
using Diaspora.Domain.Members;
using Diaspora.Domain.Overview;
using Diaspora.Domain.Payments;
using Diaspora.Tests.Payments;
using Microsoft.EntityFrameworkCore;
using static Diaspora.Tests.Payments.MoneySetup;

namespace Diaspora.Tests.Storage;

/// <summary>The connection breaks while a verb is committed, so nobody knows whether it was: it is done once all the same, and whoever pressed hears what is true.</summary>
public sealed class UnknownCommitTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    public static TheoryData<Breaks, int> Lines => new()
    {
        { Breaks.BeforeTheCommit, 0 }, { Breaks.AfterTheCommit, 0 }, { Breaks.BeforeTheCommit, 2 }, { Breaks.AfterTheCommit, 2 },
    };

    /// <summary>A verb that no key and no rule forbids to do twice.</summary>
    [Theory]
    [MemberData(nameof(Lines))]
    public async Task Remind_OverALineThatBreaks_IsNotedOnce(Breaks breaks, int away)
    {
        var (cashier, member) = await PeopleAsync();
        var (over, connections) = Over(isPassing: true, away, breaks);

        await RemindAsync(over, cashier, member);

        Assert.Empty(connections.Commits);
        Assert.Equal(0, connections.Away);
        Assert.Equal(1, await RemindersAsync(member));
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task Pay_OverALineThatBreaks_BooksOnceAndAnnouncesOnce(Breaks breaks, int away)
    {
        var (cashier, member) = await PeopleAsync();

        var (payer, _) = Over(isPassing: true, away, breaks);
        var intent = await payer.StartAsync(member, "2026-03");
        Assert.Single(payer.Feed.Changes.OfType<PaymentsChanged>());
        var (desk, _) = Over(isPassing: true, away, breaks);
        await desk.ConfirmAsync(cashier, intent);
        Assert.Single(desk.Feed.Changes.OfType<PaymentsChanged>());
        var (till, _) = Over(isPassing: true, away, breaks);
        await till.RecordAsync(cashier, Cash(member, 2000, member.Of("2026-04")));

        await using var context = database.Context();
        var payments = await context.Payments.Where(payment => payment.MemberId == member.MemberId).OrderBy(payment => payment.Period).ToListAsync();
        Assert.Equal(["2026-03", "2026-04"], payments.Select(payment => payment.Period.ToString()));
        Assert.All(payments, payment => Assert.Equal(PaymentStatus.Confirmed, payment.Status));
        Assert.Equal(2, await context.Intents.CountAsync(row => row.PayerId == member.MemberId));
        Assert.Equal(
            [AuditAction.PaymentCreated, AuditAction.PaymentConfirmed, AuditAction.PaymentRecorded],
            await context.AuditEntries.Where(entry => entry.SubjectId == member.MemberId).OrderBy(entry => entry.Id).Select(entry => entry.Action).ToListAsync());
    }

    /// <summary>Another verb has taken the number in the log that ours would have had: that is no proof of ours.</summary>
    [Fact]
    public async Task Write_WhenAColleagueHasTakenItsNumberInTheLog_IsDoneAgain()
    {
        var (cashier, member) = await PeopleAsync();
        var (over, connections) = Over(isPassing: true, away: 0, Breaks.BeforeTheCommit);
        connections.Broken = () => database.Get<MemberCardService>().WriteNoteAsync(cashier, member.MemberId!.Value, new WriteNoteForm { Text = "другая" });

        await over.Get<MemberCardService>().WriteNoteAsync(cashier, member.MemberId!.Value, new WriteNoteForm { Text = "эта" });

        await using var context = database.Context();
        Assert.Equal(["другая", "эта"], (await context.Notes.Where(note => note.MemberId == member.MemberId).Select(note => note.Text).ToListAsync()).Order());
    }

    /// <summary>A fault that is no reason to repeat, a time limit for one: it is asked all the same what came of it.</summary>
    [Theory]
    [InlineData(Breaks.AfterTheCommit, 1)]
    [InlineData(Breaks.BeforeTheCommit, 0)]
    public async Task Remind_WhenTheFaultDoesNotPass_IsDoneOnlyIfItWasCommitted(Breaks breaks, int reminders)
    {
        var (cashier, member) = await PeopleAsync();
        var (over, _) = Over(isPassing: false, away: 0, breaks);

        var fault = await Record.ExceptionAsync(() => RemindAsync(over, cashier, member));

        Assert.Equal(reminders == 1, fault is null);
        Assert.Equal(reminders, await RemindersAsync(member));
    }

    /// <summary>Nobody can be asked any more: what may have been done is not done again, and whoever pressed is told to look.</summary>
    [Fact]
    public async Task Remind_WhenTheLineStaysAway_IsNotRepeatedUnasked()
    {
        var (cashier, member) = await PeopleAsync();
        var (over, connections) = Over(isPassing: true, away: 100, Breaks.AfterTheCommit);

        var refused = await PaymentSetup.RefusedAsync(() => RemindAsync(over, cashier, member));

        Assert.Equal(Problems.NotWritten, refused.Code);
        Assert.InRange(connections.Begun, 2, 10);
        Assert.Equal(1, await RemindersAsync(member));
    }

    private (TestDatabase Over, BrokenConnections Connections) Over(bool isPassing, int away, params Breaks[] commits)
    {
        var connections = new BrokenConnections(database.Folder, isPassing) { Away = away };
        Array.ForEach(commits, connections.Commits.Enqueue);
        return (database.Over(connections), connections);
    }

    private static Task RemindAsync(TestDatabase over, Actor cashier, Actor member) => over.Get<MemberEditService>().RemindAsync(cashier, member.MemberId!.Value);

    private async Task<int> RemindersAsync(Actor member)
    {
        await using var context = database.Context();
        return await context.AuditEntries.CountAsync(entry => entry.SubjectId == member.MemberId && entry.Action == AuditAction.ReminderOpened);
    }

    private async Task<(Actor Cashier, Actor Member)> PeopleAsync() => (await database.AddCashierAsync(), await database.AddAsync("Алиев Рашад"));
}
