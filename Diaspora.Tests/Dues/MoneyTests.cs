using Xunit;

namespace Diaspora.Tests.Dues;

public sealed class MoneyTests
{
    [Fact]
    public void Add_ThreeMonths_IsThreeFees() => Assert.Equal(new Money(6000), Money.Sum([new(2000), new(2000), new(2000)]));

    [Fact]
    public void Add_Nothing_IsZero()
    {
        Assert.Equal(Money.Zero, Money.Sum([]));
        Assert.True(Money.Zero.IsZero);
    }

    [Fact]
    public void Compare_TwoSums_FollowsTenge()
    {
        Assert.True(new Money(2000) < new Money(3000));
        Assert.True(new Money(3000) >= new Money(3000));
        Assert.Equal(new Money(1000), new Money(3000) - new Money(2000));
        Assert.Equal([new Money(1), new Money(2)], new[] { new Money(2), new Money(1) }.Order());
    }
}
