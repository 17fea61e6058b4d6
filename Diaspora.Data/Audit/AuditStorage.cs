using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Diaspora.Data.Audit;

/// <summary>The number of the last audit entry, in a table of one row that writers take last before they commit.</summary>
public sealed class AuditTail
{
    public const int OnlyId = 1;

    public int Id { get; private set; } = OnlyId;

    public long Last { get; private set; }
}

/// <summary>How an action is written down: <c>PAYMENT_CONFIRMED</c>.</summary>
public static partial class ActionName
{
    private static readonly FrozenDictionary<AuditAction, string> Names = Enum.GetValues<AuditAction>().ToFrozenDictionary(action => action, Write);
    private static readonly FrozenDictionary<string, AuditAction> Actions = Names.ToFrozenDictionary(pair => pair.Value, pair => pair.Key);

    public static string Of(AuditAction action) => Names[action];

    public static AuditAction Parse(string name) => Actions[name];

    private static string Write(AuditAction action) => WordStart().Replace(action.ToString(), "_$0").ToUpperInvariant();

    [GeneratedRegex("(?<=.)[A-Z]")]
    private static partial Regex WordStart();
}

internal sealed class AuditEntryConfiguration : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> entity)
    {
        entity.ToTable("AuditEntries");
        entity.Property(entry => entry.Id).ValueGeneratedNever();
        entity.Property(entry => entry.EntityType).HasMaxLength(40);
        entity.Property(entry => entry.Ip).HasMaxLength(64);
        entity.Property(entry => entry.UserAgent).HasMaxLength(400);
        entity.HasIndex(entry => entry.EntityId);
        entity.HasIndex(entry => entry.SubjectId);
        entity.HasIndex(entry => entry.Action);
    }
}

internal sealed class AuditTailConfiguration : IEntityTypeConfiguration<AuditTail>
{
    public void Configure(EntityTypeBuilder<AuditTail> entity)
    {
        entity.ToTable("AuditTail");
        entity.Property(tail => tail.Id).ValueGeneratedNever();
        entity.HasData(new { Id = AuditTail.OnlyId, Last = 0L });
    }
}
