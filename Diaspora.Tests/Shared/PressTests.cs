using System.Globalization;
using Bunit;
using Diaspora.Web.Shared;
using Diaspora.Web.Shared.Live;
using Diaspora.Web.Shared.Refusals;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using MudBlazor.Services;
using Xunit;

namespace Diaspora.Tests.Shared;

/// <summary>One press is one verb, and each refusal is told once.</summary>
public sealed class PressTests
{
    [Fact]
    public async Task Press_WhileTheFirstIsOnItsWay_DoesNothing()
    {
        var press = new Press();
        var answer = new TaskCompletionSource();
        var asked = 0;
        Task Act()
        {
            asked++;
            return answer.Task;
        }

        var first = press.DoAsync(Act);
        Assert.False(await press.DoAsync(Act));
        Assert.Equal((true, "true"), (press.IsBusy, press.AriaDisabled));
        answer.SetResult();

        Assert.True(await first);
        Assert.Equal((1, false, null), (asked, press.IsBusy, press.AriaDisabled));
        Assert.True(await press.DoAsync(Act));
    }

    [Fact]
    public async Task Press_RefusedByARule_SaysSoUntilTheNextOne()
    {
        var press = new Press();
        Assert.False(await press.DoAsync(() => throw new DomainException(Problems.ChangedMeanwhile)));
        Assert.Equal((Problems.ChangedMeanwhile, Problems.ChangedMeanwhile, false, false), (press.Refusal?.Code, press.Sentence?.Code, press.Problems.Any, press.IsBusy));

        Assert.True(await press.DoAsync(() => Task.CompletedTask));
        Assert.Null(press.Sentence);
    }

    [Fact]
    public async Task Press_AFormThatIsWrong_SaysSoBesideItsFieldUntilItIsRight()
    {
        var press = new Press();
        press.Recheck(() => throw new InvalidOperationException("Before the first refusal nothing is said."));

        Assert.False(await press.DoAsync(() => throw new FormException("Reason", Problems.ReasonMissing)));
        Assert.Equal((null, Problems.ReasonMissing, Problems.ReasonMissing), (press.Refusal, press.Problems["Reason"]?.Code, press.Sentence?.Code));

        press.Recheck(() => new FormProblems());
        Assert.False(press.Problems.Any);
    }

    [Fact]
    public async Task Press_AFormThatIsWrongAsAWhole_SaysSoAtItsHead()
    {
        var press = new Press();
        await press.DoAsync(() => throw new FormException("", Problems.ChangedMeanwhile));
        Assert.Equal(Problems.ChangedMeanwhile, press.Refusal?.Code);

        press.Forget();
        Assert.Null(press.Refusal);
    }

    [Fact]
    public async Task Press_Refused_ReadsWhatIsTrueNowBeforeItIsFree()
    {
        var press = new Press();
        (string? Code, bool IsBusy) seen = default;
        await press.DoAsync(() => throw new DomainException(Problems.ChangedMeanwhile), why =>
        {
            seen = (why.Code, press.IsBusy);
            return Task.CompletedTask;
        });
        Assert.Equal((Problems.ChangedMeanwhile, true, false), (seen.Code, seen.IsBusy, press.IsBusy));

        await press.DoAsync(() => Task.CompletedTask, _ => throw new InvalidOperationException("Nothing was refused."));
    }

    [Fact]
    public async Task Press_AFaultThatIsNoRefusal_PassesThroughAndLeavesItFree()
    {
        var press = new Press();
        await Assert.ThrowsAsync<TimeoutException>(() => press.DoAsync(() => throw new TimeoutException()));
        Assert.False(press.IsBusy);
        await Assert.ThrowsAsync<DomainException>(() => press.OnceAsync<bool>(() => throw new DomainException(Problems.ChangedMeanwhile)));
        Assert.False(press.IsBusy);
        Assert.True(await press.DoAsync(() => Task.CompletedTask));
    }

    [Fact]
    public async Task Leave_AfterTheVerb_TakesNoFurtherPress()
    {
        var press = new Press();
        Assert.True(await press.DoAsync(() =>
        {
            press.Leave();
            return Task.CompletedTask;
        }));
        Assert.False(await press.DoAsync(() => throw new InvalidOperationException("The page is on its way out.")));
    }

    [Fact]
    public async Task Ask_PressedTwice_OpensOneDialog()
    {
        var press = new Press();
        var dialog = new DialogReference(Guid.NewGuid(), null!);
        var opened = 0;
        Task<IDialogReference> Open()
        {
            opened++;
            return Task.FromResult<IDialogReference>(dialog);
        }

        var first = press.AskAsync(Open);
        Assert.Null(await press.AskAsync(Open));
        dialog.Dismiss(DialogResult.Ok("why"));
        Assert.Equal(("why", 1, false), ((await first)?.Data, opened, press.IsBusy));

        dialog = new DialogReference(Guid.NewGuid(), null!);
        var second = press.AskAsync(Open);
        dialog.Dismiss(DialogResult.Cancel());
        Assert.Null(await second);
    }

    [Fact]
    public async Task Press_RefusedWhereThereIsNoRoom_IsToldOnceAndStaysUntilRead()
    {
        var before = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("ru");
        await using var context = new BunitContext();
        context.Services.AddLocalization().AddLogging().AddMudServices().AddSingleton(TimeProvider.System).AddSingleton(TimeZoneInfo.Utc).AddScoped<Wording>().AddScoped<ProblemWords>().AddTransient<Press>();
        var (press, snackbar) = (context.Services.GetRequiredService<Press>(), context.Services.GetRequiredService<ISnackbar>());

        await press.DoAsync(() => throw new DomainException(Problems.ChangedMeanwhile));
        var told = Assert.Single(snackbar.ShownSnackbars);
        Assert.StartsWith("Эти данные уже изменили", told.Message, StringComparison.Ordinal);
        Assert.Equal(Severity.Error, told.Severity);
        snackbar.Clear();

        await press.DoAsync(() => throw new FormException("Reason", Problems.ReasonMissing));
        Assert.StartsWith("Напишите причину", Assert.Single(snackbar.ShownSnackbars).Message, StringComparison.Ordinal);
        Assert.NotSame(press, context.Services.GetRequiredService<Press>());
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = before;
    }
}
