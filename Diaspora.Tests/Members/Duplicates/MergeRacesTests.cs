using Diaspora.Domain.Merging;
using Diaspora.Domain.Payments;
using Diaspora.Tests.Payments;
using Diaspora.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static Diaspora.Tests.Payments.MoneySetup;

namespace Diaspora.Tests.Members.Duplicates;

/// <summary>At the same moment, from several processes, on a real file.</summary>
public sealed class MergeRacesTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private const int Rounds = 6;

    [Fact]
    public async Task Merge_EachIntoTheOtherAtOnce_ExactlyOneWins()
    {
        TestDatabase[] processes = [database, await database.AnotherAsync()];
        Actor[] admins = [await database.AddAdminAsync(), await database.AddAdminAsync()];
        for (var round = 0; round < Rounds; round++)
        {
            Actor[] pair = [await database.AddAsync("Алиев Рашад"), await database.AddAsync("Алиев Рашад")];
            MergeMembersForm[] forms = [await database.MergeFormAsync(admins[0], pair[0], pair[1]), await database.MergeFormAsync(admins[1], pair[1], pair[0])];

            var outcomes = await PaymentSetup.AtOnceAsync(2, index => processes[index].Get<DuplicateService>().MergeAsync(admins[index], forms[index]));

            var loser = Assert.Single(outcomes, outcome => outcome is not null);
            Assert.Equal(Problems.AlreadyMerged, Assert.IsType<DomainException>(loser).Problem.Code);
            await using var context = database.Context();
            Guid?[] ids = [pair[0].MemberId, pair[1].MemberId];
            Assert.Equal(1, await context.Members.CountAsync(member => ids.Contains(member.Id)));
            Assert.Equal(1, await context.AuditEntries.CountAsync(entry => entry.Action == AuditAction.MembersMerged && ids.Contains(entry.EntityId)));
        }
    }

    /// <summary>Both have March, the one that goes is still waiting and is to be set aside: either it is confirmed, and the merge looks again, or it is set aside.</summary>
    [Fact]
    public async Task Merge_WhileThePaymentSetAsideIsConfirmed_ExactlyOneWins()
    {
        TestDatabase[] processes = [database, await database.AnotherAsync()];
        var (admin, cashier) = (await database.AddAdminAsync(), await database.AddCashierAsync());
        for (var round = 0; round < Rounds; round++)
        {
            var (stays, goes) = (await database.AddAsync("Мамедова Севда"), await database.AddAsync("Мамедова Севда"));
            await database.RecordAsync(cashier, Cash(stays, 2000, stays.Of("2026-03")));
            var intentId = await database.StartAsync(goes, "2026-03");
            var form = (await database.MergeFormAsync(admin, stays, goes)).Deciding("2026-03", keepsOther: false);

            var outcomes = await PaymentSetup.AtOnceAsync(2, index => index == 0
                ? processes[0].Get<DuplicateService>().MergeAsync(admin, form)
                : processes[1].ConfirmAsync(cashier, intentId));

            Assert.Single(outcomes, outcome => outcome is null);
            var hasMerged = outcomes[0] is null;
            Assert.Equal(hasMerged ? Problems.AlreadyRejected : Problems.MergeSeenOld, outcomes.OfType<DomainException>().Single().Problem.Code);
            await using var context = database.Context();
            var payment = await context.Payments.SingleAsync(payment => payment.IntentId == intentId);
            Assert.Equal(hasMerged ? (stays.MemberId, PaymentStatus.Rejected) : (goes.MemberId, PaymentStatus.Confirmed), ((Guid?)payment.MemberId, payment.Status));
        }
    }

    /// <summary>Only the one that goes has the month: whoever is first, its money is confirmed once, and it is the person's.</summary>
    [Fact]
    public async Task Merge_WhileAPaymentThatMovesIsConfirmed_LosesNothing()
    {
        TestDatabase[] processes = [database, await database.AnotherAsync()];
        var (admin, cashier) = (await database.AddAdminAsync(), await database.AddCashierAsync());
        for (var round = 0; round < Rounds; round++)
        {
            var (stays, goes) = (await database.AddAsync("Рзаева Гюнель"), await database.AddAsync("Рзаева Гюнель"));
            var intentId = await database.StartAsync(goes, "2026-03");
            var form = await database.MergeFormAsync(admin, stays, goes);

            var outcomes = await PaymentSetup.AtOnceAsync(2, index => index == 0
                ? processes[0].Get<DuplicateService>().MergeAsync(admin, form)
                : processes[1].ConfirmAsync(cashier, intentId));

            Assert.Null(outcomes[1]);
            Assert.True(outcomes[0] is null or DomainException { Problem.Code: Problems.MergeSeenOld }, outcomes[0]?.ToString());
            await using var context = database.Context();
            var payment = await context.Payments.SingleAsync(payment => payment.IntentId == intentId);
            Assert.Equal((outcomes[0] is null ? stays.MemberId : goes.MemberId, PaymentStatus.Confirmed), ((Guid?)payment.MemberId, payment.Status));
        }
    }

    [Fact]
    public async Task Undo_TwiceAtOnce_IsDoneOnce()
    {
        TestDatabase[] processes = [database, await database.AnotherAsync()];
        Actor[] admins = [await database.AddAdminAsync(), await database.AddAdminAsync()];
        var (stays, goes) = (await database.AddAsync("Гусейнов Вусал"), await database.AddAsync("Гусейнов Вусал"));
        var merge = await database.MergeAsync(admins[0], stays, goes);

        var outcomes = await PaymentSetup.AtOnceAsync(2, index => processes[index].UndoMergeAsync(admins[index], merge));

        Assert.Equal(Problems.MergeUndoneAlready, Assert.IsType<DomainException>(Assert.Single(outcomes, outcome => outcome is not null)).Problem.Code);
        await using var context = database.Context();
        Assert.Equal(1, await context.AuditEntries.CountAsync(entry => entry.Action == AuditAction.MergeUndone && entry.EntityId == stays.MemberId));
    }
}
