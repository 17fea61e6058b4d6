using Diaspora.Domain.Kaspi;
using Diaspora.Domain.Payments;
using Diaspora.Tests.Kaspi;
using Diaspora.Tests.Payments;
using static Diaspora.Domain.Kernel.AuditAction;

namespace Diaspora.Tests.Audit;

/// <summary>What is done with statements, their lines and the trust in them.</summary>
internal static class KaspiScenarios
{
    private static readonly StatementLine Line = new(1, new DateOnly(2026, 3, 8), null, LineKind.Incoming, 200_000, "Рашад А.", "", "77001", "a line");
    private static readonly ReadStatement Read = new(StatementFormat.PayReport, null, Line.On, Line.On, [Line], null);
    private static readonly UnnamedTable Table = new("when|how much", [new TableRow(1, ["when", "how much"])], null);

    public static readonly Scenario[] All =
    [
        new("StatementService.StageAsync", "", [StatementStaged], stage =>
            VerbScenarios.Ready(stage.By(stage.Cashier, () => StageAsync(stage), isAboutMember: false))),
        new("StatementService.BookAsync", "", [StatementBooked], async stage =>
        {
            var id = await StageAsync(stage);
            return stage.By(stage.Cashier, () => stage.Get<StatementService>().BookAsync(stage.Cashier, id), isAboutMember: false);
        }),
        new("StatementService.UndoAsync", "", [StatementUndone], async stage =>
        {
            var id = await StageAsync(stage);
            await stage.Get<StatementService>().BookAsync(stage.Cashier, id);
            return stage.By(stage.Cashier, () => stage.Get<StatementService>().UndoAsync(stage.Cashier, id), isAboutMember: false);
        }),
        new("StatementTableService.StageAsync", "", [StatementStaged], stage => VerbScenarios.Ready(stage.By(stage.Cashier, () => StageTableAsync(stage), isAboutMember: false))),
        new("StatementTableService.NameAsync", "", [StatementStaged], async stage =>
        {
            var id = await StageTableAsync(stage);
            return stage.By(stage.Cashier, () => stage.Get<StatementTableService>().NameAsync(stage.Cashier, id, new TableColumns(1, 0, Sum: 1), Read), isAboutMember: false);
        }),
        new("EvidenceService.MatchAsync", "of a claim", [PaymentConfirmed, EvidenceMatched], async stage =>
        {
            var (evidence, intent) = await ClaimedAsync(stage);
            return stage.By(stage.Cashier, () => stage.Get<EvidenceService>().MatchAsync(stage.Cashier, evidence, new MatchTarget(intent, stage.MemberId)));
        }),
        new("EvidenceService.MatchAsync", "without a claim", [PaymentRecorded, EvidenceMatched], async stage =>
        {
            var evidence = await stage.Database.EvidenceAsync($"{Guid.NewGuid()}", 2000);
            return stage.By(stage.Cashier, () => stage.Get<EvidenceService>().MatchAsync(stage.Cashier, evidence, new MatchTarget(null, stage.MemberId)));
        }),
        new("EvidenceService.ConfirmSureAsync", "", [PaymentConfirmed, EvidenceMatched], async stage =>
        {
            await ClaimedAsync(stage);
            await stage.Database.LookAsync();
            return stage.By(stage.Cashier, () => stage.Get<EvidenceService>().ConfirmSureAsync(stage.Cashier, null, []));
        }),
        new("EvidenceService.UndoAsync", "", [MatchUndone, PaymentReopened], async stage =>
        {
            var match = await MatchedAsync(stage);
            return stage.By(stage.Cashier, () => stage.Get<EvidenceService>().UndoAsync(stage.Cashier, match));
        }),
        new("EvidenceService.UndoAsync", "with money left over", [MatchUndone, CreditVoided, PaymentReopened], async stage =>
        {
            var evidence = await stage.Database.EvidenceAsync($"{Guid.NewGuid()}", 3000);
            var match = await stage.Get<EvidenceService>().MatchAsync(stage.Cashier, evidence, new MatchTarget(null, stage.MemberId));
            return stage.By(stage.Cashier, () => stage.Get<EvidenceService>().UndoAsync(stage.Cashier, match));
        }),
        new("EvidenceService.UndoAllAsync", "", [MatchUndone, PaymentReopened], async stage =>
        {
            await MatchedAsync(stage);
            var at = stage.Database.Clock.GetUtcNow().UtcDateTime;
            return stage.By(stage.Cashier, () => stage.Get<EvidenceService>().UndoAllAsync(stage.Cashier, at));
        }),
        new("EvidenceService.RefuseAsync", "", [EvidenceRefused], async stage =>
        {
            var evidence = await stage.Database.EvidenceAsync($"{Guid.NewGuid()}", 2000);
            return stage.By(stage.Cashier, () => stage.Get<EvidenceService>().RefuseAsync(stage.Cashier, evidence, new RefuseEvidenceForm { Note = "аренда" }), isAboutMember: false);
        }),
        new("EvidenceService.ReadmitAsync", "", [EvidenceReadmitted], async stage =>
        {
            var evidence = await stage.Database.EvidenceAsync($"{Guid.NewGuid()}", 2000);
            await stage.Get<EvidenceService>().RefuseAsync(stage.Cashier, evidence, new RefuseEvidenceForm { Note = "аренда" });
            return stage.By(stage.Cashier, () => stage.Get<EvidenceService>().ReadmitAsync(stage.Cashier, evidence), isAboutMember: false);
        }),
        new("MatchingService.LookAsync", "", [PaymentConfirmed, EvidenceMatched], async stage =>
        {
            await ClaimedAsync(stage);
            await stage.Database.LookAsync();
            await stage.Database.TrustAsync(EvidenceSource.Statement, TrustLevel.Automatic);
            return stage.By(Actor.Task(MatchingService.Name), () => stage.Database.LookAsync());
        }),
        new("TrustService.ChooseAsync", "", [TrustChanged], async stage =>
        {
            await stage.Database.TrustAsync(EvidenceSource.Statement, TrustLevel.Hints);
            return stage.By(stage.Admin, () => stage.Get<TrustService>().ChooseAsync(stage.Admin, EvidenceSource.Statement, TrustLevel.Shadow), isAboutMember: false);
        }),
    ];

