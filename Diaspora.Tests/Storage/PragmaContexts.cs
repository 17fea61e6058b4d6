using Diaspora.Data;
using Microsoft.EntityFrameworkCore;

namespace Diaspora.Tests.Storage;

/// <summary>Tells SQLite on each connection what it is to suffer from.</summary>
internal sealed class PragmaContexts(IContextFactory inner) : IContextFactory
{
    public required string Said { get; set; }

    public bool OneWriterAtATime { get; init; } = inner.OneWriterAtATime;

    public int Made { get; private set; }

    public DiasporaDbContext Create()
    {
        Made++;
        var context = inner.Create();
        context.Database.OpenConnection();
        context.Database.ExecuteSqlRaw(Said);
        return context;
    }
}
