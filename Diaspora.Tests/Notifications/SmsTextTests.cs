using Diaspora.Domain.Notifications;
using Diaspora.Web.Notifications;

namespace Diaspora.Tests.Notifications;

/// <summary>What a message costs is counted in parts, as telephone networks count them; and what a template of WhatsApp takes.</summary>
public sealed class SmsTextTests
{
    [Theory]
    [InlineData('a', 160, 1)]
    [InlineData('a', 161, 2)]
    [InlineData('a', 306, 2)]
    [InlineData('a', 307, 3)]
    [InlineData('Ω', 160, 1)]
    [InlineData('€', 80, 1)]
    [InlineData('€', 81, 2)]
    [InlineData('€', 152, 2)]
    [InlineData('€', 153, 3)]
    [InlineData('я', 70, 1)]
    [InlineData('я', 71, 2)]
    [InlineData('я', 134, 2)]
    [InlineData('ә', 135, 3)]
    [InlineData('`', 71, 2)]
    public void Count_ALetterSoOften_IsSoManyParts(char letter, int times, int parts) => Assert.Equal(parts, SmsText.PartsOf(new string(letter, times)));

    /// <summary>67 places, and a face takes two: 33 of them are in each part.</summary>
    [Theory]
    [InlineData(35, 1)]
    [InlineData(36, 2)]
    [InlineData(66, 2)]
    [InlineData(67, 3)]
    public void Count_Faces_CutsNoneInTwo(int times, int parts) => Assert.Equal(parts, SmsText.PartsOf(string.Concat(Enumerable.Repeat("😀", times))));

    [Fact]
    public void Clean_SpacesThatHoldASumTogether_AreSpaces() => Assert.Equal("2 000 KZT\nPay", SmsText.Clean(" 2\u00A0000\u202FKZT\nPay\t"));

    /// <summary>Meta refuses a line break, a tab, spaces in a row and nothing at all (132018).</summary>
    [Theory]
    [InlineData("", "–")]
    [InlineData(" \r\n\t ", "–")]
    [InlineData("чек\r\nне\tчитается     никак", "чек не читается никак")]
    [InlineData("март и\u00A0апрель", "март и апрель")]
    public void Fill_ATemplate_SaysWhatMetaTakes(string value, string filled) => Assert.Equal(filled, WhatsAppTemplate.Clean(value));

    [Theory]
    [InlineData("я")]
    [InlineData("😀")]
    public void Fill_ATemplateWithALongReason_CutsItBetweenLetters(string letter)
    {
        var filled = WhatsAppTemplate.Clean(string.Concat(Enumerable.Repeat(letter, 500)));
        Assert.InRange(filled.Length, 298, 300);
        Assert.EndsWith(letter + "…", filled, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Cause.Reminder, "diaspora_reminder")]
    [InlineData(Cause.PaymentConfirmed, "diaspora_payment_confirmed")]
    public void Name_ATemplate_FollowsItsCause(Cause cause, string name) => Assert.Equal(name, WhatsAppTemplate.NameOf("diaspora_", cause));
}
