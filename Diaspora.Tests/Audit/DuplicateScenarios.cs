using Diaspora.Domain.Export;
using Diaspora.Domain.Members;
using Diaspora.Domain.Merging;
using Diaspora.Tests.Members.Duplicates;
using Diaspora.Tests.Payments;
using static Diaspora.Domain.Kernel.AuditAction;
using static Diaspora.Tests.Payments.MoneySetup;

namespace Diaspora.Tests.Audit;

/// <summary>The verbs of duplicates and of files of members; a part of <see cref="VerbScenarios"/>.</summary>
internal static class DuplicateScenarios
{
    public static readonly Scenario[] All =
    [
        new("DuplicateService.MergeAsync", "", [MembersMerged], async stage =>
        {
            var form = await stage.Database.MergeFormAsync(stage.Admin, stage.Member, await stage.Database.AddAsync("Алиев Рашад Оглы"), MergeField.FullName, MergeField.Phone);
            return stage.By(stage.Admin, () => stage.Get<DuplicateService>().MergeAsync(stage.Admin, form));
        }),
        new("DuplicateService.MergeAsync", "a month twice", [MembersMerged, MembersMerged], async stage =>
        {
            var other = await stage.Database.AddAsync("Алиев Рашад Оглы");
            await stage.Database.RecordAsync(stage.Cashier, Cash(stage.Member, 2000, stage.Member.Of("2026-03")));
            await stage.Database.RecordAsync(stage.Cashier, Cash(other, 2000, other.Of("2026-03")));
            var form = (await stage.Database.MergeFormAsync(stage.Admin, stage.Member, other)).Deciding("2026-03", keepsOther: false);
            return stage.By(stage.Admin, () => stage.Get<DuplicateService>().MergeAsync(stage.Admin, form));
        }),
        new("DuplicateService.UndoMergeAsync", "", [MergeUndone], async stage =>
        {
            var merge = await stage.Database.MergeAsync(stage.Admin, stage.Member, await stage.Database.AddAsync("Алиев Рашад Оглы"), MergeField.FullName);
            return stage.By(stage.Admin, () => stage.Database.UndoMergeAsync(stage.Admin, merge));
        }),
        new("DuplicateService.DismissAsync", "", [DuplicateDismissed], async stage =>
        {
            var other = await stage.Database.AddAsync("Алиев Рашад Оглы");
            return stage.By(stage.Admin, () => stage.Get<DuplicateService>().DismissAsync(stage.Admin, stage.MemberId, other.MemberId!.Value));
        }),
        new("DuplicateService.ProposeAgainAsync", "", [DismissalUndone], async stage =>
        {
            var other = await stage.Database.AddAsync("Алиев Рашад Оглы");
            await stage.Get<DuplicateService>().DismissAsync(stage.Admin, stage.MemberId, other.MemberId!.Value);
            return stage.By(stage.Admin, () => stage.Get<DuplicateService>().ProposeAgainAsync(stage.Admin, stage.MemberId, other.MemberId!.Value));
        }),
        new("MemberExportService.MembersAsync", "", [MembersExported], stage =>
            Ready(stage.By(stage.Cashier, () => stage.Get<MemberExportService>().MembersAsync(stage.Cashier, new MemberSelection(new MemberFilter())), isAboutMember: false))),
        new("MemberExportService.PaymentsAsync", "", [PaymentsExported], stage =>
            Ready(stage.By(stage.Cashier, () => stage.Get<MemberExportService>().PaymentsAsync(stage.Cashier, new MemberSelection(new MemberFilter())), isAboutMember: false))),
    ];

    private static Task<Func<Task<Named>>> Ready(Func<Task<Named>> call) => Task.FromResult(call);
}
