using Diaspora.Domain.Payments;
using Diaspora.Web.Shared;

namespace Diaspora.Web.Payments.Admin.Decide;

/// <summary>What one press did with many.</summary>
/// <param name="Confirmed">As far as it is not taken back.</param>
public sealed record ManyOutcome(IReadOnlyList<Decision> Confirmed, IReadOnlyList<(string Whose, string Why)> Refused);

public sealed partial class Decisions
{
    private readonly Press _many = new(snackbar, problems);

    /// <summary>What the last press on many came to, until it is taken back or closed.</summary>
    public ManyOutcome? Many { get; private set; }

    /// <summary>Many are being decided or taken back: a second press does nothing.</summary>
    public bool IsDecidingMany => _many.IsBusy;

    public void ForgetMany() => Many = null;

    /// <summary>
    /// Confirms one after the other, each by itself: what a colleague decided meanwhile is refused with who was first, and the others go through. One whose receipt was used elsewhere is
    /// left for a look of its own.
    /// </summary>
    /// <param name="decided">Told of each that is confirmed, as soon as it is.</param>
    /// <returns>Whether it was done; not for a second press.</returns>
    public Task<bool> ConfirmManyAsync(IReadOnlyList<PaymentRow> rows, Action<PaymentRow> decided) => _many.DoAsync(async () =>
    {
        List<Decision> confirmed = [];
        List<(string, string)> refused = [];
        var batch = Guid.NewGuid();
        try
        {
            foreach (var row in rows)
            {
                if (row.UsedIn is not null)
                {
                    refused.Add((Whose(row), texts["TagUsed"]));
                    continue;
                }

                var press = new Press();
                var isDone = await DoAsync(row.IntentId, press, async () =>
                {
                    var at = await metrics.TimeConfirmAsync(async () => await moderation.ConfirmAsync(await actor.GetAsync(), row.IntentId));
                    confirmed.Add(new Decision(row.IntentId, at, PaymentStatus.Confirmed, Whose(row)) { Batch = batch });
                });
                if (isDone is true)
                {
                    decided(row);
                }
                else
                {
                    refused.Add((Whose(row), press.Sentence is { } why ? problems.Of(why) : texts["Busy"]));
                }
            }
        }
        finally
        {
            // What is confirmed can be taken back, whatever became of the others.
            confirmed.ForEach(_stack.Push);
            Many = new ManyOutcome(confirmed, refused);
        }
    });

    /// <summary>The one undo of that press. What was decided anew since stays, and is named.</summary>
    public Task<bool> UndoManyAsync() => _many.DoAsync(async () =>
    {
        if (Many is not { Confirmed: [_, ..] confirmed })
        {
            return;
        }

        List<(string, string)> refused = [];
        var undone = 0;
        foreach (var decision in confirmed)
        {
            _stack.Take(decision.IntentId, decision.At);
            var press = new Press();
            var isDone = await DoAsync(decision.IntentId, press, async () =>
            {
                _takenBack.Add(decision.IntentId);
                await moderation.ReopenAsync(await actor.GetAsync(), decision.IntentId, decision.At);
            });
            undone += isDone is true ? 1 : 0;
            if (isDone is not true)
            {
                refused.Add((decision.Whose, press.Sentence is { } why ? problems.Of(why) : texts["Busy"]));
            }
        }

        Many = refused.Count == 0 ? null : new ManyOutcome([], refused);
        _bar.Say(Wording.Plural(texts, "ManyUndone", undone), undo: null);
    });
}
