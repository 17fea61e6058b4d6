using System.Diagnostics;
using Diaspora.Tests.Hosting;

namespace Diaspora.Tests.Faults;

/// <summary>The portal is killed again and again in the middle of everything. What was answered as done is there when it starts again, once.</summary>
public sealed class KillTests(PublishedCopy copy)
{
    /// <summary>What must have been acknowledged at least once.</summary>
    private static readonly string[] Everything =
    [
        nameof(AuditAction.PaymentCreated), nameof(AuditAction.PaymentClaimed), nameof(AuditAction.PaymentConfirmed), nameof(AuditAction.PaymentReopened), nameof(AuditAction.PaymentRecorded),
        nameof(AuditAction.MembersImported), nameof(AuditAction.MemberRegistered), nameof(AuditAction.ReceiptAttached), "ImportStaged",
    ];

    /// <summary>Of the short form.</summary>
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(45);

    [Fact]
    public async Task Kill_UnderEverybodysWork_LosesNothingAndDoublesNothing()
    {
        await using var portal = new WorkedPortal(copy, Directory.CreateTempSubdirectory("diaspora-test-").FullName);
        await portal.StartAsync();
        var (kills, verdict) = (0, await portal.LookAsync());
        var (begun, wanted) = (Stopwatch.GetTimestamp(), LongForm.Of(few: 2, many: 50));
        for (; (kills < wanted || (kills < 4 * wanted && Missing(verdict).Any())) && verdict.Losses.Count + verdict.Doubles.Count == 0; kills++)
        {
            // A busy machine kills less often, and is not taken for a portal that hangs.
            if (!LongForm.IsAsked && kills > 0 && Stopwatch.GetElapsedTime(begun) > Enough && !Missing(verdict).Any())
            {
                break;
            }

            // At any moment of the work, but not before some of it was answered; every other time a list too, which takes longest. The first time so long that everybody came to their turn.
            var (inside, outside, booked) = (portal.Inside + Random.Shared.Next(10, LongForm.Of(few: 30, many: 400)), portal.Outside + (kills == 0 ? 25 : Random.Shared.Next(2, 8)), portal.BookedLists + (kills % 2));
            await portal.WorkAsync();
            await portal.UntilAsync(() => portal.Inside >= inside && portal.Outside >= outside && portal.BookedLists >= booked);
            await portal.KillAsync();
            await portal.StartAsync();
            verdict = await portal.LookAsync();
        }

        Console.WriteLine(string.Join(", ", verdict.Kinds.Select(kind => $"{kind.Key} {kind.Value}")));
        LongForm.Say("kill -9 under work", kills, verdict.Acknowledged, verdict.Losses, verdict.Doubles);
        Assert.Empty(Missing(verdict));
    }

    private static IEnumerable<string> Missing(Verdict verdict) => Everything.Except(verdict.Kinds.Where(kind => kind.Value > 0).Select(kind => kind.Key));
}
