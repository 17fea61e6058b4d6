using Diaspora.Bench;
using Diaspora.Bench.Matching;

// dotnet run -c Release --project Diaspora.Bench -- pages|phone [published folder]|services|live|desk [published folder]|instances|circuit [published folder…]|receipts|import|ledger [members]|members [members]|export [members]|reports [members]|reminders [members]|biller [payments]|start [published folder]|backup [members]|signins [published folder]|crowd [pages] [published folder]|statement|matching [folder]|matching harder [months]
return args switch
{
    ["pages"] => await PagesBench.RunAsync(),
    ["phone"] => await PhoneBench.RunAsync(),
    ["phone", var published] when Directory.Exists(published) => await PhoneBench.RunAsync(Path.GetFullPath(published)),
    ["services"] => await ServicesBench.RunAsync(),
    ["live"] => await LiveBench.RunAsync(),
    ["desk"] => await DeskBench.RunAsync(null),
    ["desk", var published] when Directory.Exists(published) => await DeskBench.RunAsync(Path.GetFullPath(published)),
    ["instances"] => await InstancesBench.RunAsync(),
    ["circuit", .. var published] when published.All(Directory.Exists) => await CircuitBench.RunAsync(published),
    ["receipts"] => await ReceiptsBench.RunAsync(),
    ["import"] => await ImportBench.RunAsync(),
    ["ledger"] => await LedgerBench.RunAsync(100_000),
    ["ledger", var members] when int.TryParse(members, out var count) && count > 0 => await LedgerBench.RunAsync(count),
    ["members"] => await MembersBench.RunAsync(300, 10_000, 100_000),
    ["members", var members] when int.TryParse(members, out var count) && count > 0 => await MembersBench.RunAsync(count),
    ["export"] => await ExportBench.RunAsync(100_000),
    ["export", var members] when int.TryParse(members, out var count) && count > 0 => await ExportBench.RunAsync(count),
    ["reports"] => await ReportsBench.RunAsync(100_000),
    ["reports", var members] when int.TryParse(members, out var count) && count > 0 => await ReportsBench.RunAsync(count),
    ["reminders"] => await RemindersBench.RunAsync(20_000),
    ["reminders", var members] when int.TryParse(members, out var count) && count > 0 => await RemindersBench.RunAsync(count),
    ["biller"] => await BillerBench.RunAsync(10_000),
    ["biller", var payments] when int.TryParse(payments, out var count) && count > 0 => await BillerBench.RunAsync(count),
    ["start"] => await StartBench.RunAsync(null),
    ["start", var published] when Directory.Exists(published) => await StartBench.RunAsync(Path.GetFullPath(published)),
    ["backup"] => await BackupBench.RunAsync(100_000),
    ["backup", var members] when int.TryParse(members, out var count) && count > 0 => await BackupBench.RunAsync(count),
    ["signins"] => await SignInsBench.RunAsync(null),
    ["signins", var published] when Directory.Exists(published) => await SignInsBench.RunAsync(Path.GetFullPath(published)),
    ["crowd"] => await CrowdBench.RunAsync(1000, null),
    ["crowd", var pages] when int.TryParse(pages, out var count) && count > 0 => await CrowdBench.RunAsync(count, null),
    ["crowd", var pages, var published] when int.TryParse(pages, out var count) && count > 0 && Directory.Exists(published) => await CrowdBench.RunAsync(count, Path.GetFullPath(published)),
    ["statement"] => await StatementBench.RunAsync(),
    ["matching"] => MatchingBench.Run(),
    ["matching", "harder"] => MatchingBench.RunHarder(20),
    ["matching", "harder", var months] when int.TryParse(months, out var count) && count > 0 => MatchingBench.RunHarder(count),
    ["matching", var folder] when Directory.Exists(folder) => MatchingBench.Run(folder),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine(
        "usage: pages (CPU of public pages) | phone [published folder] (what pages cost a cold phone on a slow line) | services (cabinet, queue, confirm) | live (a confirm seen in another browser) | desk [published folder] (twenty desks over two hundred claims) | instances (a confirm at one portal seen at another, wants redis-server) | circuit [published folder…] (what open pages cost: memory, opening, an edit, a change that others made) | receipts (photos made ready)"
        + " | import (a spreadsheet read, checked, booked, undone)"
        + " | ledger [members] (card, record, confirm, refund among 100000)"
        + " | members [members] (the list, any sort and filter, among 300, 10000 and 100000)"
        + " | export [members] (files of 100000 members and their payments, duplicates)"
        + " | reports [members] (every report of 100000 members, and the spreadsheet of 10000)"
        + " | reminders [members] (20000 reminders planned and queued)"
        + " | biller [payments] (the bank's calls: one after the other, and fifty at once for ten members)"
        + " | start [published folder] (from the command to the first page, and the memory it rests with)"
        + " | backup [members] (made, checked and restored with 100000 members, and a confirm meanwhile)"
        + " | signins [published folder] (a press on an open page while a hundred sign in, wants Chromium)"
        + " | crowd [pages] [published folder] (presses on 1000 open pages, and their memory)"
        + " | statement (three thousand lines read, booked, looked at and listed)"
        + " | matching [folder] (how much of a month's statement confirms itself: of five made up, or of the folder's members.csv, claims.csv, statement.csv and truth.csv)"
        + " | matching harder [months] (the same with months that are harder than life)");
    return 2;
}
