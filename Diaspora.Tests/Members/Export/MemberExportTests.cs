using System.Text;
using ClosedXML.Excel;
using Diaspora.Domain.Dues;
using Diaspora.Domain.Export;
using Diaspora.Domain.Members;
using Diaspora.Tests.Members.Duplicates;
using Diaspora.Tests.Payments;
using Diaspora.Tests.Storage;
using Diaspora.Web.Members.Export;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static Diaspora.Tests.Payments.MoneySetup;

namespace Diaspora.Tests.Members.Export;

public sealed class MemberExportTests : IAsyncLifetime
{
    private static readonly MemberSelection Everybody = new(new MemberFilter());
    private readonly TestDatabase database = new();
    private Actor cashier = null!;
    private Actor member = null!;

    public async ValueTask InitializeAsync()
    {
        await database.InitializeAsync();
        cashier = await database.AddCashierAsync();
        member = await database.AddAsync("Алиев Рашад", joinedOn: "2026-01-01");
        await database.KnowAsync(member, "Алматы", "010515500018");
        await database.RecordAsync(cashier, Cash(member, 2000, member.Of("2026-01")));
        await database.RecordAsync(cashier, Cash(member, 2000, member.Of("2026-03")));
        await database.AddAsync("Яхъяева Севда", joinedOn: "2026-03-01");
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task Members_ToCsv_HaveTheImportsColumnsAndAColumnForEachMonthPaid()
    {
        var lines = await MembersAsync(Everybody);
        var (number, phone) = (await NumberOf(member), (await database.StoredAsync(member)).Phone.ToDisplay());

        Assert.Equal("ФИО;Телефон;E-mail;Город;Месяц вступления;Номер участника;Статус;Долг;2026-01;2026-02;2026-03", lines[0]);
        Assert.Equal($"Алиев Рашад;{phone};;Алматы;2026-01;{number};Активен;2000;2000;;2000", lines[1]);

        // By name, as the list: the cashier, who has no ledger, says nothing of months.
        Assert.StartsWith("Лейла Исмаилова;", lines[2], StringComparison.Ordinal);
        Assert.EndsWith(";;;;", lines[2], StringComparison.Ordinal);
        Assert.Contains(";2026-03;", lines[3], StringComparison.Ordinal);
        Assert.EndsWith(";Новый;0;;;", lines[3], StringComparison.Ordinal);
        Assert.Equal(4, lines.Length);
    }

    /// <summary>The list shows the IIN to admins alone: a file is no way around that, ticked or filtered, text or sheet.</summary>
    [Fact]
    public async Task Members_WithAnIin_GiveItToAnAdminAlone()
    {
        var admin = await database.AddAdminAsync();
        foreach (var selection in (MemberSelection[])[Everybody, Everybody with { Ids = [member.MemberId!.Value] }])
        {
            var (ofAdmin, ofCashier) = (await MembersAsync(selection, admin), await MembersAsync(selection));
            Assert.Equal(("ИИН", "010515 500018"), (ofAdmin[0].Split(';')[4], ofAdmin[1].Split(';')[4]));
            Assert.DoesNotContain(ofCashier, line => line.Contains("ИИН", StringComparison.Ordinal) || line.Contains("010515", StringComparison.Ordinal));
            Assert.Equal(ofAdmin[0].Split(';').Length - 1, ofCashier[1].Split(';').Length);
        }

        var rows = (await database.Get<MemberExportService>().MembersAsync(cashier, Everybody)).Parts.SelectMany(part => part);
        Assert.All(await rows.ToListAsync(), row => Assert.Null(row.Member.Iin));
    }

    /// <summary>A file takes what the list is filtered by where it is of the day; the day after, before that is made anew, it computes.</summary>
    [Fact]
    public async Task Members_OfAnotherDay_HaveTheDebtOfThatDay()
    {
        Assert.Equal(("Новый", "0"), await OfSevdaAsync());
        await using (var context = database.Context())
        {
            await context.Database.ExecuteSqlRawAsync("UPDATE MemberDues SET Debt = 777");
        }

        // That it is the copy which is read is what makes the file fast.
        Assert.Equal(("Новый", "777"), await OfSevdaAsync());
        database.Clock.Advance(TimeSpan.FromDays(45));
        Assert.Equal(("Просрочен", "4000"), await OfSevdaAsync());

        async Task<(string Standing, string Debt)> OfSevdaAsync()
        {
            var fields = (await MembersAsync(Everybody with { WithMonths = false })).Single(line => line.StartsWith("Яхъяева", StringComparison.Ordinal)).Split(';');
            return (fields[6], fields[7]);
        }
    }

    [Fact]
    public async Task Members_OfAFilter_AreThoseOfTheList()
    {
        var lines = await MembersAsync(new MemberSelection(new MemberFilter("aliyev")) { WithMonths = false });
        Assert.Equal(["ФИО;Телефон;E-mail;Город;Месяц вступления;Номер участника;Статус;Долг", "Алиев Рашад"], lines.Select((line, index) => index == 0 ? line : line.Split(';')[0]));
    }

    [Fact]
    public async Task Members_Ticked_AreThose_HoweverTheFilterStands()
    {
        var lines = await MembersAsync(new MemberSelection(new MemberFilter("никто")) { Ids = [cashier.MemberId!.Value, cashier.MemberId.Value] });
        Assert.Equal(2, lines.Length);
        var refusal = await PaymentSetup.RefusedAsync(() => MembersAsync(Everybody with { Ids = [.. Enumerable.Range(0, 501).Select(_ => Guid.NewGuid())] }));
        Assert.Equal(Problems.ExportTooMany, refusal.Code);
    }

    [Theory]
    [InlineData("=HYPERLINK(\"http://x\")")]
    [InlineData("@SUM(A1)")]
    [InlineData("-2+3")]
    [InlineData("+7 формула")]
    public async Task Members_WithAFormulaForACity_AreText(string city)
    {
        await database.KnowAsync(member, city);
        var lines = await MembersAsync(Everybody);
        Assert.StartsWith("'", lines[1].Split(';', 4)[3].TrimStart('"'), StringComparison.Ordinal);
    }

    /// <summary>One part is 500 members: what stands at the seam is neither lost nor there twice.</summary>
    [Fact]
    public async Task Members_MoreThanOnePart_AreAllThereOnce()
    {
        await using (var context = database.Context())
        {
            await context.Database.ExecuteSqlRawAsync(
                """
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1100)
                INSERT INTO Members (Id, Number, FullName, NameKey, NameSet, SortKey, Phone, Role, Language, CreatedAt, UpdatedAt, Version)
                SELECT printf('00000000-0000-7000-8000-%012X', i), printf('%08d', i), 'Участник ' || i, 'n', 'n', printf('n%05d', i), printf('+7702%07d', i), Role, Language, CreatedAt, UpdatedAt, Version
                FROM n JOIN Members ON FullName = 'Алиев Рашад'
                """);
        }

        await database.Get<MemberService>().RefreshListingsAsync();
        var lines = await MembersAsync(Everybody);

        Assert.Equal(1 + 3 + 1100, lines.Length);
        Assert.Equal(lines.Length, lines.Distinct().Count());
    }

    [Fact]
    public async Task Payments_ToCsv_HaveTheColumnsOfTheSpecification()
    {
        await database.RefundAsync(cashier, (await database.HistoryAsync(member))[0]);
        await database.StartAsync(member, "2026-02");
        var phone = (await database.StoredAsync(member)).Phone.ToDisplay();

        var lines = await LinesAsync(async target => await MemberFiles.WritePaymentsAsync(
            target, await database.Get<MemberExportService>().PaymentsAsync(cashier, Everybody), database.Rules.Zone, CancellationToken.None));

        Assert.Equal(
            [
                "ФИО;телефон;период;статус;дата подтверждения", $"Алиев Рашад;{phone};2026-01;Возвращён;", $"Алиев Рашад;{phone};2026-02;На проверке;",
                $"Алиев Рашад;{phone};2026-03;Подтверждён;08.03.2026",
            ],
            lines);
    }

    [Fact]
    public async Task Members_ToExcel_ReadBackAsTheyWereWritten()
    {
        await database.KnowAsync(member, "=1+1", "010515500018");
        var export = await database.Get<MemberExportService>().MembersAsync(await database.AddAdminAsync(), Everybody with { IsSheet = true });

        using var book = new XLWorkbook(new MemoryStream(await MembersSheet.WriteAsync(export, "Участники", CancellationToken.None)));

        var sheet = book.Worksheets.Single();
        Assert.Equal("ИИН", sheet.Cell(1, 5).GetString());
        Assert.Equal(("=1+1", false, XLDataType.Text), (sheet.Cell(2, 4).GetString(), sheet.Cell(2, 4).HasFormula, sheet.Cell(2, 4).DataType));
        Assert.Equal(("010515 500018", XLDataType.Text), (sheet.Cell(2, 5).GetString(), sheet.Cell(2, 5).DataType));
        Assert.Equal(("2026-01", XLDataType.Text), (sheet.Cell(2, 6).GetString(), sheet.Cell(2, 6).DataType));
        Assert.StartsWith("+7 701", sheet.Cell(2, 2).GetString(), StringComparison.Ordinal);
        Assert.Equal((2000d, 2000d, true), (sheet.Cell(2, 9).GetDouble(), sheet.Cell(2, 10).GetDouble(), sheet.Cell(2, 11).IsEmpty()));
        Assert.Equal(5, sheet.LastRowUsed().RowNumber());
    }

    [Fact]
    public async Task Members_ToExcelForACashier_HaveNoIin_AndDebtsAndMonthsAreNumbers()
    {
        var export = await database.Get<MemberExportService>().MembersAsync(cashier, Everybody with { IsSheet = true });

        using var book = new XLWorkbook(new MemoryStream(await MembersSheet.WriteAsync(export, "Участники", CancellationToken.None)));

        var sheet = book.Worksheets.Single();
        Assert.DoesNotContain(sheet.CellsUsed(), cell => cell.GetString() is "ИИН" or "010515 500018");
        Assert.Equal(("2026-01", XLDataType.Text), (sheet.Cell(2, 5).GetString(), sheet.Cell(2, 5).DataType));
        Assert.Equal((2000d, 2000d, true), (sheet.Cell(2, 8).GetDouble(), sheet.Cell(2, 9).GetDouble(), sheet.Cell(2, 10).IsEmpty()));
    }

    private async Task<string[]> MembersAsync(MemberSelection selection, Actor? by = null) => await LinesAsync(async target =>
        await MemberFiles.WriteMembersAsync(target, await database.Get<MemberExportService>().MembersAsync(by ?? cashier, selection), CancellationToken.None));

    private static async Task<string[]> LinesAsync(Func<Stream, Task> write)
    {
        using var file = new MemoryStream();
        await write(file);
        Assert.Equal([0xEF, 0xBB, 0xBF], file.ToArray()[..3]);
        return Encoding.UTF8.GetString(file.ToArray()[3..]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
    }

    private async Task<string> NumberOf(Actor who) => MemberNumber.FromStored(await database.NumberOfAsync(who)).ToDisplay();
}
