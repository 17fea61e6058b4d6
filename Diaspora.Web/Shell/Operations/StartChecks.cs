using System.Reflection;
using Diaspora.Data.Demo;
using Diaspora.Data.Operations;
using Microsoft.Extensions.Options;

namespace Diaspora.Web.Shell.Operations;

/// <summary>Everything about the configuration that keeps the portal from starting, at once.</summary>
internal static class StartChecks
{
    /// <summary>What examples hold where a secret belongs.</summary>
    private const string Example = "change-me";

    public static void AddTo(StartReasons reasons, WebApplication app)
    {
        reasons.Add(reasons.Keys.Faults(app.Configuration));
        reasons.Add(reasons.Keys.Types.SelectMany(type => FaultsOf(app.Services, type)));
        if (!app.Environment.IsDevelopment())
        {
            reasons.Add(reasons.Keys.Given(app.Configuration).Select(Borrowed).OfType<string>());
        }
    }

    private static string? Borrowed((string Key, string Value) given) =>
        given.Value.Contains(Example, StringComparison.OrdinalIgnoreCase) ? $"{given.Key} is still the example's '{Example}': choose one of your own."
        : DemoData.Accounts.Any(account => account.Password == given.Value) ? $"{given.Key} is the password of the demo, which everybody knows: choose one of your own."
        : null;

    private static IReadOnlyList<string> FaultsOf(IServiceProvider services, Type options)
    {
        try
        {
            _ = typeof(IOptions<>).MakeGenericType(options).GetProperty(nameof(IOptions<>.Value))!.GetValue(services.GetService(typeof(IOptions<>).MakeGenericType(options)));
            return [];
        }
        catch (TargetInvocationException fault) when (fault.InnerException is OptionsValidationException wrong)
        {
            return [.. wrong.Failures];
        }
        catch (TargetInvocationException fault) when (fault.InnerException is InvalidOperationException)
        {
            // A value that is no number: its key has its own sentence already.
            return [];
        }
    }
}
