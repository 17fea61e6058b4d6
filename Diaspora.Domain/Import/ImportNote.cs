namespace Diaspora.Domain.Import;

/// <summary>What a file has and the portal does not use, so that nothing is ignored in silence.</summary>
public enum ImportNoteKind
{
    SheetHidden,
    SheetEmpty,

    /// <summary>Neither names nor phones or months were found in it.</summary>
    SheetWithoutList,

    /// <summary>A person said that it is not to be read.</summary>
    SheetLeft,

    /// <summary>Above the header.</summary>
    Title,
    Column,
    RowHeading,
    RowHeader,
    RowTotal,
    RowSignature,
    RowNumbers,
    RowNobody,

    /// <summary>Of a cell that has a text besides: the text counts.</summary>
    Colour,

    /// <summary>What stands beside a mark: «(каспи)».</summary>
    Beside,
    Comment,
    ColourRules,
    Pivot,
    Picture,

    /// <summary>These are read like all others; a person may not know that they are there.</summary>
    HiddenRows,
    HiddenColumns,
    Filter,
}

/// <param name="Sheet">The sheet's place in the file, from 0.</param>
/// <param name="What">What it says: a head, a text, a colour.</param>
/// <param name="Where">The first row or cell of these, as spreadsheets name it.</param>
public sealed record ImportNote(ImportNoteKind Kind, int Sheet, string What = "", int Count = 1, string Where = "");
