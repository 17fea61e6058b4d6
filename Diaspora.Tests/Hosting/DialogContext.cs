using System.Globalization;
using Bunit;
using Diaspora.Domain.Settings;
using Diaspora.Tests.Dues;
using Diaspora.Web.Dues;
using Diaspora.Web.Members.Admin.Actions;
using Diaspora.Web.Payments.Admin.Queue;
using Diaspora.Web.Payments.Cabinet.Intent;
using Diaspora.Web.Shared;
using Diaspora.Web.Shared.Fields;
using Diaspora.Web.Shared.Refusals;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MudBlazor;
using MudBlazor.Services;

namespace Diaspora.Tests.Hosting;

/// <summary>A place for one dialog, in Russian, on 8 May 2026.</summary>
internal sealed class DialogContext : IAsyncDisposable
{
    private readonly (CultureInfo Culture, CultureInfo Ui) _before = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
    private readonly BunitContext _context = new();

    public DialogContext()
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("ru");
        _context.JSInterop.Mode = JSRuntimeMode.Loose;
        var rules = MemberStory.Joined("2026-01-05").Rules;
        var settings = new CurrentSettings();
        settings.Use(new SettingsSnapshot(rules));
        _context.Services.AddLocalization().AddLogging().AddMudServices();
        _context.Services.AddSingleton<TimeProvider>(new FakeTimeProvider(MemberStory.Utc("2026-05-08")));
        _context.Services.AddSingleton(settings).AddSingleton(rules.Zone);
        _context.Services.AddScoped<Wording>().AddScoped<ProblemWords>().AddScoped<FormRules>().AddScoped<PeriodWords>().AddScoped<IntentWords>().AddScoped<QueueWords>().AddScoped<Reminders>();
    }

    /// <summary>What is on the screen: the dialog and all in it.</summary>
    public IRenderedComponent<MudDialogProvider> Screen { get; private set; } = default!;

    public async Task<IDialogReference> ShowAsync<TDialog>(DialogParameters<TDialog> parameters) where TDialog : IComponent
    {
        Screen = _context.Render<MudDialogProvider>();
        IDialogReference? shown = null;
        await Screen.InvokeAsync(async () => shown = await _context.Services.GetRequiredService<IDialogService>().ShowAsync<TDialog>("title", parameters));
        return shown!;
    }

    /// <summary>A part of a page, without a dialog around it.</summary>
    public IRenderedComponent<TComponent> Render<TComponent>(Action<ComponentParameterCollectionBuilder<TComponent>> parameters) where TComponent : IComponent => _context.Render(parameters);

    public string Text => Plain(Screen.Nodes.Aggregate("", (all, node) => all + " " + node.TextContent));

    public string? Link(string words) => Screen.FindAll("a").Single(link => Plain(link.TextContent) == words).GetAttribute("href");

    /// <summary>Sends the only form there is.</summary>
    public Task SubmitAsync() => Screen.Find("form").SubmitAsync();

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = _before;
    }

    private static string Plain(string text) => string.Join(' ', text.Replace('\u00A0', ' ').Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
