using Diaspora.Data.Demo;
using Diaspora.Domain.Access;
using Diaspora.Domain.Cards;
using Diaspora.Domain.Certificates;
using Diaspora.Domain.Import;
using Diaspora.Domain.Kaspi;
using Diaspora.Domain.Members;
using Diaspora.Domain.Overview;
using Diaspora.Domain.Payments;
using Diaspora.Tests.Hosting;
using Diaspora.Web.Cards;
using Diaspora.Web.Certificates;
using Diaspora.Web.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace Diaspora.Tests.Screens;

internal static class ExampleData
{
    /// <summary>An open intent of the debtor for the last month that can be paid, made once.</summary>
    public static async Task<Guid> IntentOfDebtorAsync(PortalHost portal)
    {
        await using var scope = portal.Services.CreateAsyncScope();
        var store = scope.ServiceProvider.GetRequiredService<IStore>();
        var id = await store.ReadAsync(work => work.Members.IdOfAsync(PhoneNumber.Parse(PortalHost.Debtor.Phone)));
        var actor = new Actor(id, "127.0.0.1", "tests");
        var cabinet = await scope.ServiceProvider.GetRequiredService<CabinetService>().CabinetAsync(actor);
        if (cabinet.Pending is [var open, ..])
        {
            return open.IntentId;
        }

        var month = cabinet.Payable[^1];
        return await scope.ServiceProvider.GetRequiredService<PaymentService>().StartAsync(actor, new StartPaymentForm { Periods = [month.Period], SeenTotal = month.Amount });
    }

    /// <summary>The code of a certificate that holds, of the member who has paid.</summary>
    public static async Task<string> CertificateAsync(PortalHost portal)
    {
        await using var scope = portal.Services.CreateAsyncScope();
        var id = await scope.ServiceProvider.GetRequiredService<IStore>().ReadAsync(work => work.Members.IdOfAsync(PhoneNumber.Parse(DemoData.Accounts[3].Phone)));
        var year = scope.ServiceProvider.GetRequiredService<Wording>().Today.Year;
        var certificate = await scope.ServiceProvider.GetRequiredService<CertificateService>().OwnAsync(new Actor(id, "127.0.0.1", "tests"), CertificateSubject.Of(year));
        return scope.ServiceProvider.GetRequiredService<CertificateStamp>().Write(certificate.Mark);
    }

    /// <summary>The code of that member's card.</summary>
    public static async Task<string> CardAsync(PortalHost portal)
    {
        await using var scope = portal.Services.CreateAsyncScope();
        var id = await scope.ServiceProvider.GetRequiredService<IStore>().ReadAsync(work => work.Members.IdOfAsync(PhoneNumber.Parse(DemoData.Accounts[3].Phone)));
        var card = await scope.ServiceProvider.GetRequiredService<CardService>().OwnAsync(new Actor(id, "127.0.0.1", "tests"));
        return scope.ServiceProvider.GetRequiredService<CardCode>().Write(card!.Mark!);
    }

    /// <summary>A staged list of two people.</summary>
    public static async Task<Guid> ImportAsync(PortalHost portal)
    {
        await using var scope = portal.Services.CreateAsyncScope();
        var id = await scope.ServiceProvider.GetRequiredService<IStore>().ReadAsync(work => work.Members.IdOfAsync(PhoneNumber.Parse(PortalHost.Admin.Phone)));
        var sheet = new Sheet("участники.xlsx", new string('0', 64),
        [
            new SheetRow(1, "ФИО", "Телефон", "Город", "Примечание", "янв.26", "фев.26"),
            new SheetRow(2, "Алиев Рашад", "+7 705 000 00 01", "Алматы", "", "2000", "да"),
            new SheetRow(3, "Гусейнова Севиль", "+7 705 000 00 0", "Алматы", "звонить вечером", "потом", ""),
        ]);
        return await scope.ServiceProvider.GetRequiredService<ImportService>().StageAsync(new Actor(id, "127.0.0.1", "tests"), sheet);
    }

    /// <summary>A staged statement with two lines and what was given back.</summary>
    public static async Task<Guid> StatementAsync(PortalHost portal)
    {
        await using var scope = portal.Services.CreateAsyncScope();
        var id = await scope.ServiceProvider.GetRequiredService<IStore>().ReadAsync(work => work.Members.IdOfAsync(PhoneNumber.Parse(PortalHost.Admin.Phone)));
        var day = new DateOnly(2026, 3, 8);
        var read = new ReadStatement(StatementFormat.GoldPdf, "*0475", day, day.AddDays(20),
        [
            new StatementLine(1, day, new TimeOnly(14, 19), LineKind.Incoming, 400_000, "Фарид Г.", "за март и апрель", null, ""),
            new StatementLine(2, day, null, LineKind.Incoming, 200_050, "ТОО «Общество с длинным названием и ограниченной ответственностью»", "", "77001", ""),
            new StatementLine(3, day, null, LineKind.Refund, 200_000, "Айгюн М.", "возврат", null, ""),
        ], 600_050);
        return await scope.ServiceProvider.GetRequiredService<StatementService>().StageAsync(new Actor(id, "127.0.0.1", "tests"), "выписка.pdf", "example.bin", new string('0', 64), read);
    }

    public static async Task<string> NumberOfDebtorAsync(PortalHost portal)
    {
        await using var scope = portal.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IStore>().ReadAsync(async work =>
            (await work.Members.CardAsync((await work.Members.IdOfAsync(PhoneNumber.Parse(PortalHost.Debtor.Phone)))!.Value))!.Person.Number);
    }

    /// <summary>The comparison of the debtor with the next record of the list.</summary>
    public static async Task<string> TwoRecordsAsync(PortalHost portal)
    {
        await using var scope = portal.Services.CreateAsyncScope();
        var page = await scope.ServiceProvider.GetRequiredService<IStore>().ReadAsync(work => work.Members.PageAsync(new MemberFilter(), new Period(2026, 1)));
        var debtor = await NumberOfDebtorAsync(portal);
        return $"/admin/members/duplicates/{debtor}/{page.Items.First(row => row.Person.Role == Role.Member && row.Person.Number != debtor).Person.Number}";
    }

    public static Task<Guid> IdOfDebtorAsync(PortalHost portal) => IdOfAsync(portal, PortalHost.Debtor);

    public static async Task<Guid> IdOfAsync(PortalHost portal, DemoAccount account)
    {
        await using var scope = portal.Services.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<IStore>().ReadAsync(work => work.Members.IdOfAsync(PhoneNumber.Parse(account.Phone))))!.Value;
    }
}
