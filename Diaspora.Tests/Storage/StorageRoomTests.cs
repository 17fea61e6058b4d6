using Diaspora.Data;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Diaspora.Tests.Storage;

/// <summary>How much room is enough.</summary>
public sealed class StorageRoomTests
{
    private const long Megabyte = 1 << 20;
    private const long Gigabyte = 1 << 30;

    [Theory]
    [InlineData(2 * Gigabyte, 1000 * Gigabyte, HealthStatus.Healthy)]
    [InlineData(Gigabyte, 1000 * Gigabyte, HealthStatus.Healthy)]
    [InlineData(Gigabyte - 1, 1000 * Gigabyte, HealthStatus.Degraded)]
    [InlineData(600 * Megabyte, 10 * Gigabyte, HealthStatus.Healthy)]
    [InlineData(400 * Megabyte, 10 * Gigabyte, HealthStatus.Degraded)]
    [InlineData(100 * Megabyte, 10 * Gigabyte, HealthStatus.Degraded)]
    [InlineData(100 * Megabyte - 1, 10 * Gigabyte, HealthStatus.Unhealthy)]
    [InlineData(90 * Megabyte, 200 * Megabyte, HealthStatus.Unhealthy)]
    [InlineData(0, 0, HealthStatus.Unhealthy)]
    public void Look_AtAVolume_SaysWhetherItIsEnough(long free, long total, HealthStatus expected) => Assert.Equal(expected, new StorageRoom(free, total).Status);

    [Fact]
    public void Look_AtTheRealOne_FindsRoom()
    {
        var room = StorageRoom.Of(new StorageFolders(Path.GetTempPath()));
        Assert.InRange(room.Free, 1, room.Total);
    }
}
