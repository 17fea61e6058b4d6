namespace Diaspora.Domain.Import;

/// <summary>Where a staged row stands: its sheet and its number there, in the one number that rows are kept and ordered by. Of the first sheet it is the row's own number.</summary>
public static class RowPlace
{
    /// <summary>More rows than a sheet can have.</summary>
    private const int RowsOfSheet = 2_000_000;

    public static int Of(int sheet, int row) => sheet * RowsOfSheet + row;

    public static int SheetOf(int place) => place / RowsOfSheet;

    public static int RowOf(int place) => place % RowsOfSheet;
}
