using Diaspora.Domain.Notifications;
using Diaspora.Web.Notifications;

namespace Diaspora.Tests.Notifications;

/// <summary>What a template of WhatsApp takes.</summary>
public sealed class WhatsAppTemplateTests
{
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
