using System.Net;
using Diaspora.Web.Accounts;
using Microsoft.Extensions.Options;

namespace Diaspora.Tests.Accounts;

public sealed class AddressLimitsTests : IDisposable
{
    private static readonly IPAddress Carrier = IPAddress.Parse("203.0.113.7");

    private readonly AddressLimits _limits = new(Options.Create(new AddressLimitOptions { RegisterPerAddress = 2, SignInPerAddress = 3 }));

    public void Dispose() => _limits.Dispose();

    [Fact]
    public void Register_MoreThanTheLimit_IsRefusedForThisAddressOnly()
    {
        Assert.True(_limits.MayRegister(Carrier));
        Assert.True(_limits.MayRegister(Carrier));
        Assert.False(_limits.MayRegister(Carrier));
        Assert.True(_limits.MayRegister(IPAddress.Parse("203.0.113.8")));
    }

    [Fact]
    public void SignIn_AfterAFloodOfRegistrations_IsCountedByItself()
    {
        while (_limits.MayRegister(Carrier))
        {
        }

        Assert.True(_limits.MaySignIn(Carrier));
    }

    [Theory]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", false)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", true)]
    [InlineData("203.0.113.7", "::ffff:203.0.113.7", false)]
    public void Register_FromAnotherAddressOfTheSameHome_CountsAsTheSame(string first, string second, bool isOther)
    {
        while (_limits.MayRegister(IPAddress.Parse(first)))
        {
        }

        Assert.Equal(isOther, _limits.MayRegister(IPAddress.Parse(second)));
    }

    /// <summary>One customer may have 65 536 networks: together they get what ten homes get.</summary>
    [Fact]
    public void SignIn_FromManyNetworksOfOneSite_IsLimitedAsAWhole()
    {
        Assert.Equal(30, Enumerable.Range(0, 50).Count(home => _limits.MaySignIn(IPAddress.Parse($"2001:db8:1:{home:x}::1"))));
        Assert.True(_limits.MaySignIn(IPAddress.Parse("2001:db8:2:1::1")));
    }

    [Fact]
    public void SignIn_WithoutAnAddress_IsLimitedToo()
    {
        Assert.Equal(3, Enumerable.Range(0, 5).Count(_ => _limits.MaySignIn(null)));
    }
}
