namespace Diaspora.Web.Members.Import.Admin;

/// <summary>A cell of a staged row that can be typed anew.</summary>
/// <param name="Text">What stands there now.</param>
/// <param name="Where">As the list names it.</param>
/// <param name="Why">What is wrong with it, if anything is.</param>
public sealed record CellToMend(int Place, int Column, string Text, string Where, string? Why)
{
    /// <summary>It may be right as it stands, and nobody knows: it is sent even so.</summary>
    public bool IsInDoubt { get; init; }

    /// <summary>The phone numbers in it, where there are several.</summary>
    public IReadOnlyList<string> Numbers { get; init; } = [];
}
