using System.Security.Cryptography;
using Diaspora.Domain.Members;
using Diaspora.Domain.Members.Accounts;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Diaspora.Data.Accounts;

/// <summary>How a member signs in. Has the member's own id; its user name is the member's phone.</summary>
public sealed class Account : IdentityUser<Guid>
{
    /// <summary>For somebody who was taken over from a list: they come in with a one-time link, and with nothing else.</summary>
    public static Account WithoutPassword(Member member) => new()
    {
        Id = member.Id,
        UserName = member.Phone.Value,
        NormalizedUserName = member.Phone.Value,
        SecurityStamp = Convert.ToHexString(RandomNumberGenerator.GetBytes(20)),
    };
}

internal sealed class AccountConfiguration : IEntityTypeConfiguration<Account>
{
    public void Configure(EntityTypeBuilder<Account> entity)
    {
        entity.ToTable("Accounts");
        entity.Property(account => account.Id).ValueGeneratedNever();
        entity.HasOne<Member>().WithOne().HasForeignKey<Account>(account => account.Id).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class IdentityTablesConfiguration :
    IEntityTypeConfiguration<IdentityUserClaim<Guid>>, IEntityTypeConfiguration<IdentityUserLogin<Guid>>, IEntityTypeConfiguration<IdentityUserToken<Guid>>
{
    public void Configure(EntityTypeBuilder<IdentityUserClaim<Guid>> entity) => entity.ToTable("AccountClaims");

    public void Configure(EntityTypeBuilder<IdentityUserLogin<Guid>> entity) => entity.ToTable("AccountLogins");

    public void Configure(EntityTypeBuilder<IdentityUserToken<Guid>> entity) => entity.ToTable("AccountTokens");
}

internal sealed class SignInThrottleConfiguration : IEntityTypeConfiguration<SignInThrottle>
{
    public void Configure(EntityTypeBuilder<SignInThrottle> entity)
    {
        entity.ToTable("SignInThrottles");
        entity.HasKey(throttle => throttle.Key);
        entity.Property(throttle => throttle.Key).HasMaxLength(80).IsUnicode(false);
        entity.HasIndex(throttle => throttle.UpdatedAt);

        // Two tries at once may read the same count. The second is run again, so that it counts too.
        entity.Property(throttle => throttle.Failures).IsConcurrencyToken();
    }
}
