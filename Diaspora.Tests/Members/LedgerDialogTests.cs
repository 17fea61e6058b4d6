using Bunit;
using Diaspora.Domain.Access;
using Diaspora.Domain.Members;
using Diaspora.Domain.Payments;
using Diaspora.Tests.Hosting;
using Diaspora.Web.Members.Admin.Actions;
using Diaspora.Web.Payments.Admin.Refund;
using Microsoft.AspNetCore.Components.Web;
using MudBlazor;

namespace Diaspora.Tests.Members;

/// <summary>The dialogs of a member's card: a refusal keeps the dialog and all that was typed, and one press is one verb.</summary>
public sealed class LedgerDialogTests
{
    [Fact]
    public async Task Exempt_WithoutAReason_StandsBesideTheFieldAndKeepsTheMonths()
    {
        await using var context = new DialogContext();
        List<MonthIntervalForm> sent = [];
        var dialog = await context.ShowAsync(Interval(form =>
        {
            new MonthIntervalFormValidator().Ensure(form);
            sent.Add(form);
            return Task.CompletedTask;
        }));

        await context.Screen.Find("#interval-to").ChangeAsync("2026-07");
        await context.SubmitAsync();
        Assert.Contains("Напишите причину", context.Text, StringComparison.Ordinal);
        Assert.Equal("true", context.Screen.Find("#interval-reason").GetAttribute("aria-invalid"));
        Assert.Equal("false", context.Screen.Find("#interval-from").GetAttribute("aria-invalid"));

        await context.Screen.Find("#interval-reason").ChangeAsync("Решение совета");
        await context.SubmitAsync();
        var form = Assert.Single(sent);
        Assert.Equal((new Period(2026, 5), new Period(2026, 7), "Решение совета"), (form.From, form.To, form.Reason));
        Assert.False((await dialog.Result)!.Canceled);
    }

