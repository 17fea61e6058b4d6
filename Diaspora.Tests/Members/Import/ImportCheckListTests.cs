using System.Globalization;
using System.Security.Claims;
using Bunit;
using Diaspora.Domain.Import;
using Diaspora.Domain.Members;
using Diaspora.Tests.Storage;
using Diaspora.Web.Dues;
using Diaspora.Web.Members.Import.Admin;
using Diaspora.Web.Shared;
using Diaspora.Web.Shared.Refusals;
using Diaspora.Web.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor.Services;
using TestContext = Xunit.TestContext;

namespace Diaspora.Tests.Members.Import;

/// <summary>What is ticked before booking is what is booked, though the address comes to know of it only later: here it never does.</summary>
public sealed class ImportCheckListTests : IAsyncLifetime
{
    private readonly TestDatabase _database = new();
    private readonly (CultureInfo, CultureInfo) _culture = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
    private readonly List<ImportChoice> _booked = [];
    private BunitContext? _context;

    public async ValueTask InitializeAsync()
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("ru");
        await _database.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_context is not null)
        {
            await _context.DisposeAsync();
        }

        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = _culture;
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Book_AtOnceAfterTwoTicks_BooksWithBoth()
    {
        var list = await RenderedAsync();
        Assert.Equal(2, list.FindAll(".import-dock input").Count);
        await list.FindAll(".import-dock input")[0].ChangeAsync(new ChangeEventArgs { Value = true });
        await list.FindAll(".import-dock input")[1].ChangeAsync(new ChangeEventArgs { Value = true });
        Assert.All(list.FindAll(".import-dock input"), box => Assert.True(box.HasAttribute("checked")));
        await list.Find("form.import-dock").SubmitAsync();

        Assert.Equal(new ImportChoice { UpdatesKnown = true, AddsDuplicates = true }, Assert.Single(_booked));
    }

    [Fact]
    public async Task Book_WhatTheAddressSays_IsTicked()
    {
        var list = await RenderedAsync(new ImportLook(Update: "true"));
        await list.Find("form.import-dock").SubmitAsync();

        Assert.Equal(new ImportChoice { UpdatesKnown = true }, Assert.Single(_booked));
    }

    /// <summary>Of a list with a member under another name, and with another of a member's name.</summary>
    private async Task<IRenderedComponent<ImportCheckList>> RenderedAsync(ImportLook? chosen = null)
    {
        var admin = await _database.AddAdminAsync();
        var known = await _database.AddAsync("Рзаева Гюнель");
        await _database.AddAsync("Гусейнов Вусал");
        await using var context = _database.Context();
        var phone = (await context.Members.SingleAsync(row => row.Id == known.MemberId, TestContext.Current.CancellationToken)).Phone.Value;
        var imports = _database.Get<ImportService>();
        var id = await imports.StageAsync(admin, new Sheet("list.csv", new string('0', 64),
            [new SheetRow(1, "ФИО", "Телефон"), new SheetRow(2, "Алиева Гюнель", phone), new SheetRow(3, "Гусейнов Вусал", "+7 747 000 00 09")]));

        _context = new BunitContext { JSInterop = { Mode = JSRuntimeMode.Loose } };
        _context.Services.AddLocalization().AddLogging().AddMudServices();
        _context.Services.AddSingleton<TimeProvider>(_database.Clock).AddSingleton(_database.Rules.Zone).AddSingleton(_database.Settings).AddSingleton(imports).AddSingleton(_database.Get<ImportAnswerService>());
        _context.Services.AddSingleton<AuthenticationStateProvider>(new SignedIn(admin.MemberId!.Value));
        _context.Services.AddScoped<CurrentActor>().AddScoped<Wording>().AddScoped<PeriodWords>().AddScoped<ProblemWords>().AddScoped<ImportWords>();
        _context.Services.AddSingleton(_database.Get<MemberService>());
        _context.Renderer.SetRendererInfo(new RendererInfo("Server", isInteractive: true));
        var details = await imports.ImportAsync(admin, id);
        var list = _context.Render<ImportCheckList>(set => set.Add(it => it.Details, details).Add(it => it.Chosen, chosen ?? new ImportLook()).Add(it => it.OnBook, _booked.Add));
        await list.WaitForElementAsync("form.import-dock");
        return list;
    }

    private sealed class SignedIn(Guid id) : AuthenticationStateProvider
    {
        public override Task<AuthenticationState> GetAuthenticationStateAsync() =>
            Task.FromResult(new AuthenticationState(new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, id.ToString())], "test"))));
    }
}
