using Diaspora.Data;
using Diaspora.Tests.Hosting;
using Diaspora.Tests.Instances;
using Diaspora.Tests.Storage;
using Microsoft.Extensions.Time.Testing;

namespace Diaspora.Tests.Faults;

/// <summary>The portal is killed again and again in the middle of everything. What was answered as done is there when it starts again, once.</summary>
public sealed class KillTests(PublishedCopy copy) : IAsyncLifetime
{
    /// <summary>Three days ahead of everybody: what no row names has been forgotten by then.</summary>
    private readonly TestDatabase _storage = TestDatabase.OnFolder(Directory.CreateTempSubdirectory("diaspora-test-").FullName, new FakeTimeProvider(DateTimeOffset.UtcNow.AddDays(3)));
    private readonly Notes _inside = new();
    private readonly OutsideWork _outside = new();

    /// <summary>What must have been acknowledged at least once.</summary>
    private static readonly string[] Everything =
    [
        nameof(AuditAction.PaymentCreated), nameof(AuditAction.PaymentClaimed), nameof(AuditAction.PaymentConfirmed), nameof(AuditAction.PaymentReopened), nameof(AuditAction.PaymentRecorded),
        nameof(AuditAction.MembersImported), nameof(AuditAction.MemberRegistered), nameof(AuditAction.ReceiptAttached), "ImportStaged",
    ];

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _storage.DisposeAsync();

    [Fact]
    public async Task Kill_UnderEverybodysWork_LosesNothingAndDoublesNothing()
    {
        var published = await copy.FolderAsync();
        var (verdict, kills, wanted) = (new Verdict(_storage), 0, LongForm.Of(few: 7, many: 50));
        while (true)
        {
            await using var portal = Start(published);
            await portal.ListensAsync();
            await verdict.LookAsync([.. _inside.Heard, .. _outside.Notes], _outside);
            SqliteFiles.Close(_storage.Get<IContextFactory>().FileOf());
            if (kills == wanted)
            {
                break;
            }

            // At any moment of the work, but not before some of it was answered; every other time a list too, which takes longest.
            var (inside, outside) = (_inside.Heard.Count + Random.Shared.Next(20, LongForm.Of(few: 80, many: 400)), _outside.Count + Random.Shared.Next(2, 8));
            var booked = BookedLists + (kills % 2);
            await portal.SayAsync(InsideWork.Work);
            using var stop = new CancellationTokenSource();
            var working = _outside.WorkAsync(portal.Address, stop.Token);
            await Until.TrueAsync(() => working.IsCompleted || _inside.Faults.Count > 0 || (_inside.Heard.Count >= inside && _outside.Count >= outside && BookedLists >= booked));
            await portal.KillAsync();
            kills++;
            await stop.CancelAsync();
            await working;
            Assert.Empty(_inside.Faults);
        }

        Console.WriteLine(string.Join(", ", verdict.Kinds.Select(kind => $"{kind.Key} {kind.Value}")));
        Assert.Empty(Everything.Except(verdict.Kinds.Where(kind => kind.Value > 0).Select(kind => kind.Key)));
        LongForm.Say("kill -9 under work", kills, verdict.Acknowledged, verdict.Losses, verdict.Doubles);
    }

    private int BookedLists => _inside.Heard.Count(note => note is { IsDone: true, Verb: AuditAction.MembersImported });

    private PortalProcess Start(string published) => new(
        published, _storage.Folder,
        [
            "--Backups:Enabled=false", "--Serilog:MinimumLevel:Default=Warning",
            .. ((string[])["RegisterPerAddress", "UploadsPerHour", "PaymentsPerHour", "CancelsPerHour"]).Select(limit => $"--Limits:{limit}=10000"),
        ],
        InsideWork.Environment)
    { Heard = _inside.Hear };
}
