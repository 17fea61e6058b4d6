using System.Diagnostics;
using System.Runtime.CompilerServices;
using Diaspora.Data;
using Diaspora.Data.Operations;
using Diaspora.Tests.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Diaspora.Tests.Instances;

internal static class Until
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Looks until it is so; what never is fails by its own words.</summary>
    /// <param name="patience">Where half a minute is not enough.</param>
    public static async Task TrueAsync(Func<bool> holds, TimeSpan? patience = null, [CallerArgumentExpression(nameof(holds))] string? what = null)
    {
        var begun = Stopwatch.GetTimestamp();
        while (!holds())
        {
            Assert.True(Stopwatch.GetElapsedTime(begun) < (patience ?? Patience), $"It never was so: {what}");
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>A portal over this database as if it ran on a machine of that name.</summary>
    public static Portals PortalNamed(this TestDatabase database, string machine, int process = 1) =>
        new(database.Get<IContextFactory>(), database.Get<TaskTurns>(), database.Clock, NullLogger<Portals>.Instance) { Name = Portals.NameOf(machine, process) };
}
