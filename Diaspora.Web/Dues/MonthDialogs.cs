using Diaspora.Domain.Overview;
using Diaspora.Web.Shared;
using Diaspora.Web.Shell;
using MudBlazor;

namespace Diaspora.Web.Dues;

/// <summary>Opens what stands behind a tile, for its member and for staff.</summary>
public sealed class MonthDialogs(MemberCardService cards, CurrentActor actor, IDialogService dialogs, ISnackbar snackbar, ProblemWords problems, Wording words)
{
    private readonly Press _press = new(snackbar, problems);

    /// <summary>A month of one's own.</summary>
    public Task OpenOwnAsync(Period period) => OpenAsync(period, null, by => cards.OwnMonthAsync(by, period));

    /// <summary>A month of anybody, for staff.</summary>
    /// <param name="number">The member's eight digits.</param>
    public Task OpenAsync(string number, Period period) => OpenAsync(period, number, by => cards.MonthAsync(by, number, period));

    private Task OpenAsync(Period period, string? number, Func<Actor, Task<MonthDetails>> read) => _press.DoAsync(async () =>
    {
        var details = await read(await actor.GetAsync());
        await dialogs.ShowAsync<MonthDialog>(
            words.MonthYear(period.Year, period.Month),
            new DialogParameters<MonthDialog> { { it => it.Details, details }, { it => it.Number, number } });
    });
}
