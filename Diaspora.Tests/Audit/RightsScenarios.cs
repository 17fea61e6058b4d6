using Diaspora.Domain.Cards;
using Diaspora.Domain.Members.Accounts;
using Diaspora.Domain.Rights;
using static Diaspora.Domain.Kernel.AuditAction;
using static Diaspora.Tests.Audit.VerbScenarios;

namespace Diaspora.Tests.Audit;

/// <summary>Consent, deletion, and the count at the door.</summary>
internal static class RightsScenarios
{
    public static readonly Scenario[] All =
    [
        new("ConsentService.GiveAsync", "", [ConsentGiven], stage =>
            Ready(stage.By(stage.Member, () => stage.Get<ConsentService>().GiveAsync(stage.Member, RegistrationService.ConsentVersion)))),
        new("DeletionService.AskAsync", "", [DeletionAsked], stage => Ready(stage.By(stage.Member, () => stage.Get<DeletionService>().AskAsync(stage.Member)))),
        new("DeletionService.WithdrawAsync", "", [DeletionWithdrawn], stage => AskedAsync(stage, stage.Member, (service, request) => service.WithdrawAsync(stage.Member, request))),
        new("DeletionService.CompleteAsync", "", [DeletionDone], stage => AskedAsync(stage, stage.Admin, (service, request) => service.CompleteAsync(stage.Admin, request))),
        new("DeletionService.RefuseAsync", "", [DeletionRefused], stage =>
            AskedAsync(stage, stage.Admin, (service, request) => service.RefuseAsync(stage.Admin, request, new RefuseDeletionForm { Reason = "закон требует хранить" }))),
        new("DoorService.ReportAsync", "an event", [DoorEventBegan], stage => Ready(stage.By(
            stage.Cashier,
            () => stage.Get<DoorService>().ReportAsync(stage.Cashier, new DoorReport(new DoorEventMark(Guid.NewGuid(), "Новруз", stage.Database.Clock.GetUtcNow().UtcDateTime), [], null, null)),
            isAboutMember: false))),
    ];

    private static async Task<Func<Task<Named>>> AskedAsync(Stage stage, Domain.Kernel.Actor by, Func<DeletionService, Guid, Task> answer)
    {
        var service = stage.Get<DeletionService>();
        await service.AskAsync(stage.Member);
        var request = (await service.OwnAsync(stage.Member))[0].Id;
        return stage.By(by, () => answer(service, request));
    }
}
