using Diaspora.Domain.Import;
using Diaspora.Domain.Payments;
using Diaspora.Tests.Payments;
using Diaspora.Tests.Storage;
using Microsoft.EntityFrameworkCore;

namespace Diaspora.Tests.Members.Import;

/// <summary>The association's own spreadsheet, staged, checked, booked, booked again, and undone, on a real database.</summary>
public sealed class ImportTests : IAsyncLifetime
{
    private readonly TestDatabase _database = new();
    private Actor _admin = default!;

    private ImportService Imports => _database.Get<ImportService>();

    public async ValueTask InitializeAsync()
    {
        await _database.InitializeAsync();
        _admin = await _database.AddAdminAsync();
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Check_TheAssociationsList_SaysOfEachRowWhatWouldBe()
    {
        var id = await _database.StageAsync(_admin, Workbooks.OfTheAssociation());
        var details = await Imports.ImportAsync(_admin, id);
        var check = await Imports.CheckAsync(_admin, id);

        Assert.Equal(4, details.Sheets[0].Sheet.HeaderRow);
        Assert.Equal(Workbooks.MonthColumns, details.Columns.Count(column => column.Field == ImportField.Month));
        Assert.Equal(
            new Dictionary<ImportOutcome, int> { [ImportOutcome.New] = 295, [ImportOutcome.Duplicate] = 2, [ImportOutcome.Error] = 3, [ImportOutcome.Skipped] = 2 },
            check.Rows.GroupBy(row => row.Outcome).ToDictionary(group => group.Key, group => group.Count()));
        Assert.Equal(
            [(38, 2, Problems.PhoneTooShort), (71, 7, Problems.ImportMarkUnknown), (305, 2, Problems.ImportPhoneTwice)],
            check.Rows.SelectMany(row => row.Problems.Select(problem => (RowPlace.RowOf(row.Number), problem.Column, problem.Problem.Code))));
        Assert.Equal(Workbooks.MonthColumns, check.Months.Count);
        Assert.Empty(await _database.ReadAllAsync("Payments"));
    }

    [Fact]
    public async Task Book_TheAssociationsList_MakesMembersWithPaidMonths()
    {
        var id = await _database.StageAsync(_admin, Workbooks.OfTheAssociation());
        var check = await Imports.CheckAsync(_admin, id);
        await Imports.BookAsync(_admin, id, new ImportChoice());

        var totals = (await Imports.ImportAsync(_admin, id)).Totals!;
        Assert.Equal((295, 0, 5, 0, 3), (totals.Added, totals.Changed, totals.Left, totals.Unchanged, totals.Wrong));
        await using var context = _database.Context();
        Assert.Equal(296, await context.Members.CountAsync());
        Assert.Equal(295, await context.Users.CountAsync(account => account.PasswordHash == null));
        var payments = await context.Payments.ToListAsync();
        Assert.Equal(totals.Payments, payments.Count);
        Assert.Equal(check.Rows.Where(row => row.Outcome == ImportOutcome.New).Sum(row => row.Booked.Count), payments.Count);
        Assert.Equal(totals.Tenge, payments.Sum(payment => payment.Amount.Tenge));
        Assert.All(payments, payment => Assert.Equal((PaymentStatus.Confirmed, PaymentMethod.Manual, _admin.MemberId, _database.Clock.GetUtcNow().UtcDateTime), (payment.Status, payment.Method, payment.ConfirmedBy, payment.ConfirmedAt!.Value)));

        // As if each had been written by hand: the member's own page reads it.
        var first = await context.Members.SingleAsync(member => member.Phone == PhoneNumber.Parse("+77015000000"));
        Assert.Equal(("Алиев Рашад", "Алматы", new DateOnly(2025, 1, 1)), (first.FullName, first.City, first.JoinedOn!.Value));
        var card = (await _database.CardAsync(_admin, new Actor(first.Id, null, null))).Payments;
        Assert.Equal(14, card.Count);
        var entry = await context.AuditEntries.SingleAsync(entry => entry.Action == AuditAction.MembersImported);
        Assert.Equal((id, nameof(ImportBatch)), (entry.EntityId, entry.EntityType));
    }

    [Fact]
    public async Task Book_TheSameFileAgain_ChangesNothing()
    {
        var file = Workbooks.OfTheAssociation();
        await Imports.BookAsync(_admin, await _database.StageAsync(_admin, file), new ImportChoice { AddsDuplicates = true });
        var before = await _database.DumpAsync();

        var again = await _database.StageAsync(_admin, file);
        var check = await Imports.CheckAsync(_admin, again);

        Assert.Equal(297, check.Rows.Count(row => row.Outcome == ImportOutcome.Unchanged));
        Assert.DoesNotContain(check.Rows, row => row.Outcome is ImportOutcome.New or ImportOutcome.Changed or ImportOutcome.Duplicate);
        Assert.Equal(0, check.Months.Sum(month => month.New));
        Assert.Equal(Problems.ImportNothing, (await PaymentSetup.RefusedAsync(() => Imports.BookAsync(_admin, again, new ImportChoice { UpdatesKnown = true }))).Code);
        Assert.Equal(before, await _database.DumpAsync());
    }

    [Fact]
    public async Task Book_PressedTwice_IsBookedOnce()
    {
        var id = await _database.StageAsync(_admin, Workbooks.OfTheAssociation());
        await Task.WhenAll(Imports.BookAsync(_admin, id, new ImportChoice()), Imports.BookAsync(_admin, id, new ImportChoice()));
        await Imports.BookAsync(_admin, id, new ImportChoice());
        Assert.Equal(296, (await _database.ReadAllAsync("Members")).Count);
    }

    [Fact]
    public async Task Undo_OverMembersWhoWereThere_BringsEveryTableBackByteForByte()
    {
        var known = await _database.AddAsync("Рашад Алиев");
        await ExecuteAsync("UPDATE Members SET Phone = '+77015000000' WHERE FullName = 'Рашад Алиев'");
        await _database.ConfirmAsync(await _database.AddCashierAsync(), await _database.StartAsync(known, "2026-03"));
        var before = await _database.DumpAsync();
        var id = await _database.StageAsync(_admin, Workbooks.OfTheAssociation());
        _database.Clock.Advance(TimeSpan.FromMinutes(5));
        await Imports.BookAsync(_admin, id, new ImportChoice { UpdatesKnown = true });
        await using (var context = _database.Context())
        {
            var changed = await context.Members.SingleAsync(member => member.Id == known.MemberId);
            Assert.Equal(("Алиев Рашад", "Алматы"), (changed.FullName, changed.City));
        }

        Assert.NotEqual(before, await _database.DumpAsync());
        await Imports.UndoAsync(_admin, id);

        Assert.Equal(before, await _database.DumpAsync());
        Assert.Equal(ImportState.Undone, (await Imports.ImportAsync(_admin, id)).State);
        await Imports.UndoAsync(_admin, id);
        Assert.Equal(Problems.ImportBooked, (await PaymentSetup.RefusedAsync(() => Imports.BookAsync(_admin, id, new ImportChoice()))).Code);
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var context = _database.Context();
        await context.Database.ExecuteSqlRawAsync(sql);
    }
}
