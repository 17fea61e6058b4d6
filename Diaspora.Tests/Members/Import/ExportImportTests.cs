using Diaspora.Domain.Access;
using Diaspora.Domain.Export;
using Diaspora.Domain.Import;
using Diaspora.Domain.Members;
using Diaspora.Tests.Storage;
using Diaspora.Web.Members.Export;

namespace Diaspora.Tests.Members.Import;

/// <summary>What left the portal as a file comes in again as it is.</summary>
public sealed class ExportImportTests
{
    [Theory]
    [InlineData("участники.csv", Role.Admin)]
    [InlineData("участники.xlsx", Role.Admin)]
    [InlineData("участники.csv", Role.Cashier)]
    [InlineData("участники.xlsx", Role.Cashier)]
    public async Task Export_ThenImport_ChangesNothing(string name, Role exporting)
    {
        await using var database = new TestDatabase();
        await database.InitializeAsync();
        var admin = await database.AddAdminAsync();
        var cashier = await database.AddCashierAsync();
        var imports = database.Get<ImportService>();
        await imports.BookAsync(admin, await database.StageAsync(admin, Workbooks.OfTheAssociation()), new ImportChoice { AddsDuplicates = true });
        var before = await database.DumpAsync();

        var selection = new MemberSelection(new MemberFilter()) { IsSheet = name.EndsWith("xlsx", StringComparison.Ordinal) };
        var export = await database.Get<MemberExportService>().MembersAsync(exporting == Role.Admin ? admin : cashier, selection);
        var id = await database.StageAsync(admin, await WrittenAsync(export, selection.IsSheet), name);
        var check = await imports.CheckAsync(admin, id);

        Assert.Equal(
            new Dictionary<ImportOutcome, int> { [ImportOutcome.Unchanged] = 299 },
            check.Rows.GroupBy(row => row.Outcome).ToDictionary(group => group.Key, group => group.Count()));
        Assert.Equal((Workbooks.MonthColumns, 0), (check.Months.Count, check.Months.Sum(month => month.New)));
        Assert.Equal(before, await database.DumpAsync());
    }

    /// <summary>Whatever a city begins with, in either kind of file, and in a CSV that was saved again as an Excel file.</summary>
    [Theory]
    [InlineData("участники.csv")]
    [InlineData("участники.xlsx")]
    public async Task Export_CitiesThatLookLikeFormulas_ComeInAsTheyWere(string name)
    {
        await using var database = new TestDatabase();
        await database.InitializeAsync();
        var admin = await database.AddAdminAsync();
        string[] cities = ["=Алматы", "'=Алматы", "''=Алматы", "'Алматы", "＝Алматы", "'＝Алматы", "+Алматы", "'+Алматы", "-Алматы", "＠Алматы", "Ұзынағаш"];
        foreach (var city in cities)
        {
            var member = await database.AddAsync("Алиев Рашад");
            await database.Get<MemberEditService>().EditAsync(admin, member.MemberId!.Value, new EditMemberForm { Field = MemberField.City, Value = city });
        }

        var selection = new MemberSelection(new MemberFilter()) { IsSheet = name.EndsWith("xlsx", StringComparison.Ordinal) };
        var file = await WrittenAsync(await database.Get<MemberExportService>().MembersAsync(admin, selection), selection.IsSheet);
        var check = await database.Get<ImportService>().CheckAsync(admin, await database.StageAsync(admin, file, name));
        Assert.Equal(cities.Order(), check.Rows.Select(row => row.City).Where(city => city.Length > 0).Order());
        Assert.DoesNotContain(check.Rows, row => row.Changes.Count > 0);
    }

    private static async Task<byte[]> WrittenAsync(ExportParts<MemberExportRow> export, bool isSheet)
    {
        if (isSheet)
        {
            return await MembersSheet.WriteAsync(export, "Участники", CancellationToken.None);
        }

        using var file = new MemoryStream();
        await MemberFiles.WriteMembersAsync(file, export, CancellationToken.None);
        return file.ToArray();
    }
}
