using Diaspora.Domain.Kaspi;
using Diaspora.Domain.Members;
using Diaspora.Domain.Payments;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Diaspora.Data.Payments;

internal sealed class EvidenceConfiguration : IEntityTypeConfiguration<Evidence>
{
    public void Configure(EntityTypeBuilder<Evidence> entity)
    {
        entity.ToTable("Evidence");
        entity.Property(evidence => evidence.Id).ValueGeneratedNever();
        entity.Property(evidence => evidence.Identity).HasMaxLength(64).IsFixedLength().IsUnicode(false);
        entity.Property(evidence => evidence.StatementId).HasField("_statementId");
        entity.Property(evidence => evidence.Payer).HasMaxLength(Evidence.PayerLength);
        entity.Property(evidence => evidence.PayerKey).HasMaxLength(Evidence.PayerLength).IsUnicode(false);
        entity.Property(evidence => evidence.Message).HasMaxLength(Evidence.MessageLength);
        entity.Property(evidence => evidence.Operation).HasMaxLength(Evidence.OperationLength);
        entity.Property(evidence => evidence.Raw).HasMaxLength(Evidence.RawLength);
        entity.Property(evidence => evidence.Note).HasMaxLength(Evidence.NoteLength);
        entity.Property(evidence => evidence.Version).IsConcurrencyToken();
        entity.Ignore(evidence => evidence.Sum);
        entity.Ignore(evidence => evidence.Month);

        // The same line, receipt or call is one piece, however often it comes.
        entity.HasIndex(evidence => new { evidence.Source, evidence.Identity }).IsUnique();
        entity.HasIndex(evidence => new { evidence.State, evidence.Source });
        entity.HasIndex(evidence => evidence.WouldIntentId);
        entity.HasIndex(evidence => evidence.On);
        entity.HasOne<Statement>().WithMany().HasForeignKey(evidence => evidence.StatementId).OnDelete(DeleteBehavior.Restrict);
        entity.HasOne<PaymentIntent>().WithMany().HasForeignKey(evidence => evidence.IntentId).OnDelete(DeleteBehavior.Restrict);
        entity.HasOne<Member>().WithMany().HasForeignKey(evidence => evidence.MemberId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class MatchConfiguration : IEntityTypeConfiguration<Match>
{
    public void Configure(EntityTypeBuilder<Match> entity)
    {
        entity.ToTable("Matches");
        entity.Property(match => match.Id).ValueGeneratedNever();
        entity.HasOne<Evidence>().WithMany().HasForeignKey(match => match.EvidenceId).OnDelete(DeleteBehavior.Restrict);
        entity.HasOne<PaymentIntent>().WithMany().HasForeignKey(match => match.IntentId).OnDelete(DeleteBehavior.Restrict);

        // The promise "no tenge is spent twice" in the database itself: one live match per evidence, and one per intent and source.
        entity.HasIndex(match => match.EvidenceId, "IX_Matches_OneLivePerEvidence").IsUnique().HasFilter("\"UndoneAt\" IS NULL");
        entity.HasIndex(match => new { match.IntentId, match.Source }, "IX_Matches_OneLivePerSource").IsUnique().HasFilter("\"UndoneAt\" IS NULL");
        entity.HasIndex(match => match.CreatedAt);
    }
}

internal sealed class EvidenceGuessConfiguration : IEntityTypeConfiguration<EvidenceGuess>
{
    public void Configure(EntityTypeBuilder<EvidenceGuess> entity)
    {
        entity.ToTable("EvidenceGuesses");
        entity.HasKey(guess => new { guess.EvidenceId, guess.Place });
        entity.HasOne<Evidence>().WithMany().HasForeignKey(guess => guess.EvidenceId).OnDelete(DeleteBehavior.Cascade);

        // No keys of others: a guess is thrown away with what it was about, and nobody waits for it.
        entity.HasIndex(guess => guess.IntentId);
    }
}

internal sealed class SourceTrustConfiguration : IEntityTypeConfiguration<SourceTrust>
{
    public void Configure(EntityTypeBuilder<SourceTrust> entity)
    {
        entity.ToTable("SourceTrusts");
        entity.HasKey(trust => trust.Source);
        entity.Property(trust => trust.Source).ValueGeneratedNever();
        entity.Property(trust => trust.Why).HasMaxLength(SourceTrust.WhyLength);
        entity.Property(trust => trust.Version).IsConcurrencyToken();
    }
}
