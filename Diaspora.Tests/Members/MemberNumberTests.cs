using Diaspora.Domain.Members;
using Xunit;

namespace Diaspora.Tests.Members;

public sealed class MemberNumberTests
{
    // Spread over the whole range, the same on every run.
    private static readonly string[] Numbers = [.. Enumerable.Range(0, 400).Select(step => MemberNumber.FromBody(MemberNumber.First + step * 22_499 % 9_000_000).Value)];

    [Fact]
    public void Read_NumberAsGiven_IsThatNumber()
    {
        Assert.All(Numbers, value =>
        {
            Assert.Equal(8, value.Length);
            Assert.True(MemberNumber.TryParse(value, out var number));
            Assert.Equal(value, number.Value);
            Assert.True(MemberNumber.TryParse(number.ToDisplay(), out var shown));
            Assert.Equal(number, shown);
        });
    }

    [Fact]
    public void Read_OneWrongDigit_IsAlwaysNoticed()
    {
        foreach (var value in Numbers)
        {
            for (var place = 0; place < value.Length; place++)
            {
                foreach (var wrong in "0123456789".Where(digit => digit != value[place]))
                {
                    var mistyped = value[..place] + wrong + value[(place + 1)..];
                    Assert.False(MemberNumber.TryParse(mistyped, out _), $"{value} mistyped as {mistyped}");
                }
            }
        }
    }

    [Fact]
    public void Read_NeighboursSwapped_IsNearlyAlwaysNoticed()
    {
        var swaps = Numbers.SelectMany(value => Enumerable.Range(0, 7)
            .Where(place => value[place] != value[place + 1])
            .Select(place => value[..place] + value[place + 1] + value[place] + value[(place + 2)..])).ToList();
        var missed = swaps.Count(swapped => MemberNumber.TryParse(swapped, out _));
        Assert.True(missed * 100 < swaps.Count * 3, $"{missed} of {swaps.Count} swaps were not noticed");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("1234567")]
    [InlineData("123456789")]
    [InlineData("1234567x")]
    [InlineData("١٢٣٤٥٦٧٨")]
    public void Read_WhatIsNoNumber_IsRefused(string? text) => Assert.False(MemberNumber.TryParse(text, out _));

    [Theory]
    [InlineData(MemberNumber.First - 1)]
    [InlineData(MemberNumber.Last + 1)]
    public void Make_BodyOfOtherThanSevenDigits_IsRefused(int body) => Assert.Throws<ArgumentOutOfRangeException>(() => MemberNumber.FromBody(body));

    [Fact]
    public void Show_Number_IsInGroupsOfFour() => Assert.Matches("^[0-9]{4} [0-9]{4}$", MemberNumber.FromBody(1_048_291).ToDisplay());
}
