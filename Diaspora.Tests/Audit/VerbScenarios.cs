using Diaspora.Domain.Access;
using Diaspora.Domain.Members;
using Diaspora.Domain.Members.Accounts;
using Diaspora.Domain.Overview;
using Diaspora.Domain.Payments;
using Diaspora.Domain.Reports;
using Diaspora.Domain.Settings;
using Diaspora.Tests.Members.Import;
using Diaspora.Tests.Payments;
using Diaspora.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using static Diaspora.Domain.Kernel.AuditAction;
using static Diaspora.Tests.Payments.MoneySetup;

namespace Diaspora.Tests.Audit;

/// <summary>Whom the log should name.</summary>
internal sealed record Named(Guid? Actor, Guid? Subject);

/// <summary>A verb that writes, called when all is ready for it.</summary>
/// <param name="Entries">What it should leave in the log, in this order.</param>
/// <param name="Prepare">Answers with the call, which may be made again after it failed.</param>
internal sealed record Scenario(string Verb, string Situation, AuditAction[] Entries, Func<Stage, Task<Func<Task<Named>>>> Prepare)
{
    /// <summary>Tries are counted in a transaction of their own, before the password is looked at: else guesses made at once would slip through.</summary>
    public static readonly string[] Tries = ["SignInThrottles"];

    /// <summary>Tables that are written before the verb's own commit, for a reason.</summary>
    public string[] Apart { get; init; } = [];

    public override string ToString() => Situation.Length == 0 ? Verb : $"{Verb}, {Situation}";
}

/// <summary>The people of a scenario; others may be there besides.</summary>
internal sealed record Stage(TestDatabase Database, Actor Admin, Actor Cashier, Actor Member)
{
    private static int _lastPhone;

    /// <summary>Nobody has it yet.</summary>
    public string Phone { get; } = NewPhone();

    public string OtherPhone { get; } = NewPhone();

    public Guid MemberId => Member.MemberId!.Value;

    public T Get<T>() where T : notnull => Database.Get<T>();

    /// <summary>Done by somebody to the member.</summary>
    public Func<Task<Named>> By(Actor actor, Func<Task> act, bool isAboutMember = true) => async () =>
    {
        await act();
        return new Named(actor.MemberId, isAboutMember ? MemberId : null);
    };

    private static string NewPhone() => $"+7705{Interlocked.Increment(ref _lastPhone):0000000}";
}

internal static class VerbScenarios
{
    public const string Password = "три кота и гранат";
    public static readonly Actor Visitor = new(null, "192.0.2.7", "test");
    private static readonly RejectPaymentForm Rejection = new() { Reason = "чек не читается" };

