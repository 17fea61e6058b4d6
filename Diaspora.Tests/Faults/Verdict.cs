using System.Security.Cryptography;
using Diaspora.Data;
using Diaspora.Data.Operations;
using Diaspora.Domain.Import;
using Diaspora.Domain.Members;
using Diaspora.Domain.Payments;
using Diaspora.Tests.Storage;
using Microsoft.EntityFrameworkCore;

namespace Diaspora.Tests.Faults;

/// <summary>What is in the storage after a fault, held against what was acknowledged before it.</summary>
internal sealed class Verdict(TestDatabase database)
{
    private readonly List<string> _losses = [];
    private readonly List<string> _doubles = [];

    public int Acknowledged { get; private set; }

    /// <summary>Of what kind, and how many of each.</summary>
    public IReadOnlyDictionary<string, int> Kinds { get; private set; } = new Dictionary<string, int>();

    public IReadOnlyList<string> Losses => _losses;

    public IReadOnlyList<string> Doubles => _doubles;

    /// <summary>Looks at all of it.</summary>
    public async Task LookAsync(IReadOnlyList<Note> notes, OutsideWork outside)
    {
        _losses.Clear();
        _doubles.Clear();
        await using var context = database.Context();
        Assert.Equal(["ok"], await context.Database.SqlQueryRaw<string>("SELECT integrity_check AS Value FROM pragma_integrity_check").ToListAsync());
        Assert.Equal(0, await context.Database.SqlQueryRaw<int>("SELECT COUNT(*) AS Value FROM pragma_foreign_key_check").SingleAsync());
        Kinds = new SortedDictionary<string, int>(notes.Where(note => note.IsDone).GroupBy(note => $"{note.Verb}").ToDictionary(group => group.Key, group => group.Count()))
        {
            ["MemberRegistered"] = outside.Phones.Count,
            ["ReceiptAttached"] = outside.Files.Count,
            ["ImportStaged"] = outside.Imports.Count,
        };
        Acknowledged = Kinds.Values.Sum();
        await LookAtVerbsAsync(context, [.. notes]);
        await LookAtFilesAsync(context, outside);
        await LookAtPeopleAsync(context, outside);
        var twice = await context.Payments.Where(payment => payment.Status == PaymentStatus.Confirmed).GroupBy(payment => new { payment.MemberId, payment.Period }).Where(month => month.Count() > 1).CountAsync();
        if (twice > 0)
        {
            _doubles.Add($"{twice} months are paid twice");
        }
    }

    /// <summary>The log is written in the commit of what it tells about: each verb is in it as often as it was done, and what it says last of a payment is so.</summary>
    private async Task LookAtVerbsAsync(DiasporaDbContext context, List<Note> notes)
    {
        var log = await context.AuditEntries.OrderBy(entry => entry.Id).Select(entry => new { entry.Id, entry.Action, entry.EntityId }).ToListAsync();
        Assert.Equal(Enumerable.Range(1, log.Count).Select(number => (long)number), log.Select(entry => entry.Id));
        var told = log.GroupBy(entry => (entry.Action, entry.EntityId)).ToDictionary(group => group.Key, group => group.Count());
        foreach (var verb in notes.GroupBy(note => (note.Verb, note.About)))
        {
            var (begun, done, inLog) = (verb.Count(note => !note.IsDone), verb.Count(note => note.IsDone), told.GetValueOrDefault(verb.Key));

            // Said again, these are answered and not done again.
            var isOnce = verb.Key.Verb is AuditAction.PaymentCreated or AuditAction.PaymentClaimed;
            if (inLog < (isOnce ? Math.Min(done, 1) : done))
            {
                _losses.Add($"{verb.Key}: acknowledged {done}, in the log {inLog}");
            }

            if (inLog > (isOnce ? 1 : begun))
            {
                _doubles.Add($"{verb.Key}: begun {begun}, in the log {inLog}");
            }
        }

        var last = log.Where(entry => StatusAfter(entry.Action) is not null).GroupBy(entry => entry.EntityId).ToDictionary(group => group.Key, group => StatusAfter(group.Last().Action)!.Value);
        var payments = await context.Payments.Select(payment => new { payment.IntentId, payment.Status }).ToListAsync();
        _losses.AddRange(payments.Where(payment => last.TryGetValue(payment.IntentId, out var status) && status != payment.Status).Select(payment => $"{payment.IntentId} is {payment.Status}"));
        var noted = notes.Where(note => note.IsDone && StatusAfter(note.Verb) is not null).Select(note => note.About).Distinct().Except(payments.Select(payment => payment.IntentId));
        _losses.AddRange(noted.Select(intent => $"{intent} is gone"));
    }

