using Diaspora.Domain.Members;
using static Diaspora.Domain.Kernel.AuditAction;
using static Diaspora.Tests.Audit.VerbScenarios;

namespace Diaspora.Tests.Audit;

/// <summary>What an admin does in the list of members.</summary>
internal static class MemberEditScenarios
{
    public static readonly Scenario[] All =
    [
        new("MemberEditService.EditAsync", "city", [MemberEdited], stage => Ready(stage.By(stage.Admin, () => EditAsync(stage, MemberField.City, "", "Шымкент")))),
        new("MemberEditService.EditAsync", "phone", [MemberPhoneChanged], async stage =>
        {
            var phone = (await stage.Get<MemberEditService>().FieldsAsync(stage.Admin, stage.MemberId)).Phone;
            return stage.By(stage.Admin, () => EditAsync(stage, MemberField.Phone, phone, stage.Phone));
        }),
        new("MemberEditService.EditAsync", "joining", [JoiningMoved], async stage =>
        {
            var joined = (await stage.Get<MemberEditService>().FieldsAsync(stage.Admin, stage.MemberId)).JoinedIn;
            return stage.By(stage.Admin, () => EditAsync(stage, MemberField.JoinedIn, joined, "2025-12"));
        }),
        new("MemberEditService.AddAsync", "", [MemberAdded], stage => Ready(async () => new Named(stage.Admin.MemberId,
            await stage.Get<MemberEditService>().AddAsync(stage.Admin, new AddMemberForm { FullName = "Новый Участник", Phone = stage.Phone, JoinedIn = new Period(2026, 3) })))),
        new("MemberEditService.RemindAsync", "", [ReminderOpened], stage =>
            Ready(stage.By(stage.Cashier, () => stage.Get<MemberEditService>().RemindAsync(stage.Cashier, stage.MemberId)))),
    ];

    private static Task EditAsync(Stage stage, MemberField field, string seen, string value) =>
        stage.Get<MemberEditService>().EditAsync(stage.Admin, stage.MemberId, new EditMemberForm { Field = field, Seen = seen, Value = value });
}
