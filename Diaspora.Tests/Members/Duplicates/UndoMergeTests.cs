using Diaspora.Domain.Members;
using Diaspora.Domain.Merging;
using Diaspora.Domain.Overview;
using Diaspora.Domain.Payments;
using Diaspora.Tests.Payments;
using Diaspora.Tests.Storage;
using Xunit;
using static Diaspora.Tests.Payments.MoneySetup;

namespace Diaspora.Tests.Members.Duplicates;

public sealed class UndoMergeTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    /// <summary>All that can be taken apart: two intents of a month, one set aside and one moved, a credit, a note, an exemption, another phone and name.</summary>
    [Fact]
    public async Task Undo_AMergeOfEverything_BringsEveryTableBack()
    {
        var (admin, cashier, stays, goes) = await PairAsync();
        await database.RecordAsync(cashier, Cash(stays, 2000, stays.Of("2026-02")));
        await database.RecordAsync(cashier, Cash(goes, 2000, goes.Of("2026-02")));
        await database.RecordAsync(cashier, Cash(stays, 2000, stays.Of("2026-03")));
        await database.CreditAsync(cashier, goes, 700);
        await database.StartAsync(goes, "2026-04");
        await database.Get<MemberCardService>().WriteNoteAsync(cashier, goes.MemberId!.Value, new WriteNoteForm { Text = "звонил" });
        await ExemptAsync(database, admin, goes, "2026-09");
        await database.KnowAsync(goes, "Тараз", "900515300018");
        var form = (await database.MergeFormAsync(admin, stays, goes, Enum.GetValues<MergeField>())).Deciding("2026-02", keepsOther: true).Deciding("2026-03", keepsOther: true, "2026-05");
        var before = await database.DumpAsync();
        database.Clock.Advance(TimeSpan.FromMinutes(1));

        var merge = await database.Get<DuplicateService>().MergeAsync(admin, form);
        var merged = await database.DumpAsync();
        database.Clock.Advance(TimeSpan.FromDays(29));
        await database.UndoMergeAsync(admin, merge);

        Assert.NotEqual(before, merged);
        Assert.Equal(before, await database.DumpAsync());
    }

    [Fact]
    public async Task Undo_AfterThirtyDays_IsRefused()
    {
        var (admin, _, stays, goes) = await PairAsync();
        var merge = await database.MergeAsync(admin, stays, goes);
        database.Clock.Advance(TimeSpan.FromDays(31));
        Assert.Equal(Problems.MergeTooOld, await RefusalAsync(admin, merge));
    }

    [Fact]
    public async Task Undo_Twice_IsAnsweredAsTheFirst_AndAColleagueIsToldSo()
    {
        var (admin, _, stays, goes) = await PairAsync();
        var merge = await database.MergeAsync(admin, stays, goes);
        await database.UndoMergeAsync(admin, merge);
        await database.UndoMergeAsync(admin, merge);
        Assert.Equal(Problems.MergeUndoneAlready, await RefusalAsync(await database.AddAdminAsync(), merge));
    }

    public static TheoryData<string> WhatWasBuilt => [.. Built.Keys];

    /// <summary>What may be done to the one record, and the sentence that is answered then.</summary>
    private static readonly Dictionary<string, (string Problem, Func<TestDatabase, Actor, Actor, Actor, Task> Build)> Built = new()
    {
        ["a month paid"] = (Problems.MergeBuiltOnByPayment, (test, _, _, member) => test.StartAsync(member, "2026-05")),
        ["what waited is confirmed"] = (Problems.MergeBuiltOnByPayment, async (test, _, cashier, member) =>
            await test.ConfirmAsync(cashier, (await test.HistoryAsync(member)).Single(row => row.Status == PaymentStatus.Pending).IntentId)),
        ["a credit returned"] = (Problems.MergeBuiltOnByCredit, async (test, _, cashier, member) =>
            await test.Get<RecordingService>().ReturnCreditAsync(cashier, (await test.OpenCreditsAsync(cashier, member)).Single().Id, new ReturnCreditForm { Reason = "на карту" })),
        ["an exemption"] = (Problems.MergeBuiltOnByMonths, (test, admin, _, member) => ExemptAsync(test, admin, member, "2026-10")),
        ["another name"] = (Problems.MergeBuiltOnByEdit, async (test, _, _, member) => await test.EditProfileAsync(member, form => form.FullName = "Совсем Другой")),
        ["another joining month"] = (Problems.MergeBuiltOnByEdit, async (test, admin, _, member) => await test.Get<OwedMonthsService>().MoveJoiningAsync(
            admin, member.MemberId!.Value, await test.JoiningFormAsync(member, new Period(2026, 1)))),
        ["another merge"] = (Problems.MergeBuiltOnByMerge, async (test, admin, _, member) => await test.MergeAsync(admin, member, await test.AddAsync("Третья Запись"))),
        ["merged away"] = (Problems.MergeBuiltOnByMerge, async (test, admin, _, member) => await test.MergeAsync(admin, await test.AddAsync("Третья Запись"), member)),
    };

    [Theory]
    [MemberData(nameof(WhatWasBuilt))]
    public async Task Undo_WhatWasBuiltOn_IsRefusedWithItsSentence_AndChangesNothing(string what)
    {
        var (admin, cashier, stays, goes) = await PairAsync();
        await database.CreditAsync(cashier, goes, 700, "2026-02");
        await database.StartAsync(goes, "2026-04");
        var merge = await database.MergeAsync(admin, stays, goes);
        await Built[what].Build(database, admin, cashier, stays);
        var before = await database.DumpAsync();

        Assert.Equal(Built[what].Problem, await RefusalAsync(admin, merge));

        Assert.Equal(before, await database.DumpAsync());
    }

    /// <summary>What changes nothing of the merge does not stand in the way.</summary>
    [Fact]
    public async Task Undo_AfterANoteALanguageAndACancelledTry_IsDone()
    {
        var (admin, cashier, stays, goes) = await PairAsync();
        var merge = await database.MergeAsync(admin, stays, goes);
        await database.Get<MemberCardService>().WriteNoteAsync(cashier, stays.MemberId!.Value, new WriteNoteForm { Text = "перезвонить" });
        await database.Get<MemberService>().SpeakAsync(stays, "kk");
        await database.Get<PaymentService>().CancelAsync(stays, await database.StartAsync(stays, "2026-04"));

        await database.UndoMergeAsync(admin, merge);

        Assert.Null((await database.StoredAsync(goes)).MergedIntoId);
        Assert.Equal(Problems.NothingChosen, (await Assert.ThrowsAsync<FormException>(() => database.Get<PaymentService>().StartAsync(goes, new StartPaymentForm()))).Problems.ByField.Values.Single().Code);
    }

    [Fact]
    public async Task Undo_TheLaterOfTwoMerges_LeavesTheEarlierOne()
    {
        var (admin, _, second, first) = await PairAsync();
        var third = await database.AddAsync("Алиев Рашад");
        var inner = await database.MergeAsync(admin, second, first);
        var outer = await database.MergeAsync(admin, third, second);
        Assert.Equal(third.MemberId, (await database.StoredAsync(first)).MergedIntoId);

        await database.UndoMergeAsync(admin, outer);
        Assert.Equal(second.MemberId, (await database.StoredAsync(first)).MergedIntoId);
        await database.UndoMergeAsync(admin, inner);
        Assert.Null((await database.StoredAsync(first)).MergedIntoId);
    }

    private async Task<(Actor Admin, Actor Cashier, Actor Stays, Actor Goes)> PairAsync() =>
        (await database.AddAdminAsync(), await database.AddCashierAsync(), await database.AddAsync("Алиев Рашад", joinedOn: "2026-02-01"), await database.AddAsync("Алиев Рашад Оглы", joinedOn: "2026-01-01"));

    private static Task ExemptAsync(TestDatabase database, Actor admin, Actor member, string from) =>
        database.Get<OwedMonthsService>().ExemptAsync(admin, member.MemberId!.Value, new MonthIntervalForm { From = Period.Parse(from), To = Period.Parse(from), Reason = "решение совета" });

    private async Task<string> RefusalAsync(Actor admin, Guid merge) => (await PaymentSetup.RefusedAsync(() => database.UndoMergeAsync(admin, merge))).Code;
}
