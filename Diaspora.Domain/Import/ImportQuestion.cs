using Diaspora.Domain.Dues;

namespace Diaspora.Domain.Import;

public enum ImportQuestionKind
{
    /// <summary>A word that is neither paid nor not paid.</summary>
    Word,

    /// <summary>A colour without a word.</summary>
    Colour,

    /// <summary>A sum that is not the month's fee.</summary>
    Sum,
}

/// <summary>What is asked once and holds for every cell that says it.</summary>
/// <param name="Word">What it is known by.</param>
/// <param name="Text">As the file says it, a colour as pages write it.</param>
/// <param name="Count">In how many cells.</param>
/// <param name="Place">The first of them.</param>
/// <param name="Sum">For a sum.</param>
public sealed record ImportQuestion(ImportQuestionKind Kind, string Word, string Text, int Count, int Place, int Column, Money? Sum)
{
    /// <summary>Missing until it is answered.</summary>
    public ImportAnswer? Answer { get; init; }

    /// <summary>How many fees a sum is, where it is several.</summary>
    public int Fees { get; init; }

    /// <summary>The order is the file's own, whatever is answered already: no question moves under the hand that answers.</summary>
    internal static IReadOnlyList<ImportQuestion> Of(IReadOnlyList<AskedCell> cells, DuesRules rules) =>
        [.. cells.GroupBy(cell => cell.Word).Select(same => same.OrderBy(cell => cell.Place).ThenBy(cell => cell.Column).First() is var first && first.Sum is { } sum
            ? new ImportQuestion(ImportQuestionKind.Sum, same.Key, first.Text, same.Count(), first.Place, first.Column, sum) { Fees = SeveralFees.Count(sum, rules.FeeOf(first.Month)) }
            : CellColour.IsOne(same.Key) ? new ImportQuestion(ImportQuestionKind.Colour, same.Key, CellColour.HexOf(same.Key), same.Count(), first.Place, first.Column, null)
            : new ImportQuestion(ImportQuestionKind.Word, same.Key, first.Text, same.Count(), first.Place, first.Column, null))
            .OrderByDescending(question => question.Count).ThenBy(question => question.Place).ThenBy(question => question.Column)];
}