    /// <summary>Each time another line: the scenarios share a database.</summary>
    private static Task<Guid> StageAsync(Stage stage) =>
        stage.Get<StatementService>().StageAsync(stage.Cashier, "march.csv", "a.bin", new string('0', 64), Read with { Lines = [Line with { Operation = $"{Guid.NewGuid()}" }] });

    private static Task<Guid> StageTableAsync(Stage stage) => stage.Get<StatementTableService>().StageAsync(stage.Cashier, "march.csv", "a.bin", new string('0', 64), Table);

    /// <summary>A claim, and money that carries its code.</summary>
    private static async Task<(Guid Evidence, Guid Intent)> ClaimedAsync(Stage stage)
    {
        await stage.Database.ForgetEvidenceAsync();
        var intent = await stage.Database.StartAsync(stage.Member, "2026-03");
        var today = $"{stage.Database.Clock.GetUtcNow().ToOffset(TimeSpan.FromHours(5)):yyyy-MM-dd}";
        return (await stage.Database.EvidenceAsync($"{Guid.NewGuid()}", 2000, message: await stage.Database.CodeAsync(intent), on: today), intent);
    }

    private static async Task<Guid> MatchedAsync(Stage stage)
    {
        var (evidence, intent) = await ClaimedAsync(stage);
        return await stage.Get<EvidenceService>().MatchAsync(stage.Cashier, evidence, new MatchTarget(intent, stage.MemberId));
    }
}
