using Diaspora.Domain.Access;

namespace Diaspora.Domain.Import;

/// <summary>What a person says of a staged file: what its words mean, and what single cells should say. It stays with the file, however often it is checked.</summary>
public sealed class ImportAnswerService(IStore store)
{
    /// <summary>More cells than this nobody mends by hand.</summary>
    private const int MostMends = 5000;

    /// <summary>Says what a word, a colour or a sum means in all cells that hold it.</summary>
    /// <exception cref="FormException">The sum is missing.</exception>
    /// <exception cref="DomainException">It is booked already.</exception>
    public Task AnswerAsync(Actor actor, Guid importId, AnswerImportForm form, CancellationToken cancel = default)
    {
        new AnswerImportFormValidator().Ensure(form);
        return SayAsync(actor, importId, layout => layout with
        {
            Answers =
            [
                .. layout.Answers.Where(answer => answer.Word != form.Word),
                .. form.Meaning is { } meaning ? [new ImportAnswer(form.Word, meaning, meaning == ImportMeaning.Sum ? form.Tenge : null)] : Array.Empty<ImportAnswer>(),
            ],
        }, cancel);
    }

    /// <summary>Says what one cell should have said; the rest of its row stays as it is.</summary>
    /// <exception cref="FormException">It is too long.</exception>
    /// <exception cref="DomainException">It is booked already, or so many were mended that the file should be.</exception>
    public Task MendAsync(Actor actor, Guid importId, MendCellForm form, CancellationToken cancel = default)
    {
        new MendCellFormValidator().Ensure(form);
        return SayAsync(actor, importId, layout => layout with
        {
            Mends = layout.Mends.Count >= MostMends ? throw new DomainException(Problems.ImportTooManyMends, MostMends)
                : [.. layout.Mends.Where(mend => (mend.Place, mend.Column) != (form.Place, form.Column)), new CellMend(form.Place, form.Column, form.Text.Trim())],
        }, cancel);
    }

    private Task SayAsync(Actor actor, Guid importId, Func<ImportLayout, ImportLayout> change, CancellationToken cancel) =>
        store.WriteAsync(async work =>
        {
            await work.RequireAsync(actor, Permission.Admin, cancel);
            var batch = await work.Imports.FindAsync(importId, cancel) ?? throw new DomainException(Problems.NotFound);
            batch.Say(change);
            return true;
        }, cancel);
}
