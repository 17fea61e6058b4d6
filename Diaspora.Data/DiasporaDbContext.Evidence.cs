using Diaspora.Domain.Kaspi;
using Diaspora.Domain.Payments;
using Microsoft.EntityFrameworkCore;

namespace Diaspora.Data;

/// <summary>Evidence of money, and what it comes by.</summary>
public abstract partial class DiasporaDbContext
{
    public DbSet<Evidence> Evidence => Set<Evidence>();

    public DbSet<Match> Matches => Set<Match>();

    public DbSet<EvidenceGuess> Guesses => Set<EvidenceGuess>();

    public DbSet<SourceTrust> Trusts => Set<SourceTrust>();

    public DbSet<Statement> Statements => Set<Statement>();

    public DbSet<KnownLine> KnownLines => Set<KnownLine>();

    public DbSet<TableMap> TableMaps => Set<TableMap>();

    public DbSet<ReceiptReading> ReceiptReadings => Set<ReceiptReading>();

    public DbSet<BillerCall> BillerCalls => Set<BillerCall>();

    public DbSet<WebhookEvent> WebhookEvents => Set<WebhookEvent>();

    public DbSet<Invoice> Invoices => Set<Invoice>();
}
