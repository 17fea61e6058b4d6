using System.Globalization;
using System.Reflection;
using Diaspora.Domain.Kaspi;
using Diaspora.Tests.Hosting;
using Diaspora.Web.Kaspi.Admin;
using Microsoft.Extensions.DependencyInjection;

namespace Diaspora.Tests.Kaspi;

/// <summary>Every reason of the matcher is a sentence in both languages; a new one is found by itself.</summary>
public sealed class MatchWordsTests(PortalHost portal)
{
    public static TheoryData<string, string> Reasons
    {
        get
        {
            TheoryData<string, string> data = [];
            foreach (var code in typeof(MatchReasons).GetFields(BindingFlags.Public | BindingFlags.Static).Select(one => (string)one.GetRawConstantValue()!))
            {
                data.Add("ru", code);
                data.Add("kk", code);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Reasons))]
    public void Say_AnyReason_IsASentenceAfterAndBeforeItWasStored(string language, string code)
    {
        var reason = code switch
        {
            MatchReasons.Phone => new MatchReason(code, "+77010000101"),
            MatchReasons.Month or MatchReasons.OtherMonth => new MatchReason(code, 3),
            _ => new MatchReason(code, 4000L, 6000L),
        };

        var said = In(language, words => words.Of(reason));

        Assert.DoesNotContain(code, said, StringComparison.Ordinal);
        Assert.DoesNotContain("{", said, StringComparison.Ordinal);
        Assert.Equal(said, In(language, words => words.Of(Assert.Single(MatchJson.Read(MatchJson.Write([reason]))))));
    }

    [Fact]
    public void Say_SeveralReasons_IsOneLineThatBeginsLarge() =>
        Assert.Equal(
            "Код 888590 в сообщении · сумма 4\u00A0000\u00A0₸ как в заявке · этот плательщик платил за него 4 раза",
            In("ru", words => words.Of([new MatchReason(MatchReasons.Code, "888590"), new MatchReason(MatchReasons.SumClaimed, 4000L), new MatchReason(MatchReasons.History, 4)])));

    private string In(string language, Func<MatchWords, string> say)
    {
        var before = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        try
        {
            using var scope = portal.Services.CreateScope();
            return say(scope.ServiceProvider.GetRequiredService<MatchWords>());
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = before;
        }
    }
}
