namespace Diaspora.Domain.Kaspi;

/// <summary>A line of a booked statement that another had brought before: when that other is taken back, the line is this one's.</summary>
public sealed class KnownLine
{
    private KnownLine()
    {
    }

    /// <param name="line">Its place in the statement.</param>
    public KnownLine(Guid statementId, Guid evidenceId, int line) => (StatementId, EvidenceId, Line) = (statementId, evidenceId, line);

    public Guid StatementId { get; private set; }

    public Guid EvidenceId { get; private set; }

    public int Line { get; private set; }
}
