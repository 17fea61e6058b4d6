using Diaspora.Domain.Access;
using Diaspora.Domain.Members;
using Xunit;

namespace Diaspora.Tests.Members;

public sealed class MemberTests
{
    private static readonly DateTime Now = new(2026, 3, 8, 7, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void Block_AlreadyBlocked_IsRefusedAndSaysSinceWhen()
    {
        var member = NewMember();
        member.Block("спам", Now);
        var refusal = Assert.Throws<DomainException>(() => member.Block("ещё раз", Now.AddDays(1)));
        Assert.Equal(Problems.AlreadyBlocked, refusal.Problem.Code);
        Assert.Equal([Now], refusal.Problem.Args);
        Assert.Equal("спам", member.BlockReason);
    }

    [Fact]
    public void Unblock_AfterBlock_ForgetsTheReason()
    {
        var member = NewMember();
        member.Block("спам", Now);
        member.Unblock(Now.AddDays(1));
        Assert.False(member.IsBlocked);
        Assert.Null(member.BlockReason);
        Assert.Equal(Now.AddDays(1), member.UpdatedAt);
    }

    [Fact]
    public void Unblock_NotBlocked_IsRefused() =>
        Assert.Equal(Problems.NotBlocked, Assert.Throws<DomainException>(() => NewMember().Unblock(Now)).Problem.Code);

    [Fact]
    public void Edit_NameWithOddSpaces_IsTidyAndFoundByItsNewSpelling()
    {
        var member = NewMember();
        member.Edit("  Əliyeva \t Aygün ", PhoneNumber.Parse("87015550143"), " ", "  Алматы ", Now.AddDays(1));
        Assert.Equal("Əliyeva Aygün", member.FullName);
        Assert.Equal(NameSkeleton.Of("Алиева Айгун"), member.NameKey);
        Assert.Null(member.Email);
        Assert.Equal("Алматы", member.City);
        Assert.Equal(Now, member.CreatedAt);
        Assert.Equal(Now.AddDays(1), member.UpdatedAt);
    }

    [Fact]
    public void Edit_NameTypedWithSeparateMarks_IsStoredAsOneSpelling()
    {
        var member = NewMember();
        member.Edit("Серге\u0438\u0306 Ли", member.Phone, null, null, Now);
        Assert.Equal("Сергей Ли", member.FullName);
    }

    /// <summary>The whole table of rights.</summary>
    [Theory]
    [InlineData(Role.Member, Permission.Member)]
    [InlineData(Role.Cashier, Permission.Member, Permission.Cashier)]
    [InlineData(Role.Editor, Permission.Member, Permission.Editor)]
    [InlineData(Role.Admin, Permission.Member, Permission.Cashier, Permission.Editor, Permission.Admin)]
    public void Allow_EachRole_HasItsRightsAndNoOther(Role role, params Permission[] rights)
    {
        Assert.All(Enum.GetValues<Permission>(), permission => Assert.Equal(rights.Contains(permission), ActingMember.Allows(role, permission)));
        Assert.All(Enum.GetValues<Permission>(), permission => Assert.False(new ActingMember(Guid.Empty, "", role, IsBlocked: true).May(permission)));
    }

    private static Member NewMember() => new(MemberNumber.FromBody(1_048_291), "Алиев Рашад", PhoneNumber.Parse("87015550142"), Role.Member, new DateOnly(2026, 3, 5), Now);
}