    public static readonly Scenario[] All =
    [
        // Accounts
        .. RegistrationScenarios.All,
        .. KaspiScenarios.All,
        .. SigningInScenarios.All,
        new("AccountService.EnsureAdminAsync", "", [MemberRegistered], async stage =>
        {
            await using var context = stage.Database.Context();
            await context.Members.ExecuteUpdateAsync(members => members.SetProperty(member => member.Role, Role.Member));
            return async () =>
            {
                await stage.Get<AccountService>().EnsureAdminAsync("Первый Администратор", PhoneNumber.Parse(stage.Phone), Password);
                return new Named(null, await stage.Get<IStore>().ReadAsync(work => work.Members.IdOfAsync(PhoneNumber.Parse(stage.Phone))));
            };
        }),
        new("AccountService.CreateLinkAsync", "", [SignInLinkCreated], stage =>
            Ready(stage.By(stage.Admin, () => stage.Get<AccountService>().CreateLinkAsync(stage.Admin, stage.MemberId)))),

        // Members
        new("MemberService.EditProfileAsync", "name", [MemberEdited], stage => Ready(stage.By(stage.Member, () => stage.Database.EditProfileAsync(stage.Member, form => form.FullName = "Алиев Рашад Оглы")))),
        new("MemberService.EditProfileAsync", "phone", [MemberPhoneChanged], async stage =>
        {
            var (id, _) = await RegistrationScenarios.RegisterAsync(stage);
            return async () =>
            {
                await stage.Database.EditProfileAsync(Visitor with { MemberId = id }, form => (form.Phone, form.CurrentPassword) = (stage.OtherPhone, Password));
                return new Named(id, id);
            };
        }),
        new("MemberService.SpeakAsync", "", [MemberLanguageChanged], stage => Ready(stage.By(stage.Member, () => stage.Get<MemberService>().SpeakAsync(stage.Member, "kk")))),
        new("MemberService.AppointAsync", "", [MemberRoleChanged], stage =>
            Ready(stage.By(stage.Admin, () => stage.Get<MemberService>().AppointAsync(stage.Admin, stage.MemberId, new AppointMemberForm { Role = Role.Editor })))),
        new("MemberService.BlockAsync", "", [MemberStatusChanged], stage => Ready(stage.By(stage.Admin, () => BlockAsync(stage)))),
        new("MemberService.UnblockAsync", "", [MemberStatusChanged], async stage =>
        {
            await BlockAsync(stage);
            return stage.By(stage.Admin, () => stage.Get<MemberService>().UnblockAsync(stage.Admin, stage.MemberId));
        }),
        .. MemberEditScenarios.All,
        new("MemberCardService.WriteNoteAsync", "", [NoteWritten], stage => Ready(stage.By(stage.Cashier, () => WriteNoteAsync(stage)))),
        new("MemberCardService.RemoveNoteAsync", "", [NoteRemoved], async stage =>
        {
            await WriteNoteAsync(stage);
            var note = Assert.Single((await stage.Database.CardAsync(stage.Cashier, stage.Member)).Notes);
            return stage.By(stage.Cashier, () => stage.Get<MemberCardService>().RemoveNoteAsync(stage.Cashier, note.Id));
        }),

        new("OwedMonthsService.ExemptAsync", "", [MemberExempted], stage => Ready(stage.By(stage.Admin, () => stage.Get<OwedMonthsService>().ExemptAsync(stage.Admin, stage.MemberId, April)))),
        new("OwedMonthsService.SuspendAsync", "", [MemberSuspended], stage => Ready(stage.By(stage.Admin, () => stage.Get<OwedMonthsService>().SuspendAsync(stage.Admin, stage.MemberId, April)))),
        new("OwedMonthsService.EndAsync", "exemption", [ExemptionEnded], async stage => End(stage, await stage.Get<OwedMonthsService>().ExemptAsync(stage.Admin, stage.MemberId, April))),
        new("OwedMonthsService.EndAsync", "suspension", [SuspensionEnded], async stage => End(stage, await stage.Get<OwedMonthsService>().SuspendAsync(stage.Admin, stage.MemberId, April))),
        new("OwedMonthsService.MoveJoiningAsync", "", [JoiningMoved], stage => Ready(stage.By(stage.Admin, () => JoinAsync(stage)))),

        // Paying
        new("PaymentService.StartAsync", "", [PaymentCreated], stage => Ready(stage.By(stage.Member, () => stage.Database.StartAsync(stage.Member, "2026-03", "2026-04")))),
        new("PaymentService.ClaimAsync", "", [PaymentClaimed], stage => Started(stage, stage.Member, id => stage.Get<PaymentService>().ClaimAsync(stage.Member, id))),
        new("PaymentService.AttachReceiptAsync", "", [ReceiptAttached], stage => Started(stage, stage.Member, id => stage.Database.AttachAsync(stage.Member, id, PaymentSetup.Pdf))),
        new("PaymentService.AttachAsCashierAsync", "", [ReceiptAttached], stage =>
            Started(stage, stage.Cashier, id => stage.Get<PaymentService>().AttachAsCashierAsync(stage.Cashier, id, "чек.pdf", new MemoryStream(PaymentSetup.Pdf)))),
        new("PaymentService.RemoveReceiptAsync", "", [ReceiptRemoved], async stage =>
        {
            var intentId = await stage.Database.StartAsync(stage.Member, "2026-03");
            var receiptId = await stage.Database.AttachAsync(stage.Member, intentId, PaymentSetup.Pdf);
            return stage.By(stage.Member, () => stage.Get<PaymentService>().RemoveReceiptAsync(stage.Member, intentId, receiptId));
        }),
        new("PaymentService.RemoveAsCashierAsync", "", [ReceiptRemoved], async stage =>
        {
            var intentId = await stage.Database.StartAsync(stage.Member, "2026-03");
            var receiptId = await stage.Get<PaymentService>().AttachAsCashierAsync(stage.Cashier, intentId, "чек.pdf", new MemoryStream(PaymentSetup.Pdf));
            return stage.By(stage.Cashier, () => stage.Get<PaymentService>().RemoveAsCashierAsync(stage.Cashier, intentId, receiptId));
        }),
        new("PaymentService.CancelAsync", "", [PaymentCancelled], stage => Started(stage, stage.Member, id => stage.Get<PaymentService>().CancelAsync(stage.Member, id))),
        new("PaymentService.LapseAsync", "", [PaymentLapsed], async stage =>
        {
            // What others left unclaimed is out of the way first.
            stage.Database.Clock.Advance(TimeSpan.FromDays(15));
            await stage.Get<PaymentService>().LapseAsync();
            await stage.Database.StartAsync(stage.Member, "2026-03");
            stage.Database.Clock.Advance(TimeSpan.FromDays(15));
            return stage.By(Actor.Task("lapse"), () => stage.Get<PaymentService>().LapseAsync());
        }),

        // Deciding
        new("ModerationService.ConfirmAsync", "", [PaymentConfirmed], stage => Started(stage, stage.Cashier, id => stage.Database.ConfirmAsync(stage.Cashier, id))),
        new("ModerationService.ConfirmMonthAsync", "", [PaymentConfirmed], stage =>
            Started(stage, stage.Cashier, async id => await stage.Get<ModerationService>().ConfirmMonthAsync(stage.Cashier, id, (await stage.Database.HistoryAsync(stage.Member))[0].PaymentId))),
        new("ModerationService.RejectAsync", "", [PaymentRejected], stage => Started(stage, stage.Cashier, id => stage.Get<ModerationService>().RejectAsync(stage.Cashier, id, Rejection))),
        new("ModerationService.RejectMonthAsync", "", [PaymentRejected], stage =>
            Started(stage, stage.Cashier, async id => await stage.Get<ModerationService>().RejectMonthAsync(stage.Cashier, id, (await stage.Database.HistoryAsync(stage.Member))[0].PaymentId, Rejection))),
        new("ModerationService.ReopenAsync", "", [PaymentReopened], async stage =>
        {
            var intentId = await stage.Database.StartAsync(stage.Member, "2026-03");
            var at = await stage.Get<ModerationService>().ConfirmAsync(stage.Cashier, intentId);
            return stage.By(stage.Cashier, () => stage.Get<ModerationService>().ReopenAsync(stage.Cashier, intentId, at));
        }),

        // Money by hand
        new("RecordingService.RecordAsync", "with a credit", [CreditUsed, PaymentRecorded], async stage =>
        {
            var form = Cash(stage.Member, 1700, stage.Member.Of("2026-04")).Using(await stage.Database.CreditAsync(stage.Cashier, stage.Member, 500)).KeepingTheRest();
            return stage.By(stage.Cashier, () => stage.Database.RecordAsync(stage.Cashier, form));
        }),
        new("RecordingService.SettleAsync", "with a credit", [CreditUsed, PaymentSettled], async stage =>
        {
            var form = Came(1700, stage.Member.Of("2026-04")).Using(await stage.Database.CreditAsync(stage.Cashier, stage.Member, 500)).KeepingTheRest();
            var intentId = await stage.Database.StartAsync(stage.Member, "2026-04", "2026-05");
            return stage.By(stage.Cashier, () => stage.Database.SettleAsync(stage.Cashier, intentId, form));
        }),
        new("RecordingService.RefundAsync", "", [PaymentRefunded], async stage =>
        {
            await stage.Database.RecordAsync(stage.Cashier, Cash(stage.Member, 2000, stage.Member.Of("2026-03")));
            var payment = Assert.Single(await stage.Database.HistoryAsync(stage.Member));
            return stage.By(stage.Cashier, () => stage.Database.RefundAsync(stage.Cashier, payment));
        }),
        new("RecordingService.ReturnCreditAsync", "", [CreditReturned], async stage =>
        {
            var creditId = await stage.Database.CreditAsync(stage.Cashier, stage.Member, 500);
            return stage.By(stage.Cashier, () => stage.Get<RecordingService>().ReturnCreditAsync(stage.Cashier, creditId, new ReturnCreditForm { Reason = "вернули на карту" }));
        }),

        .. ImportScenarios.All,

        // Reports
        new("ReportService.ExportAsync", "", [ReportExported], stage =>
            Ready(stage.By(stage.Cashier, () => stage.Get<ReportService>().ExportAsync(stage.Cashier, new Period(2026, 3)), isAboutMember: false))),
        new("ReportService.ExportYearAsync", "", [ReportExported], stage =>
            Ready(stage.By(stage.Cashier, () => stage.Get<ReportService>().ExportYearAsync(stage.Cashier, 2026), isAboutMember: false))),
        new("ReportService.ExportDetailsAsync", "", [ReportExported], stage =>
            Ready(stage.By(stage.Cashier, () => stage.Get<ReportService>().ExportDetailsAsync(stage.Cashier, new Period(2026, 3)), isAboutMember: false))),
        new("ReportService.ExportMatrixAsync", "", [ReportExported], stage =>
            Ready(stage.By(stage.Cashier, () => stage.Get<ReportService>().ExportMatrixAsync(stage.Cashier, new MatrixFilter(2026), isSheet: false), isAboutMember: false))),
        new("MonthClosingService.CloseAsync", "", [MonthClosed], async stage =>
        {
            // One month is left open, whatever others closed before.
            await stage.Database.AddAsync("Давний Участник", joinedOn: "2025-12-01");
            await stage.Get<MonthClosingService>().CloseAsync();
            await using var context = stage.Database.Context();
            await context.Set<ClosedMonth>().Where(month => month.Month == new Period(2025, 12)).ExecuteDeleteAsync();
            return stage.By(Actor.Task("close-months"), () => stage.Get<MonthClosingService>().CloseAsync(), isAboutMember: false);
        }),

        // Settings
        new("SettingsService.EditAsync", "", [AuditAction.SettingsChanged], async stage =>
        {
            await stage.Get<SettingsService>().SeedAsync(stage.Database.Settings.Value);
            var form = EditSettingsForm.Of(await stage.Get<SettingsService>().SettingsAsync(stage.Admin));
            form.Name = $"Диаспора {stage.Phone}";
            return stage.By(stage.Admin, () => stage.Get<SettingsService>().EditAsync(stage.Admin, form), isAboutMember: false);
        }),
        .. RemindingScenarios.All,
        .. RightsScenarios.All,
        .. ContactScenarios.All,
        .. DuplicateScenarios.All,
        .. BackupScenarios.All,
        .. BankScenarios.All,
    ];

