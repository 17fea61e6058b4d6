namespace Diaspora.Web.Members.Import.Admin;

/// <summary>What is chosen on the list of what an import would do, as the address says it.</summary>
/// <param name="Show">Which rows are looked at: an outcome, or all.</param>
public sealed record ImportLook(string? Show = null, string? Page = null, string? Update = null, string? Duplicates = null);
