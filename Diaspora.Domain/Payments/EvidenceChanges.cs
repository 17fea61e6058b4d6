namespace Diaspora.Domain.Payments;

/// <summary>Evidence came, was matched, set free, refused or looked at anew; or how far a source is trusted.</summary>
public sealed record EvidenceChanged : Change;
