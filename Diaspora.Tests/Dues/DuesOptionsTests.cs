using Diaspora.Web.Dues;

namespace Diaspora.Tests.Dues;

public sealed class DuesOptionsTests
{
    [Fact]
    public void Start_WithoutSettings_HasTheRulesOfTheAssociation()
    {
        var rules = new DuesOptions().ToRules();

        Assert.Equal((2000, 10, 12, 14, "Asia/Almaty"), (rules.FeeOf(new Period(2026, 3)).Tenge, rules.DeadlineDay, rules.MonthsAhead, rules.LapseAfterDays, rules.Zone.Id));
    }

    [Fact]
    public void Start_WithAWrongValue_StopsAndNamesTheKey()
    {
        (DuesOptions Options, string Key)[] wrong =
        [
            (new DuesOptions { Fee = 0 }, "Dues:Fee"), (new DuesOptions { DeadlineDay = 32 }, "Dues:DeadlineDay"), (new DuesOptions { MonthsAhead = -1 }, "Dues:MonthsAhead"),
            (new DuesOptions { LapseAfterDays = 0 }, "Dues:LapseAfterDays"), (new DuesOptions { TimeZone = "Asia/Nowhere" }, "Dues:TimeZone"),
        ];

        Assert.All(wrong, one => Assert.Contains(one.Key, Assert.Single(one.Options.Faults()), StringComparison.Ordinal));
    }
}
