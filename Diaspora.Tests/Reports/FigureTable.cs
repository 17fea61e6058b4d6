using System.Text;
using Diaspora.Domain;
using Diaspora.Domain.Dues;
using Diaspora.Domain.Export;
using Diaspora.Domain.Members;
using Diaspora.Domain.Members.Accounts;
using Diaspora.Domain.Overview;
using Diaspora.Domain.Payments;
using Diaspora.Domain.Reports;
using Diaspora.Tests.Storage;
using Diaspora.Web.Members.Export;
using Diaspora.Web.Reports;

namespace Diaspora.Tests.Reports;

/// <summary>One figure, and what each place that tells it says.</summary>
/// <param name="Property">The figure's own name in the code, so that none can be forgotten.</param>
internal sealed record Figure(string Property, string Name, params (string Place, long Says)[] Told)
{
    public override string ToString() => $"{Name}: {string.Join(", ", Told.Select(told => $"{told.Place} {told.Says}"))}";
}

/// <summary>What every place of the portal says of all members, read at one moment as the places read it.</summary>
internal static class FigureTable
{
    public static async Task<IReadOnlyList<Figure>> ReadAsync(TestDatabase database, Actor admin, Period month)
    {
        var queue = await database.Get<ModerationService>().QueueAsync(admin, new PaymentFilter());
        var reports = database.Get<ReportService>();
        var report = (await reports.DetailsAsync(admin, month)).Now;
        async Task<(string, long)> Listed(params ReportListKind[] kinds)
        {
            var total = 0;
            foreach (var kind in kinds)
            {
                total += (await reports.ListAsync(admin, new ReportListFilter(kind, month))).Total;
            }

            return ("report's list", total);
        }

        var reportFile = Lines(new ReportCsv(database.Rules.Zone).Write(await reports.ExportAsync(admin, month)));
        var yearFile = await LinesAsync(ReportTables.Of(await reports.ExportMatrixAsync(admin, new MatrixFilter(month.Year), isSheet: false)));
        var place = month.Month + 2;
        var facts = await database.Get<MemberService>().ListFactsAsync(admin);
        var file = (await database.Get<MemberExportService>().MembersAsync(admin, new MemberSelection(new MemberFilter()))).Parts;
        var members = await file.SelectMany(part => part).ToListAsync();
        // The crowd has people without a joining month for whom payments are written around the verbs: no page counts them, a file has all rows there are.
        var withLedger = members.Where(row => row.Member.JoinedOn is not null).ToList();
        var phones = withLedger.Select(row => row.Member.Phone).ToHashSet();
        var payments = await (await database.Get<MemberExportService>().PaymentsAsync(admin, new MemberSelection(new MemberFilter()))).Parts.SelectMany(part => part).Where(row => row.Period == month && phones.Contains(row.Phone)).ToListAsync();
        var cards = await CardsAsync(database, members);
        long Reported(params string[] words) => reportFile.Count(line => words.Contains(line[3]));
        long InYear(params string[] words) => yearFile.Count(line => words.Any(word => line[place].StartsWith(word, StringComparison.Ordinal)));
        long Tiles(params MonthState[] states) => cards.Count(ledger => ledger.Joined is not null && states.Contains(ledger.StateOf(month)));
        long Sum(params MonthState[] states) => cards.Where(ledger => ledger.Joined is not null && states.Contains(ledger.StateOf(month))).Sum(ledger => ledger.TileOf(month).Amount.Tenge);
        async Task<(string, long)> List(MemberFilter filter) => ("list", (await database.Get<MemberService>().PageAsync(admin, filter)).Total);
        async Task<(string, long)> FileOf(MemberFilter filter) => ("file of the list", (await database.Get<MemberExportService>().MembersAsync(admin, new MemberSelection(filter))).Members);
        async Task<Figure> Segment(string property, MemberSegment segment, params (string, long)[] told) =>
            new(property, $"segment {segment}", [("segment", facts.Counts.Of(segment)), await List(new MemberFilter(Segment: segment)), await FileOf(new MemberFilter(Segment: segment)), .. told]);

        List<Figure> figures =
        [
            new("Payers", "paid", ("queue", queue.Figures.Month.Payers), ("report", report.Figures.Payers), await Listed(ReportListKind.Paid), ("report's file", Reported("Подтверждён")),
                ("file of the year", InYear("Оплачено", "Наперёд")), ("file of payments", payments.Count(row => row.Status == PaymentStatus.Confirmed)), ("cards", Tiles(MonthState.Paid, MonthState.Prepaid))),
            new("Collected", "collected", ("queue", queue.Figures.Month.Collected.Tenge), ("report", report.Figures.Collected.Tenge), ("file of members", withLedger.Sum(row => row.Paid.GetValueOrDefault(month).Tenge)), ("cards", Sum(MonthState.Paid, MonthState.Prepaid))),
            new("OnReview", "on review", ("report", report.Figures.OnReview), await Listed(ReportListKind.Pending), ("report's file", Reported("На проверке")), ("file of the year", InYear("На проверке")),
                ("file of payments", payments.Count(row => row.Status == PaymentStatus.Pending)), ("cards", Tiles(MonthState.Pending))),
            new("Begun", "begun and not claimed", ("report", report.Figures.Begun), ("queue", queue.Figures.Month.Begun),
                ("rows", (await RowsAsync(database, admin)).Where(row => row.ClaimedAt is null).SelectMany(row => row.Months).Count(it => withLedger.Any(member => member.Member.Id == it.MemberId) && it.Status == PaymentStatus.Pending && it.Period == month))),
            new("Waiting", "sum on review", ("queue", queue.Figures.Month.Waiting.Tenge), ("report", report.Figures.Waiting.Tenge), ("cards", Sum(MonthState.Pending))),
            new("Unpaid", "unpaid", ("report", report.Figures.Unpaid), await Listed(ReportListKind.Unpaid), ("report's file", Reported("К оплате", "Просрочено")), ("file of the year", InYear("К оплате", "Просрочено")), ("cards", Tiles(MonthState.Due, MonthState.Overdue))),
            new("Owed", "sum unpaid", ("report", report.Figures.Owed.Tenge), ("cards", Sum(MonthState.Due, MonthState.Overdue))),
            new("Payable", "who pays or should", ("queue", queue.Figures.Month.Payable), ("report", report.Figures.Payable), await Listed(ReportListKind.Paid, ReportListKind.Pending, ReportListKind.Unpaid)),
            new("Expected", "expected", ("queue", queue.Figures.Month.Expected.Tenge), ("report", report.Figures.Expected.Tenge), ("cards", Sum(MonthState.Paid, MonthState.Prepaid, MonthState.Pending, MonthState.Due, MonthState.Overdue))),
            new("Percent", "part of the expected", ("queue", queue.Figures.Month.Percent), ("report", report.Figures.Percent)),
            new("Fee", "fee", ("queue", queue.Figures.Month.Fee.Tenge), ("settings", database.Rules.FeeOf(month).Tenge)),
            new("Waiting", "intents that wait", ("queue", queue.Figures.Waiting), ("badge", await database.Get<WatchService>().WaitingAsync(admin)), ("rows", (await RowsAsync(database, admin)).Count(row => row.ClaimedAt is not null))),
            new("WaitingSum", "their sum", ("queue", queue.Figures.WaitingSum.Tenge), ("rows", (await RowsAsync(database, admin)).Where(row => row.ClaimedAt is not null).Sum(row => row.Months.Where(it => it.Status == PaymentStatus.Pending).Sum(it => it.Amount.Tenge)))),
            new("Attention", "intents to look at twice", ("queue", queue.Figures.Attention), ("list", (await database.Get<ModerationService>().QueueAsync(admin, new PaymentFilter { NeedsAttention = true })).Page.Total)),
            new("Open", "intents of the queue", ("queue", queue.Figures.Open), ("pages", queue.Page.Total)),
            new("Total", "members with a ledger", ("report's file", reportFile.Count), ("file of the year", yearFile.Count), ("cards", cards.Count(ledger => ledger.Joined is not null))),
            new("Exempt", "exempt", ("report", report.Exempt), await Listed(ReportListKind.Exempt), ("report's file", Reported("Освобождён")), ("cards", Tiles(MonthState.Exempt))),
            new("Suspended", "suspended", ("report", report.Suspended), await Listed(ReportListKind.Suspended), ("report's file", Reported("Приостановлено")), ("cards", Tiles(MonthState.Suspended))),
            new("Free", "who need not pay", ("report's file", Reported("Освобождён", "Приостановлено", "До вступления")), ("file of the year", InYear("Освобождён", "Приостановлено", "До вступления")), ("cards", Tiles(MonthState.Exempt, MonthState.Suspended, MonthState.Before))),
            await Segment("All", MemberSegment.All, ("file of members", members.Count)),
            await Segment("Unpaid", MemberSegment.Unpaid, ("report", report.Figures.Unpaid)),
            await Segment("Waiting", MemberSegment.Waiting, ("report", report.Figures.OnReview)),
            await Segment("Debtors", MemberSegment.Debtors, ("file of members", members.Count(row => !row.Debt.IsZero)), ("debt of one month or more", (await List(new MemberFilter { DebtFrom = 1 })).Item2), ("cards", cards.Count(ledger => !ledger.Debt.IsZero))),
            await Segment("New", MemberSegment.New),
            await Segment("Blocked", MemberSegment.Blocked, ("file of members", members.Count(row => row.Standing == Standing.Blocked))),
            new("Registrations", "who asks to be let in", ("list", facts.Registrations), ("page", (await database.Get<RegistrationService>().WaitingAsync(admin)).Count)),
            new("Debt", "debt of all", ("file of members", members.Sum(row => row.Debt.Tenge)), ("cards", cards.Sum(ledger => ledger.Debt.Tenge)), ("list", (await ListedAsync(database, admin)).Sum(row => row.Debt.Tenge))),
        ];
        foreach (var standing in Enum.GetValues<Standing>())
        {
            // Who has no ledger pays no dues: a file says nothing of them, a page says «Активен».
            var withoutLedger = standing == Standing.Active ? members.Count(row => row.Standing is null) : 0;
            figures.Add(new("Standing", $"standing {standing}", await List(new MemberFilter { Standing = standing }), ("file of members", members.Count(row => row.Standing == standing) + withoutLedger), ("cards", cards.Count(ledger => ledger.Standing == standing))));
        }

        return figures;
    }

