using System.Diagnostics;
using Diaspora.Data;
using Diaspora.Domain.Operations;
using Diaspora.Web.Shell;
using Diaspora.Web.Shell.Guard;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Diaspora.Web.Health;

/// <summary>A part of the portal and how it does.</summary>
public sealed record HealthPart(string Name, HealthStatus Status);

/// <param name="Figures">None while the database does not answer: the parts say why.</param>
/// <param name="Room">None while the folder is not there.</param>
/// <param name="At">UTC.</param>
/// <param name="StartedAt">UTC.</param>
public sealed record PortalHealth(HealthStatus Status, IReadOnlyList<HealthPart> Parts, PortalFigures? Figures, StorageRoom? Room, int OpenPages, string Database, DateTime At, DateTime StartedAt);

/// <summary>Reads what the page of health shows: the same parts that <c>/health/ready</c> answers with, and figures.</summary>
public sealed class HealthReadings(HealthCheckService checks, HealthService figures, StorageFolders folders, DatabaseOptions database, OpenPages pages, CurrentActor actor, TimeProvider clock)
{
    /// <exception cref="DomainException">The reader is no admin.</exception>
    public async Task<PortalHealth> ReadAsync()
    {
        var read = await FiguresAsync();
        var report = await checks.CheckHealthAsync(HealthAnswers.IsOfReadiness);
        return new PortalHealth(
            report.Status, [.. report.Entries.Select(entry => new HealthPart(entry.Key, entry.Value.Status)).OrderBy(part => part.Status)],
            read, Room(), pages.Count, database.Provider, clock.GetUtcNow().UtcDateTime, Process.GetCurrentProcess().StartTime.ToUniversalTime());
    }

    /// <summary>A database that does not answer is no reason to show nothing: it is what this page is for, and the way to it asked for an admin.</summary>
    private async Task<PortalFigures?> FiguresAsync()
    {
        try
        {
            return await figures.FiguresAsync(await actor.GetAsync());
        }
        catch (DomainException away) when (away.Problem.Code == Problems.NotRead)
        {
            return null;
        }
    }

    private StorageRoom? Room()
    {
        try
        {
            return StorageRoom.Of(folders);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
