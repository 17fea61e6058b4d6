namespace Diaspora.Domain.Kaspi;

/// <summary>What the columns of a table mean that a cashier named once: a table with the same head is read so by itself.</summary>
public sealed class TableMap
{
    public const int HeadLength = 64;

    private TableMap()
    {
    }

    /// <param name="head">The hash of the table's head.</param>
    public TableMap(string head, string columnsJson, Guid by, DateTime now)
    {
        Head = head;
        Say(columnsJson, by, now);
    }

    public string Head { get; private set; } = "";

    public string ColumnsJson { get; private set; } = "{}";

    public Guid SaidBy { get; private set; }

    public DateTime SaidAt { get; private set; }

    public void Say(string columnsJson, Guid by, DateTime now) => (ColumnsJson, SaidBy, SaidAt) = (columnsJson, by, now);
}