    private static MonthIntervalForm April => new() { From = new Period(2026, 4), To = new Period(2026, 6), Reason = "решение совета" };

    public static Task<Func<Task<Named>>> Ready(Func<Task<Named>> call) => Task.FromResult(call);

    /// <summary>The member has set out to pay March and April.</summary>
    private static async Task<Func<Task<Named>>> Started(Stage stage, Actor actor, Func<Guid, Task> act)
    {
        var intentId = await stage.Database.StartAsync(stage.Member, "2026-03", "2026-04");
        return stage.By(actor, () => act(intentId));
    }

    private static Func<Task<Named>> End(Stage stage, Guid intervalId) =>
        stage.By(stage.Admin, () => stage.Get<OwedMonthsService>().EndAsync(stage.Admin, stage.MemberId, intervalId, new EndIntervalForm { Seen = April.To, Last = new Period(2026, 4) }));

    private static async Task JoinAsync(Stage stage) =>
        await stage.Get<OwedMonthsService>().MoveJoiningAsync(stage.Admin, stage.MemberId, await stage.Database.JoiningFormAsync(stage.Member, new Period(2026, 1)));

    private static Task BlockAsync(Stage stage) => stage.Get<MemberService>().BlockAsync(stage.Admin, stage.MemberId, new BlockMemberForm { Reason = "спам" });

    private static Task WriteNoteAsync(Stage stage) => stage.Get<MemberCardService>().WriteNoteAsync(stage.Cashier, stage.MemberId, new WriteNoteForm { Text = "звонил" });
}
