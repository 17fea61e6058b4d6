using Diaspora.Domain.Access;
using Diaspora.Domain.Audit;
using Diaspora.Domain.Export;
using Diaspora.Domain.Import;
using Diaspora.Domain.Members;
using Diaspora.Domain.Members.Accounts;
using Diaspora.Domain.Merging;
using Diaspora.Domain.Overview;
using Diaspora.Domain.Payments;
using Diaspora.Domain.Reports;
using Diaspora.Domain.Settings;
using Diaspora.Tests.Payments;
using Diaspora.Tests.Storage;
using Xunit;

namespace Diaspora.Tests.Members;

/// <summary>Who may do what, for every verb there is: the service decides, whatever the page thinks.</summary>
public sealed class AccessTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    /// <summary>What each verb asks for. A verb that is missing here fails the test below.</summary>
    private static readonly Dictionary<string, Permission> Table = new()
    {
        ["AccountService.CreateLinkAsync"] = Permission.Admin,
        ["AuditService.PageAsync"] = Permission.Admin,
        ["BackupService.CreateAsync"] = Permission.Admin,
        ["BackupService.DetailsAsync"] = Permission.Admin,
        ["BackupService.OpenAsync"] = Permission.Admin,
        ["BackupService.SeenStateAsync"] = Permission.Admin,
        ["BackupService.VerifyAsync"] = Permission.Admin,
        ["CabinetService.CabinetAsync"] = Permission.Member,
        ["DuplicateService.CompareAsync"] = Permission.Admin,
        ["DuplicateService.DismissAsync"] = Permission.Admin,
        ["DuplicateService.MergeAsync"] = Permission.Admin,
        ["DuplicateService.PreviewAsync"] = Permission.Admin,
        ["DuplicateService.ProposeAgainAsync"] = Permission.Admin,
        ["DuplicateService.ProposedAsync"] = Permission.Admin,
        ["DuplicateService.UndoMergeAsync"] = Permission.Admin,
        ["HealthService.FiguresAsync"] = Permission.Admin,
        ["ImportService.BookAsync"] = Permission.Admin,
        ["ImportService.CheckAsync"] = Permission.Admin,
        ["ImportService.ImportAsync"] = Permission.Admin,
        ["ImportService.ListAsync"] = Permission.Admin,
        ["ImportService.MapAsync"] = Permission.Admin,
        ["ImportService.StageAsync"] = Permission.Admin,
        ["ImportService.UndoAsync"] = Permission.Admin,
        ["InvoiceService.WaysAsync"] = Permission.Member,
        ["OwedMonthsService.EndAsync"] = Permission.Admin,
        ["OwedMonthsService.ExemptAsync"] = Permission.Admin,
        ["OwedMonthsService.MoveJoiningAsync"] = Permission.Admin,
        ["OwedMonthsService.SuspendAsync"] = Permission.Admin,
        ["OwedMonthsService.WaitingAsync"] = Permission.Admin,
        ["MemberCardService.CardAsync"] = Permission.Cashier,
        ["MemberCardService.MonthAsync"] = Permission.Cashier,
        ["MemberCardService.OwnMonthAsync"] = Permission.Member,
        ["MemberCardService.RemoveNoteAsync"] = Permission.Cashier,
        ["MemberCardService.WriteNoteAsync"] = Permission.Cashier,
        ["MemberEditService.AddAsync"] = Permission.Admin,
        ["MemberEditService.EditAsync"] = Permission.Admin,
        ["MemberEditService.FieldsAsync"] = Permission.Admin,
        ["MemberEditService.RemindAsync"] = Permission.Cashier,
        ["MemberExportService.MembersAsync"] = Permission.Cashier,
        ["MemberExportService.PaymentsAsync"] = Permission.Cashier,
        ["MemberService.AppointAsync"] = Permission.Admin,
        ["MemberService.BlockAsync"] = Permission.Admin,
        ["MemberService.EditProfileAsync"] = Permission.Member,
        ["MemberService.ListFactsAsync"] = Permission.Cashier,
        ["MemberService.PageAsync"] = Permission.Cashier,
        ["MemberService.ProfileAsync"] = Permission.Member,
        ["MemberService.RowAsync"] = Permission.Cashier,
        ["MemberService.RowsAsync"] = Permission.Cashier,
        ["MemberService.SpeakAsync"] = Permission.Member,
        ["MemberService.UnblockAsync"] = Permission.Admin,
        ["ModerationService.ConfirmAsync"] = Permission.Cashier,
        ["ModerationService.ConfirmMonthAsync"] = Permission.Cashier,
        ["ModerationService.IntentAsync"] = Permission.Cashier,
        ["ModerationService.QueueAsync"] = Permission.Cashier,
        ["ModerationService.RejectAsync"] = Permission.Cashier,
        ["ModerationService.RejectMonthAsync"] = Permission.Cashier,
        ["ModerationService.ReopenAsync"] = Permission.Cashier,
        ["WatchService.RowAsync"] = Permission.Cashier,
        ["WatchService.WaitingAsync"] = Permission.Cashier,
        ["WatchService.MembersAsync"] = Permission.Cashier,
        ["WatchService.MemberFactsAsync"] = Permission.Cashier,
        ["OwnAccountService.ChangePasswordAsync"] = Permission.Member,
        ["OwnAccountService.SessionsAsync"] = Permission.Member,
        ["PaymentService.AttachAsCashierAsync"] = Permission.Cashier,
        ["PaymentService.AttachReceiptAsync"] = Permission.Member,
        ["PaymentService.CancelAsync"] = Permission.Member,
        ["PaymentService.ClaimAsync"] = Permission.Member,
        ["PaymentService.HistoryAsync"] = Permission.Member,
        ["PaymentService.IntentAsync"] = Permission.Member,
        ["PaymentService.ReceiptAsync"] = Permission.Member,
        ["PaymentService.RemoveAsCashierAsync"] = Permission.Cashier,
        ["PaymentService.RemoveReceiptAsync"] = Permission.Member,
        ["PaymentService.StartAsync"] = Permission.Member,
        ["RecordingService.PayableAsync"] = Permission.Cashier,
        ["RecordingService.RecordAsync"] = Permission.Cashier,
        ["RecordingService.RefundAsync"] = Permission.Cashier,
        ["RecordingService.ReturnCreditAsync"] = Permission.Cashier,
        ["ReceiptReadingService.OfIntentAsync"] = Permission.Cashier,
        ["ReconciliationService.MonthAsync"] = Permission.Cashier,
        ["RecordingService.SettleAsync"] = Permission.Cashier,
        ["RegistrationService.ApproveAsync"] = Permission.Admin,
        ["RegistrationService.RefuseAsync"] = Permission.Admin,
        ["RegistrationService.WaitingAsync"] = Permission.Admin,
        ["ReportService.ExportAsync"] = Permission.Cashier,
        ["ReportService.ExportYearAsync"] = Permission.Cashier,
        ["ReportService.MonthAsync"] = Permission.Cashier,
        ["SettingsService.EditAsync"] = Permission.Admin,
        ["SettingsService.SettingsAsync"] = Permission.Admin,
    };

    /// <summary>What needs nobody to be signed in, and why.</summary>
    private static readonly Dictionary<string, string> WithoutActor = new()
    {
        ["AccountService.SignInAsync"] = "a visitor signs in",
        ["AccountService.ForgotAsync"] = "a visitor asks for a link",
        ["AccountService.FindLinkAsync"] = "a visitor has a link",
        ["AccountService.ResetAsync"] = "a visitor has a link",
        ["AccountService.EnsureAdminAsync"] = "the start of the portal",
        ["AccountService.HasAdminAsync"] = "the start of the portal",
        ["AccountService.ForgetTriesAsync"] = "a background task",
        ["BackupService.AddresseesAsync"] = "a background task writes to the admins",
        ["BackupService.CreateDailyAsync"] = "a background task",
        ["BackupService.FactsAsync"] = "a background task",
        ["BackupService.StateAsync"] = "the check of the portal's health, and a background task",
        ["BillerService.CheckAsync"] = "the bank, known by its address",
        ["BillerService.PayAsync"] = "the bank, known by its address",
        ["HealthService.WatchedAsync"] = "the portal's own metrics, in which nobody is named",
        ["InvoiceService.BeginAsync"] = "a background task",
        ["InvoiceService.DueAsync"] = "a background task",
        ["InvoiceService.NoteAsync"] = "a background task",
        ["MemberService.RefreshListingsAsync"] = "a background task",
        ["PaymentService.LapseAsync"] = "a background task",
        ["ReceiptReadingService.NoteAsync"] = "a background task",
        ["ReceiptReadingService.UnreadAsync"] = "a background task",
        ["ReceiptSweepService.SweepAsync"] = "a background task",
        ["RegistrationService.ForgetAsync"] = "a background task",
        ["RegistrationService.RegisterAsync"] = "a visitor registers",
        ["SettingsService.RefreshAsync"] = "a background task",
        ["SignInTrailService.WriteAsync"] = "a background task",
        ["SettingsService.SeedAsync"] = "the start of the portal",
        ["WebhookService.StoreAsync"] = "an aggregator, known by its signature",
        ["WebhookService.WorkAsync"] = "a background task",
    };

    public static TheoryData<string> Verbs => [.. Table.Keys];

    [Fact]
    public void Table_OfRights_NamesEveryVerb()
    {
        Assert.Equal(ServiceCalls.OfActors.Select(ServiceCalls.NameOf).Order(), Table.Keys.Order());
        Assert.Equal(ServiceCalls.Verbs.Except(ServiceCalls.OfActors).Select(ServiceCalls.NameOf).Order(), WithoutActor.Keys.Order());
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task Call_ByEachRole_IsAllowedOnlyAsTheTableSays(string verb)
    {
        foreach (var role in Enum.GetValues<Role>())
        {
            var actor = await database.AddAsync("Керимов Анар", role);
            var outcome = await Record.ExceptionAsync(() => database.CallAsync(ServiceCalls.Find(verb), actor));
            var refused = outcome is DomainException { Problem.Code: Problems.NotAllowed };
            Assert.True(refused != ActingMember.Allows(role, Table[verb]), $"{verb} by {role}: {outcome?.Message ?? "done"}");
            Assert.True(outcome is null or DomainException or FormException, $"{verb} by {role}: {outcome}");
        }
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task Call_ByABlockedAdmin_IsRefused(string verb)
    {
        var admin = await database.AddAsync("Керимов Анар", Role.Admin);
        await database.Get<MemberService>().BlockAsync(await database.AddAdminAsync(), admin.MemberId!.Value, new BlockMemberForm { Reason = "ушёл" });
        Assert.Equal(Problems.MemberBlocked, (await PaymentSetup.RefusedAsync(() => database.CallAsync(ServiceCalls.Find(verb), admin))).Code);
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task Call_ByNobody_IsRefused(string verb)
    {
        Assert.Equal(Problems.NotAllowed, (await PaymentSetup.RefusedAsync(() => database.CallAsync(ServiceCalls.Find(verb), new Actor(null, "192.0.2.9", "test")))).Code);
        Assert.Equal(Problems.NotAllowed, (await PaymentSetup.RefusedAsync(() => database.CallAsync(ServiceCalls.Find(verb), Actor.Task("lapse")))).Code);
    }

    public static TheoryData<string> VerbsWithAnId =>
        [.. ServiceCalls.OfActors.Where(verb => verb.DeclaringType == typeof(PaymentService) && Table[ServiceCalls.NameOf(verb)] == Permission.Member && verb.GetParameters().Any(parameter => parameter.ParameterType == typeof(Guid))).Select(ServiceCalls.NameOf)];

    /// <summary>Another member's id is answered as one that does not exist, and nothing of theirs changes.</summary>
    [Theory]
    [MemberData(nameof(VerbsWithAnId))]
    public async Task Call_WithAnotherMembersId_IsNotFoundAndChangesNothing(string verb)
    {
        var owner = await database.AddAsync("Алиева Айгюн");
        var intentId = await database.StartAsync(owner, "2026-03");
        var receiptId = await database.AttachAsync(owner, intentId, PaymentSetup.Pdf);
        var ids = new Dictionary<string, Guid> { ["intentId"] = intentId, ["receiptId"] = receiptId };
        var before = (await database.Get<PaymentService>().IntentAsync(owner, intentId)).Row;
        var files = database.Files().Length;

        var stranger = await database.AddAsync("Гусейнов Вусал");
        await PaymentSetup.NotFoundAsync(() => database.CallAsync(ServiceCalls.Find(verb), stranger, ids));
        if (verb != "PaymentService.ReceiptAsync")
        {
            // Staff have verbs of their own; these are for one's own payments only.
            await PaymentSetup.NotFoundAsync(async () => await database.CallAsync(ServiceCalls.Find(verb), await database.AddCashierAsync(), ids));
        }

        var after = (await database.Get<PaymentService>().IntentAsync(owner, intentId)).Row;
        Assert.Equal((before.Status, before.ClaimedAt, before.Receipts.Count), (after.Status, after.ClaimedAt, after.Receipts.Count));
        Assert.Equal(files, database.Files().Length);
    }

    [Fact]
    public async Task Block_Oneself_IsRefused()
    {
        var admin = await database.AddAdminAsync();
        var refusal = await PaymentSetup.RefusedAsync(() => database.Get<MemberService>().BlockAsync(admin, admin.MemberId!.Value, new BlockMemberForm { Reason = "устал" }));
        Assert.Equal(Problems.CannotBlockSelf, refusal.Code);
    }

    [Fact]
    public async Task Read_HistoryAndCabinet_HoldOnlyOnesOwn()
    {
        var owner = await database.AddAsync("Алиева Айгюн");
        await database.StartAsync(owner, "2026-03");
        var stranger = await database.AddAsync("Гусейнов Вусал");
        Assert.Empty(await database.Get<PaymentService>().HistoryAsync(stranger));
        Assert.Empty((await database.Get<Diaspora.Domain.Overview.CabinetService>().CabinetAsync(stranger)).Recent);
    }

    [Fact]
    public async Task Read_AReceipt_IsForItsOwnerAndForCashiers()
    {
        var owner = await database.AddAsync("Алиева Айгюн");
        var receiptId = await database.AttachAsync(owner, await database.StartAsync(owner, "2026-03"), PaymentSetup.Pdf);
        var payments = database.Get<PaymentService>();
        Assert.Equal("чек.pdf", (await payments.ReceiptAsync(owner, receiptId)).FileName);
        Assert.Equal("чек.pdf", (await payments.ReceiptAsync(await database.AddCashierAsync(), receiptId)).FileName);
        await PaymentSetup.NotFoundAsync(async () => await payments.ReceiptAsync(await database.AddAsync("Текст Редактор", Role.Editor), receiptId));
    }
}
