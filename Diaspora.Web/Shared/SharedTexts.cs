namespace Diaspora.Web.Shared;

/// <summary>Marks the texts that several slices share: months, dates, money, common buttons.</summary>
public sealed class SharedTexts;
