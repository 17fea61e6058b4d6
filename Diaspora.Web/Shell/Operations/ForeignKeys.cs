using Serilog.Events;

namespace Diaspora.Web.Shell.Operations;

/// <summary>What is read from sections that are not ours, and would end the start with a fault of somebody else's code.</summary>
public static class ForeignKeys
{
    private const string Level = "Serilog:MinimumLevel";

    public static IEnumerable<string> Faults(IConfiguration configuration) => LevelFaults(configuration).Concat(AddressFaults(configuration));

    private static IEnumerable<string> LevelFaults(IConfiguration configuration) =>
        from key in configuration.GetSection($"{Level}:Override").GetChildren().Select(child => child.Path).Prepend($"{Level}:Default").Prepend(Level)
        let value = configuration[key]
        where !string.IsNullOrEmpty(value) && !value.StartsWith('$') && !Enum.TryParse<LogEventLevel>(value, ignoreCase: true, out _)
        select $"{key} = '{value}' is not a level: use {string.Join(", ", Enum.GetNames<LogEventLevel>())}.";

    /// <summary>Where the portal listens.</summary>
    private static IEnumerable<string> AddressFaults(IConfiguration configuration) =>
        from address in (configuration[WebHostDefaults.ServerUrlsKey] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        where !IsAddress(address)
        select $"ASPNETCORE_URLS: '{address}' is no address to listen at, such as http://0.0.0.0:8080.";

    private static bool IsAddress(string address)
    {
        try
        {
            return BindingAddress.Parse(address) is { Scheme: "http" or "https" };
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
