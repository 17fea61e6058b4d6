using System.Globalization;
using System.Security.Claims;
using Bunit;
using Diaspora.Domain.Access;
using Diaspora.Domain.Members;
using Diaspora.Domain.Payments;
using Diaspora.Tests.Storage;
using Diaspora.Web.Payments.Admin.Decide;
using Diaspora.Web.Payments.Admin.Queue;
using Diaspora.Web.Shared;
using Diaspora.Web.Shared.Refusals;
using Diaspora.Web.Shell;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using MudBlazor.Services;
using static Diaspora.Tests.Payments.MoneySetup;

namespace Diaspora.Tests.Payments;

/// <summary>What a cashier decides on an open page, and how it is taken back step after step.</summary>
public sealed class DecisionsTests : IAsyncLifetime
{
    private readonly (CultureInfo, CultureInfo) _culture = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
    private readonly BunitContext _context = new() { JSInterop = { Mode = JSRuntimeMode.Loose } };
    private readonly TestDatabase _database = new();
    private Actor _cashier = null!;
    private Actor _admin = null!;
    private Decisions _decisions = null!;

    public async ValueTask InitializeAsync()
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("ru");
        await _database.InitializeAsync();
        (_cashier, _admin) = (await _database.AddCashierAsync(), await _database.AddAdminAsync());
        _context.Services.AddLocalization().AddLogging().AddMudServices();
        _context.Services.AddSingleton<TimeProvider>(_database.Clock).AddSingleton(_database.Rules.Zone).AddSingleton(_database.Get<ModerationService>()).AddSingleton(_database.Get<RecordingService>())
            .AddScoped<CurrentActor>().AddScoped<Wording>().AddScoped<ProblemWords>().AddScoped<QueueWords>().AddMetricsOfPortal().AddScoped<Decisions>();
        _context.AddAuthorization().SetAuthorized("Кассир").SetClaims(new Claim(ClaimTypes.NameIdentifier, _cashier.MemberId!.Value.ToString()));
        _decisions = _context.Services.GetRequiredService<Decisions>();
    }

    public async ValueTask DisposeAsync()
    {
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = _culture;
        await _context.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Undo_TwentyDecisions_StepAfterStepAndSaysWhichOne()
    {
        var rows = await ClaimAsync(20);
        foreach (var row in rows)
        {
            Assert.True(await _decisions.ConfirmAsync(row));
        }

        foreach (var (row, left) in rows.Select((row, place) => (row, place)).Reverse())
        {
            await _decisions.UndoAsync();
            Assert.Equal(PaymentStatus.Pending, (await RowAsync(row.IntentId)).Status);
            Assert.Equal($"Снова на проверке: {row.PayerName}, февраль" + (left == 0 ? "" : $". Можно вернуть ещё {left}"), Only.Message);
        }

        await _decisions.UndoAsync();
        Assert.Contains("Отменять больше нечего", Said);
    }

    [Fact]
    public async Task Undo_WhatCannotBeUndoneAnyMore_IsSaidAndTheNextStepGoesOn()
    {
        var rows = await ClaimAsync(3);
        foreach (var row in rows)
        {
            await _decisions.ConfirmAsync(row);
        }

        // A colleague has taken the last one up again and decided otherwise.
        await _database.Get<ModerationService>().ReopenAsync(_admin, rows[2].IntentId, (await RowAsync(rows[2].IntentId)).DecidedAt!.Value);
        _database.Clock.Advance(TimeSpan.FromMinutes(1));
        await _database.RejectAsync(_admin, rows[2].IntentId);

        await _decisions.UndoAsync();
        Assert.Contains(Said, sentence => sentence.StartsWith($"Не получилось вернуть: {rows[2].PayerName}, февраль. ", StringComparison.Ordinal));
        Assert.Equal(PaymentStatus.Rejected, (await RowAsync(rows[2].IntentId)).Status);

        await _decisions.UndoAsync();
        Assert.Equal(PaymentStatus.Pending, (await RowAsync(rows[1].IntentId)).Status);
    }

    [Fact]
    public async Task Undo_FromThePanelMeanwhile_IsNoStepOfTheKeyAnyMore()
    {
        var rows = await ClaimAsync(2);
        foreach (var row in rows)
        {
            await _decisions.ConfirmAsync(row);
        }

        await _decisions.ReopenAsync(rows[1].IntentId, (await RowAsync(rows[1].IntentId)).DecidedAt!.Value);
        await _decisions.UndoAsync();

        Assert.All(rows, row => Assert.Equal(PaymentStatus.Pending, _database.Get<ModerationService>().IntentAsync(_admin, row.IntentId).GetAwaiter().GetResult().Row.Status));
    }

    [Fact]
    public async Task Confirm_OneAfterTheOther_CountsInOneSnackbar()
    {
        var rows = await ClaimAsync(4);
        await _decisions.ConfirmAsync(rows[0]);
        Assert.Equal($"Оплата подтверждена: {rows[0].PayerName}, февраль", Only.Message);
        foreach (var row in rows[1..])
        {
            await _decisions.ConfirmAsync(row);
        }

        Assert.Equal($"Подтверждено 4. Последняя: {rows[3].PayerName}, февраль", Only.Message);

        // Its button is the same step back.
        var shown = _context.Render<MudSnackbarProvider>();
        await shown.FindAll("button").Single(button => button.TextContent.Trim() == "Вернуть").ClickAsync(new());
        Assert.Equal(PaymentStatus.Pending, (await RowAsync(rows[3].IntentId)).Status);
        Assert.Equal($"Снова на проверке: {rows[3].PayerName}, февраль. Можно вернуть ещё 3", Only.Message);

        // The second answer to one press is no second decision.
        await _decisions.ConfirmAsync(rows[2]);
        await _decisions.UndoAsync();
        await _decisions.UndoAsync();
        Assert.Equal(PaymentStatus.Pending, (await RowAsync(rows[1].IntentId)).Status);
    }

    [Fact]
    public async Task Confirm_RefusedTwice_IsToldOnce()
    {
        var rows = await ClaimAsync(2);
        foreach (var row in rows)
        {
            await _database.ConfirmAsync(_admin, row.IntentId);
            Assert.False(await _decisions.ConfirmAsync(row));
        }

        Assert.Single(Said);
    }

    [Fact]
    public async Task ConfirmMany_OneWasRejectedMeanwhile_NamesItAndOneUndoTakesTheOthersBack()
    {
        var rows = await ClaimAsync(6);
        await _database.RejectAsync(_admin, rows[2].IntentId);
        List<PaymentRow> left = [];
        Assert.True(await _decisions.ConfirmManyAsync(rows, left.Add));

        Assert.Equal(5, _decisions.Many!.Confirmed.Count);
        Assert.Equal(rows.Where(row => row != rows[2]), left);
        var (whose, why) = Assert.Single(_decisions.Many.Refused);
        Assert.StartsWith(rows[2].PayerName, whose, StringComparison.Ordinal);
        Assert.Contains("Нигяр Керимова", why, StringComparison.Ordinal);

        await _decisions.UndoAsync();
        Assert.Null(_decisions.Many);
        foreach (var row in rows)
        {
            Assert.Equal(row == rows[2] ? PaymentStatus.Rejected : PaymentStatus.Pending, (await RowAsync(row.IntentId)).Status);
        }

        await _decisions.UndoAsync();
        Assert.Contains("Отменять больше нечего", Said);
    }

    /// <summary>What was typed is worth something until it is stored.</summary>
    [Fact]
    public async Task Reject_Refused_StaysInTheDialogWithTheReasonAndGoesThroughLater()
    {
        var (row, members, cashier) = ((await ClaimAsync(1))[0], _database.Get<MemberService>(), _cashier.MemberId!.Value);
        var screen = _context.Render<MudDialogProvider>();
        await members.AppointAsync(_admin, cashier, new AppointMemberForm { Seen = Role.Cashier, Role = Role.Member });
        var rejecting = screen.InvokeAsync(() => _decisions.RejectAsync(row));
        await screen.Find("#reject-reason").ChangeAsync("Деньги не пришли");
        await screen.Find("form#reject").SubmitAsync();
        Assert.Contains("нет прав", screen.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Equal("Деньги не пришли", screen.Find("#reject-reason").GetAttribute("value"));
        Assert.Empty(Said);

        await members.AppointAsync(_admin, cashier, new AppointMemberForm { Seen = Role.Member, Role = Role.Cashier });
        await screen.Find("form#reject").SubmitAsync();
        Assert.True(await rejecting);
        Assert.Equal(PaymentStatus.Rejected, (await RowAsync(row.IntentId)).Status);
        Assert.Equal($"Оплата отклонена: {row.PayerName}, февраль", Only.Message);
        await _decisions.UndoAsync();
        Assert.Equal(PaymentStatus.Pending, (await RowAsync(row.IntentId)).Status);
    }

    /// <summary>There is nothing left to reject then, so the dialog does not stay.</summary>
    [Fact]
    public async Task Reject_WhatAColleagueHasDecided_IsSaidOnThePage()
    {
        var row = (await ClaimAsync(1))[0];
        var screen = _context.Render<MudDialogProvider>();
        var rejecting = screen.InvokeAsync(() => _decisions.RejectAsync(row));
        await _database.ConfirmAsync(_admin, row.IntentId);
        await screen.Find("#reject-reason").ChangeAsync("Деньги не пришли");
        await screen.Find("form#reject").SubmitAsync();
        Assert.False(await rejecting);
        Assert.Empty(screen.FindAll("[role=dialog]"));
        Assert.Contains("подтвердил", Only.Message, StringComparison.Ordinal);
    }

    /// <summary>What was typed against one month and not sent is not offered against the rest.</summary>
    [Fact]
    public async Task Reject_OneMonthOrAll_AreDraftsOfTheirOwn()
    {
        var row = (await ClaimAsync(1))[0];
        var screen = _context.Render<MudDialogProvider>();
        List<string?> drafts = [];
        foreach (var ask in (Func<Task<bool?>>[])[() => _decisions.RejectAsync(row), () => _decisions.RejectMonthAsync(row, row.Months[0])])
        {
            var asking = screen.InvokeAsync(ask);
            drafts.Add(screen.Find("form#reject").GetAttribute("data-draft"));
            await screen.Find(".mud-dialog-actions .mud-button-outlined").ClickAsync(new());
            Assert.Null(await asking);
        }

        Assert.Equal([$"reject {row.IntentId}", $"reject {row.IntentId} {row.Months[0].PaymentId}"], drafts);
    }

    private ISnackbar Snackbar => _context.Services.GetRequiredService<ISnackbar>();

    private IReadOnlyList<string> Said => [.. Snackbar.ShownSnackbars.Select(shown => shown.Message!)];

    private Snackbar Only => Assert.Single(Snackbar.ShownSnackbars);

    private async Task<PaymentRow> RowAsync(Guid intentId) => (await _database.Get<ModerationService>().IntentAsync(_admin, intentId)).Row;

    private async Task<PaymentRow[]> ClaimAsync(int count)
    {
        List<PaymentRow> rows = [];
        foreach (var number in Enumerable.Range(1, count))
        {
            var member = await _database.AddAsync($"Рзаева Гюнель {number}", joinedOn: "2026-01-05");
            var intentId = await _database.StartAsync(member, "2026-02");
            await _database.Get<PaymentService>().ClaimAsync(member, intentId);
            rows.Add(await RowAsync(intentId));
        }

        return [.. rows];
    }
}
