using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Diaspora.Data;

/// <summary>What the volume of the storage has left, in bytes.</summary>
/// <param name="Free">For the portal's own account.</param>
public sealed record StorageRoom(long Free, long Total)
{
    /// <summary>So much is enough on any volume.</summary>
    public const long Enough = 1L << 30;

    /// <summary>And of a small volume this part in a hundred.</summary>
    public const int Percent = 5;

    /// <summary>With less the next receipts no longer fit.</summary>
    public const long Least = 100L << 20;

    internal const string NothingStored = "Nothing can be stored.";

    public HealthStatus Status => Free < Least ? HealthStatus.Unhealthy : Free >= Enough || Free >= Total / 100 * Percent ? HealthStatus.Healthy : HealthStatus.Degraded;

    /// <exception cref="IOException">The folder is not there.</exception>
    public static StorageRoom Of(StorageFolders folders)
    {
        var volume = new DriveInfo(folders.Root);
        return new StorageRoom(volume.AvailableFreeSpace, volume.TotalSize);
    }

    internal HealthCheckResult ToResult() => new(Status, Status == HealthStatus.Healthy ? null : $"{Free >> 20} MB of {Total >> 20} MB are free.");
}
