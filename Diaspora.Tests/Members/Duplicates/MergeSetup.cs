using Diaspora.Domain.Members;
using Diaspora.Domain.Merging;
using Diaspora.Tests.Storage;
using Microsoft.EntityFrameworkCore;

namespace Diaspora.Tests.Members.Duplicates;

/// <summary>What the tests of merging do again and again, in a word each.</summary>
internal static class MergeSetup
{
    /// <summary>The form as the screen would send it now.</summary>
    public static async Task<MergeMembersForm> MergeFormAsync(this TestDatabase database, Actor admin, Actor stays, Actor goes, params MergeField[] taken)
    {
        var form = new MergeMembersForm { StaysId = stays.MemberId!.Value, GoesId = goes.MemberId!.Value, Taken = [.. taken] };
        form.Seen = (await database.Get<DuplicateService>().PreviewAsync(admin, form)).Seen;
        return form;
    }

    public static async Task<Guid> MergeAsync(this TestDatabase database, Actor admin, Actor stays, Actor goes, params MergeField[] taken) =>
        await database.Get<DuplicateService>().MergeAsync(admin, await database.MergeFormAsync(admin, stays, goes, taken));

    public static Task UndoMergeAsync(this TestDatabase database, Actor admin, Guid mergeId) => database.Get<DuplicateService>().UndoMergeAsync(admin, mergeId);

    /// <param name="instead">The month the payment set aside pays; where it is missing, its money goes back.</param>
    public static MergeMembersForm Deciding(this MergeMembersForm form, string month, bool keepsOther, string? instead = null)
    {
        form.Months.Add(new MergeMonthForm { Period = Period.Parse(month), KeepsOther = keepsOther, Instead = instead is null ? null : Period.Parse(instead) });
        return form;
    }

    /// <summary>Sets what no form sets yet.</summary>
    public static async Task KnowAsync(this TestDatabase database, Actor member, string? city = null, string? iin = null)
    {
        await using var context = database.Context();
        await context.Members.Where(row => row.Id == member.MemberId).ExecuteUpdateAsync(row => row.SetProperty(known => known.City, city).SetProperty(known => known.Iin, iin));
    }

    public static async Task<Member> StoredAsync(this TestDatabase database, Actor member)
    {
        await using var context = database.Context();
        return await context.Everybody.Include(row => row.Exemptions).Include(row => row.Suspensions).SingleAsync(row => row.Id == member.MemberId);
    }

    /// <summary>Every row of the tables a merge touches, without versions and the time of the last change, which only go forward.</summary>
    public static async Task<string> DumpAsync(this TestDatabase database)
    {
        await using var context = database.Context();
        await context.Database.OpenConnectionAsync();
        List<string> rows = [];
        foreach (var table in (string[])["Members", "Accounts", "PaymentIntents", "Payments", "Credits", "MemberNotes", "Exemptions", "Suspensions", "Receipts"])
        {
            await using var command = context.Database.GetDbConnection().CreateCommand();
            command.CommandText = $"SELECT * FROM {table}";
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                rows.Add($"{table}: {string.Join(" | ", Enumerable.Range(0, reader.FieldCount)
                    .Where(index => !(reader.GetName(index) is "Version" or "ConcurrencyStamp" or "SecurityStamp" || table == "Members" && reader.GetName(index) == "UpdatedAt"))
                    .Select(index => $"{reader.GetName(index)}={reader.GetValue(index)}"))}");
            }
        }

        return string.Join('\n', rows.Order(StringComparer.Ordinal));
    }
}
