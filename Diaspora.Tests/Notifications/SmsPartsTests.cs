using Diaspora.Domain.Notifications;

namespace Diaspora.Tests.Notifications;

/// <summary>What a text costs by SMS is counted as operators count it.</summary>
public sealed class SmsPartsTests
{
    [Theory]
    [InlineData("", 0, 0, false)]
    [InlineData("Salam!", 6, 1, false)]
    [InlineData("Салам!", 6, 1, true)]
    [InlineData("Сәлем, Айгүл", 12, 1, true)]
    [InlineData("2 000 €", 8, 1, false)]
    [InlineData("[a]^{b}~\\|", 18, 1, false)]
    [InlineData("2 000 ₸", 7, 1, true)]
    [InlineData("ok 👍", 5, 1, true)]
    [InlineData("one\ntwo", 7, 1, false)]
    public void Of_ShortTexts_CountsWhatTelephonesCount(string text, int length, int count, bool isWide) => Assert.Equal(new SmsParts(length, count, isWide), SmsParts.Of(text));

    [Theory]
    [InlineData("a", 160, 1)]
    [InlineData("a", 161, 2)]
    [InlineData("a", 306, 2)]
    [InlineData("a", 307, 3)]
    [InlineData("я", 70, 1)]
    [InlineData("я", 71, 2)]
    [InlineData("я", 134, 2)]
    [InlineData("я", 135, 3)]
    public void Of_LongTexts_FallIntoParts(string sign, int length, int count) => Assert.Equal((length, count), (SmsParts.Of(sign.PadRight(length, sign[0])).Length, SmsParts.Of(sign.PadRight(length, sign[0])).Count));

    [Fact]
    public void Join_ATitleAndASumHeldTogether_IsOneLineOfPlainSpaces() => Assert.Equal("Due. 2 000 KZT\nPay", SmsParts.Join("Due", "2\u00A0000\u202FKZT\nPay\t"));

    [Fact]
    public void Of_ASignOfTwoPlacesAtTheEndOfAPart_BeginsTheNextOne()
    {
        // 152 places and a euro: it does not fit into the last one, so what would fill two parts to the brim takes three.
        var text = new string('a', 152) + "€" + new string('a', 152);
        Assert.Equal((306, 3), (SmsParts.Of(text).Length, SmsParts.Of(text).Count));

        var wide = new string('я', 66) + "👍" + new string('я', 66);
        Assert.Equal((134, 3), (SmsParts.Of(wide).Length, SmsParts.Of(wide).Count));
    }
}