    private static async Task<IReadOnlyList<PaymentRow>> RowsAsync(TestDatabase database, Actor admin) =>
        await PagesAsync(number => database.Get<ModerationService>().QueueAsync(admin, new PaymentFilter(Number: number)), queue => queue.Page);

    private static async Task<IReadOnlyList<MemberRow>> ListedAsync(TestDatabase database, Actor admin) =>
        await PagesAsync(number => database.Get<MemberService>().PageAsync(admin, new MemberFilter(Number: number)), page => page);

    private static async Task<IReadOnlyList<TRow>> PagesAsync<TRead, TRow>(Func<int, Task<TRead>> read, Func<TRead, Page<TRow>> pageOf)
    {
        List<TRow> rows = [];
        for (var number = 1; ; number++)
        {
            var page = pageOf(await read(number));
            rows.AddRange(page.Items);
            if (page.Items.Count == 0 || rows.Count >= page.Total)
            {
                return rows;
            }
        }
    }

    /// <summary>The ledger that the card and the cabinet of each member show.</summary>
    private static async Task<IReadOnlyList<Ledger>> CardsAsync(TestDatabase database, IReadOnlyList<MemberExportRow> members)
    {
        var facts = await database.Get<IStore>().ReadAsync(work => work.Exports.MembersAsync([.. members.Select(row => row.Member.Id)]));
        return [.. facts.Select(one => new Ledger(one.Ledger, database.Rules, database.Clock.GetUtcNow().UtcDateTime))];
    }

    /// <summary>The lines of members, without head and sums.</summary>
    private static async Task<List<string[]>> LinesAsync(ReportTable table)
    {
        using var file = new MemoryStream();
        await table.WriteCsvAsync(file, CancellationToken.None);
        return Lines(file.ToArray())[..^1];
    }

    private static List<string[]> Lines(byte[] file) => [.. Encoding.UTF8.GetString(file).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(';'))];
}