    private static PaymentStatus? StatusAfter(AuditAction action) => action switch
    {
        AuditAction.PaymentCreated or AuditAction.PaymentReopened => PaymentStatus.Pending,
        AuditAction.PaymentConfirmed or AuditAction.PaymentRecorded => PaymentStatus.Confirmed,
        AuditAction.PaymentRejected => PaymentStatus.Rejected,
        _ => null,
    };

    /// <summary>Each row has its file, whole; each that was taken has its row. What no row names the sweep finds, three days later.</summary>
    private async Task LookAtFilesAsync(DiasporaDbContext context, OutsideWork outside)
    {
        var folder = database.Get<StorageFolders>().Receipts;
        var rows = await context.Receipts.AsNoTracking().ToListAsync();
        foreach (var row in rows)
        {
            var path = Path.Combine(folder, row.StoredName[..2], row.StoredName);
            if (!File.Exists(path) || new FileInfo(path).Length != row.Size || !IsWhole(row, await File.ReadAllBytesAsync(path)) || (row.ContentType == ReceiptRules.Jpeg && !File.Exists(path + ".thumb")))
            {
                _losses.Add($"The file of receipt {row.Id} is missing or not whole");
            }
        }

        var known = rows.ToDictionary(row => row.Id, row => row.Sha256);
        _losses.AddRange(outside.Files.Where(file => known.GetValueOrDefault(file.Receipt) != file.Sha256).Select(file => $"The receipt {file.Receipt} is gone"));

        await database.Get<ReceiptSweepService>().SweepAsync();
        var names = rows.Select(row => row.StoredName).ToHashSet();
        Assert.DoesNotContain(Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories), file => !names.Contains(Path.GetFileNameWithoutExtension(file)) || file.EndsWith(".part", StringComparison.Ordinal));
    }

    private static bool IsWhole(Receipt row, byte[] content) =>
        row.ContentType == ReceiptRules.Pdf ? Convert.ToHexStringLower(SHA256.HashData(content)) == row.Sha256 : content is [0xFF, 0xD8, .., 0xFF, 0xD9];

    /// <summary>Who registered is there; of a list that was booked everybody with every month, of one that was not, or was taken back, nobody.</summary>
    private async Task LookAtPeopleAsync(DiasporaDbContext context, OutsideWork outside)
    {
        var people = (await context.Members.Select(member => new { member.Id, member.Phone }).ToListAsync()).ToDictionary(member => member.Phone.Value, member => member.Id);
        _losses.AddRange(outside.Phones.Where(phone => !people.ContainsKey(phone)).Select(phone => $"{phone} is not registered"));
        var imports = await context.Imports.AsNoTracking().ToDictionaryAsync(batch => batch.Id);
        var paid = (await context.Payments.Where(payment => payment.Status == PaymentStatus.Confirmed).GroupBy(payment => payment.MemberId).Select(group => new { group.Key, Count = group.Count() }).ToListAsync())
            .ToDictionary(group => group.Key, group => group.Count);
        foreach (var (id, phones) in outside.Imports)
        {
            var there = phones.Where(people.ContainsKey).Select(phone => people[phone]).ToList();
            var booked = imports.GetValueOrDefault(id)?.State == ImportState.Booked ? OutsideWork.RowsOfImport : 0;
            if (!imports.ContainsKey(id) || there.Count < booked || there.Any(member => paid.GetValueOrDefault(member) < OutsideWork.MonthsOfImport))
            {
                _losses.Add($"The import {id} is not whole: {there.Count} of {booked}");
            }
            else if (there.Count > booked)
            {
                _doubles.Add($"The import {id} is not whole: {there.Count} of {booked}");
            }
        }
    }
}
