using Diaspora.Domain.Import;
using Diaspora.Tests.Audit;
using static Diaspora.Domain.Kernel.AuditAction;

namespace Diaspora.Tests.Members.Import;

/// <summary>The verbs of the import that leave something in the log.</summary>
internal static class ImportScenarios
{
    public static readonly Scenario[] All =
    [
        new("ImportService.BookAsync", "", [MembersImported], async stage =>
        {
            var id = await StageAsync(stage);
            return stage.By(stage.Admin, () => stage.Get<ImportService>().BookAsync(stage.Admin, id, new ImportChoice { AddsDuplicates = true }), isAboutMember: false);
        }),
        new("ImportService.UndoAsync", "", [ImportUndone], async stage =>
        {
            var id = await StageAsync(stage);
            await stage.Get<ImportService>().BookAsync(stage.Admin, id, new ImportChoice { AddsDuplicates = true });
            return stage.By(stage.Admin, () => stage.Get<ImportService>().UndoAsync(stage.Admin, id), isAboutMember: false);
        }),
    ];

    private static Task<Guid> StageAsync(Stage stage) => stage.Get<ImportService>().StageAsync(
        stage.Admin, new Sheet("list.csv", new string('0', 64), [new SheetRow(1, "ФИО", "Телефон", "2026-01"), new SheetRow(2, "Гусейнов Вусал", stage.Phone, "да")]));
}