    [Fact]
    public async Task Leave_AField_IsToldAtOnceWhatTheFormWouldSay()
    {
        await using var context = new DialogContext();
        await context.ShowAsync(Interval(_ => throw new InvalidOperationException("Nothing was sent.")));

        await context.Screen.Find("#interval-to").ChangeAsync("2026-03");
        Assert.Contains("Последний месяц раньше первого", context.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Напишите причину", context.Text, StringComparison.Ordinal);
        await context.Screen.Find("#interval-reason").BlurAsync(new FocusEventArgs());
        Assert.Contains("Напишите причину", context.Text, StringComparison.Ordinal);
        await context.Screen.Find("#interval-to").ChangeAsync("2026-06");
        Assert.DoesNotContain("Последний месяц раньше первого", context.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Exempt_RefusedByTheLedger_SaysWhyAndKeepsWhatWasTyped()
    {
        await using var context = new DialogContext();
        var dialog = await context.ShowAsync(Interval(_ => throw new DomainException(Problems.IntervalMonthPaid, new Period(2026, 5))));
        await context.Screen.Find("#interval-reason").ChangeAsync("Решение совета");

        await context.SubmitAsync();

        Assert.Contains("За май уже оплачено", context.Text, StringComparison.Ordinal);
        Assert.Equal("Решение совета", context.Screen.Find("#interval-reason").GetAttribute("value"));
        Assert.False(dialog.Result.IsCompleted);
    }

    [Fact]
    public async Task Refund_PressedTwice_IsAskedOnce()
    {
        await using var context = new DialogContext();
        var answer = new TaskCompletionSource();
        var asked = 0;
        var dialog = await context.ShowAsync(Refund(_ =>
        {
            asked++;
            return answer.Task;
        }));
        await context.Screen.Find("#refund-reason").ChangeAsync("ошиблись месяцем");

        var first = context.SubmitAsync();
        await context.SubmitAsync();
        Assert.Equal("true", context.Screen.Find("button[type=submit]").GetAttribute("aria-disabled"));
        answer.SetResult();
        await first;

        Assert.Equal(1, asked);
        Assert.False((await dialog.Result)!.Canceled);
    }

    [Fact]
    public async Task Refund_TooLate_KeepsTheReasonAndCanBeSentAgain()
    {
        await using var context = new DialogContext();
        var asked = 0;
        var dialog = await context.ShowAsync(Refund(form => ++asked == 1 ? throw new DomainException(Problems.ChangedMeanwhile) : Task.FromResult(form.Reason)));
        Assert.Contains("Месяц снова станет открытым", context.Text, StringComparison.Ordinal);
        await context.Screen.Find("#refund-reason").ChangeAsync("ошиблись месяцем");

        await context.SubmitAsync();
        Assert.Contains("Эти данные уже изменили", context.Text, StringComparison.Ordinal);
        Assert.Equal("ошиблись месяцем", context.Screen.Find("#refund-reason").GetAttribute("value"));

        await context.SubmitAsync();
        Assert.Equal(2, asked);
        Assert.False((await dialog.Result)!.Canceled);
    }

    [Fact]
    public async Task MoveJoining_PastPaidMonths_AsksForTheBoxAndForgetsItWithTheMonth()
    {
        await using var context = new DialogContext();
        List<(Period? Month, bool IsAccepted)> sent = [];
        await context.ShowAsync(new DialogParameters<JoiningDialog>
        {
            { it => it.FullName, "Алиев Рашад" },
            { it => it.Month, new Period(2026, 3) },
            {
                it => it.Submit, form =>
                {
                    sent.Add((form.Month, form.IsAccepted));
                    return form.IsAccepted ? Task.CompletedTask : throw new FormException(nameof(form.IsAccepted), Problems.JoiningAfterPayment, new Period(2026, 1), form.Month!.Value);
                }
            },
        });
        await context.Screen.Find("#joining-reason").ChangeAsync("так и было");
        Assert.Empty(context.Screen.FindAll("input[type=checkbox]"));

        await context.SubmitAsync();
        await context.Screen.Find("input[type=checkbox]").ChangeAsync(true);
        await context.Screen.Find("#joining-month").ChangeAsync("2026-04");
        Assert.Empty(context.Screen.FindAll("input[type=checkbox]"));
        await context.SubmitAsync();
        Assert.Contains("апрель", context.Text, StringComparison.Ordinal);
        await context.Screen.Find("input[type=checkbox]").ChangeAsync(true);
        await context.SubmitAsync();

        Assert.Equal([(new Period(2026, 3), false), (new Period(2026, 4), false), (new Period(2026, 4), true)], sent);
    }

    [Fact]
    public async Task Appoint_Refused_KeepsTheDialogAndWhatWasChosen()
    {
        await using var context = new DialogContext();
        List<(Role Seen, Role Role)> sent = [];
        var dialog = await context.ShowAsync(new DialogParameters<AppointMemberDialog>
        {
            { it => it.FullName, "Алиев Рашад" },
            { it => it.Role, Role.Cashier },
            {
                it => it.Submit, form =>
                {
                    sent.Add((form.Seen, form.Role));
                    return sent.Count > 1 ? Task.CompletedTask : throw new DomainException(Problems.CannotAppointSelf);
                }
            },
        });
        var roles = context.Screen.FindAll("input[type=radio]");
        Assert.Equal(Enum.GetValues<Role>().Length, roles.Count);
        Assert.Equal((int)Role.Cashier, roles.Index().Single(role => role.Item.HasAttribute("autofocus")).Index);
        await roles[(int)Role.Admin].ClickAsync(new MouseEventArgs());

        await context.SubmitAsync();
        Assert.Contains("роль", context.Screen.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.False(dialog.Result.IsCompleted);
        await context.SubmitAsync();

        Assert.Equal([(Role.Cashier, Role.Admin), (Role.Cashier, Role.Admin)], sent);
        Assert.False((await dialog.Result)!.Canceled);
    }

    private static DialogParameters<IntervalDialog> Interval(Func<MonthIntervalForm, Task> submit) => new()
    {
        { it => it.FullName, "Алиев Рашад" },
        { it => it.IsExemption, true },
        { it => it.From, new Period(2026, 5) },
        { it => it.Submit, submit },
    };

    private static DialogParameters<RefundDialog> Refund(Func<RefundPaymentForm, Task> submit) => new()
    {
        { it => it.FullName, "Алиев Рашад" },
        { it => it.Period, new Period(2026, 4) },
        { it => it.Amount, new Money(2000) },
        { it => it.Submit, submit },
    };
}
