using Diaspora.Data;
using Diaspora.Tests.Payments;
using Diaspora.Tests.Storage;

namespace Diaspora.Tests.Faults;

/// <summary>The fault tests would find a loss if there was one.</summary>
public sealed class VerdictTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task Look_AtWhatWasAcknowledgedAndIsNotThere_IsALoss()
    {
        var (cashier, member) = (await database.AddCashierAsync(), await database.AddAsync("Алиев Рашад"));
        var intent = await database.StartAsync(member, "2026-03");
        var receipt = await database.AttachAsync(member, intent, PaymentSetup.Pdf);
        await database.ConfirmAsync(cashier, intent);
        var (outside, verdict) = (new OutsideWork(), new Verdict(database));
        Note[] notes = [new(true, AuditAction.PaymentCreated, intent), new(false, AuditAction.PaymentConfirmed, intent), new(true, AuditAction.PaymentConfirmed, intent)];
        await verdict.LookAsync(notes, outside);
        Assert.Equal((2, 0, 0), (verdict.Acknowledged, verdict.Losses.Count, verdict.Doubles.Count));

        await verdict.LookAsync([notes[0], notes[2]], outside);
        Assert.Single(verdict.Doubles);

        outside.Phones.Add("+77051234567");
        outside.Files.Add(new TakenFile(Guid.NewGuid(), new string('0', 64)));
        outside.Imports[Guid.NewGuid()] = ["+77061234567"];
        File.WriteAllText(Assert.Single(database.Files()), "half");
        await verdict.LookAsync([.. notes, new(false, AuditAction.PaymentReopened, intent), new(true, AuditAction.PaymentReopened, intent), new(true, AuditAction.PaymentCreated, Guid.NewGuid())], outside);
        Assert.Equal(7, verdict.Losses.Count);
        Assert.Contains(verdict.Losses, loss => loss.Contains($"{receipt}", StringComparison.Ordinal));
    }
}
