using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using Bunit;
using Diaspora.Domain.Import;
using Diaspora.Domain.Kaspi;
using Diaspora.Domain.Members;
using Diaspora.Domain.Settings;
using Diaspora.Tests.Dues;
using Diaspora.Tests.Hosting;
using Diaspora.Web.Dues;
using Diaspora.Web.Kaspi.Admin;
using Diaspora.Web.Kaspi.Admin.Lines;
using Diaspora.Web.Members.Admin.Actions;
using Diaspora.Web.Payments.Admin.Queue;
using Diaspora.Web.Payments.Cabinet.Intent;
using Diaspora.Web.Shared;
using Diaspora.Web.Shared.Fields;
using Diaspora.Web.Shared.Refusals;
using Diaspora.Web.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Microsoft.Playwright;
using MudBlazor;
using MudBlazor.Services;

namespace Diaspora.Tests.Shared;

/// <summary>
/// Every dialog there is, found by reflection, as it is drawn, in a real browser with the portal's own script: it begins in its first field or at its safest
/// button, and what had the focus has it again when it ends.
/// </summary>
[Trait("needs", "browser")]
public sealed class DialogFocusTests(Chromium chromium, PortalHost portal)
{
    private static readonly IReadOnlyList<Type> Dialogs =
        [.. typeof(Program).Assembly.GetTypes().Where(type => type.Name.EndsWith("Dialog", StringComparison.Ordinal) && type.IsSubclassOf(typeof(ComponentBase)) && type != typeof(FormDialog)).OrderBy(type => type.Name)];

    [Fact]
    public async Task Open_EveryDialog_BeginsInItsFirstFieldOrAtItsSafestButtonAndGivesTheFocusBack()
    {
        Assert.True(Dialogs.Count > 15, $"{Dialogs.Count} dialogs were found.");
        await using var browser = await chromium.OpenAsync(portal.Address, Chromium.Laptop);
        var page = await browser.NewPageAsync();
        await page.GotoAsync("/about");
        await page.EvaluateAsync("() => { document.body.innerHTML = '<main><button id=opener>.</button></main>'; document.getElementById('opener').focus(); return import('/js/focus.js'); }");
        List<string> wrong = [];
        foreach (var dialog in Dialogs)
        {
            var found = await page.EvaluateAsync<string>(
                """
                async markup => {
                  const frame = () => new Promise(done => requestAnimationFrame(done));
                  const place = document.createElement("div");
                  place.innerHTML = markup;
                  document.body.append(place);
                  await frame();
                  const at = document.activeElement;
                  const box = place.querySelector("[role=dialog]");
                  const fields = [...box.querySelectorAll("input:not([type=hidden]), select, textarea")].filter(field => field.getClientRects().length);
                  const buttons = [...box.querySelectorAll(".mud-dialog-actions button")];
                  const named = fields.find(field => field.autofocus);
                  const wanted = named ?? fields[0] ?? buttons[0];
                  const isSafe = fields.length > 0 || buttons.length === 1 || !buttons[0].matches(".danger, .fill");
                  place.remove();
                  await frame();
                  return !wanted ? "has nothing to begin with" : at !== wanted ? `begins at ${at.outerHTML.slice(0, 80)}` : !isSafe ? "begins at a button that does something"
                    : document.activeElement.id !== "opener" ? `ends at ${document.activeElement.outerHTML.slice(0, 80)}` : "";
                }
                """,
                await MarkupAsync(dialog));
            if (found.Length > 0)
            {
                wrong.Add($"{dialog.Name} {found}");
            }
        }

        Assert.Empty(wrong);
    }

    /// <summary>The dialog as it is drawn, with something in each of its parameters.</summary>
    private static async Task<string> MarkupAsync(Type dialog)
    {
        var before = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("ru");
        await using var context = new BunitContext { JSInterop = { Mode = JSRuntimeMode.Loose } };
        var rules = MemberStory.Joined("2026-01-05").Rules;
        var settings = new CurrentSettings();
        settings.Use(new SettingsSnapshot(rules));
        context.Services.AddLocalization().AddLogging().AddMudServices();
        context.Services.AddSingleton<TimeProvider>(new FakeTimeProvider(MemberStory.Utc("2026-05-08"))).AddSingleton(settings).AddSingleton(rules.Zone)
            .AddScoped<Wording>().AddScoped<ProblemWords>().AddScoped<FormRules>().AddScoped<PeriodWords>().AddScoped<IntentWords>().AddScoped<QueueWords>().AddScoped<Reminders>().AddScoped<CurrentActor>()
            .AddScoped<LineWords>().AddScoped<MatchWords>().AddScoped<StatementWords>().AddScoped(_ => (EvidenceLookService)RuntimeHelpers.GetUninitializedObject(typeof(EvidenceLookService)))
            .AddScoped(_ => (MemberService)RuntimeHelpers.GetUninitializedObject(typeof(MemberService)))
            .AddScoped(_ => (ImportAnswerService)RuntimeHelpers.GetUninitializedObject(typeof(ImportAnswerService)))
            .AddScoped(_ => (ImportService)RuntimeHelpers.GetUninitializedObject(typeof(ImportService)));
        context.AddAuthorization();
        var parameters = new DialogParameters();
        foreach (var parameter in dialog.GetProperties().Where(property => property.IsDefined(typeof(ParameterAttribute))))
        {
            parameters.Add(parameter.Name, Example(parameter.PropertyType, parameter.Name));
        }

        var screen = context.Render<MudDialogProvider>();
        await screen.InvokeAsync(() => context.Services.GetRequiredService<IDialogService>().ShowAsync(dialog, "title", parameters));
        var markup = screen.Markup;
        Assert.True(markup.Contains("role=\"dialog\"", StringComparison.Ordinal), $"{dialog.Name} was not drawn: {markup}");
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = before;
        return markup;
    }

    private static object? Example(Type type, string name) =>
        Nullable.GetUnderlyingType(type) is { } inner ? Example(inner, name)
        : type == typeof(string) ? name.EndsWith("Phone", StringComparison.Ordinal) ? "+77010000101" : name.EndsWith("Number", StringComparison.Ordinal) ? MemberNumber.FromStored("00000018").Value : "текст"
        : type == typeof(DateTime) ? MemberStory.Utc("2026-03-08")
        : type == typeof(DateOnly) ? new DateOnly(2026, 3, 8)
        : type == typeof(Period) ? new Period(2026, 3)
        : type == typeof(Money) ? new Money(2000)
        : typeof(Delegate).IsAssignableFrom(type) || type == typeof(Guid) || type.IsPrimitive || type.IsEnum ? type.IsValueType ? Activator.CreateInstance(type) : null
        : type.IsGenericType && type.IsAssignableTo(typeof(IEnumerable)) ? OneOf(type.GetGenericArguments()[0], name)
        : type.GetConstructors().MaxBy(constructor => constructor.GetParameters().Length)! is var made
            ? made.Invoke([.. made.GetParameters().Select(parameter => Example(parameter.ParameterType, parameter.Name!))])
            : null;

    private static Array OneOf(Type type, string name)
    {
        var one = Array.CreateInstance(type, 1);
        one.SetValue(Example(type, name), 0);
        return one;
    }
}
