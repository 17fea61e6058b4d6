using Diaspora.Domain.Rights;
using Diaspora.Web.Shared;
using Microsoft.Extensions.Localization;

namespace Diaspora.Web.Rights;

/// <summary>How long there is for an answer, in words.</summary>
public static class RightsWords
{
    /// <summary>«Осталось 3 рабочих дня.»</summary>
    public static string Left(IStringLocalizer<RightsTexts> texts, DateOnly today, DateOnly due)
    {
        var left = WorkingDays.Left(today, due);
        return left > 0 ? Wording.Plural(texts, "DaysLeft", left) : texts["LastDay"];
    }
}
