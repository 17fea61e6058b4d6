using Diaspora.Data.Operations;
using Microsoft.AspNetCore.Connections;

namespace Diaspora.Web.Shell.Operations;

/// <summary>How the process ends where it is refused: with sentences and a code, and without a stack, which would only hide them. A fault of our own still shows its stack.</summary>
public static class Ending
{
    private const int Refused = 1;

    /// <summary>What the framework says of a file of settings that is none.</summary>
    private const string UnreadFile = "Failed to load configuration from file";

    public static async Task<int> OfAsync(Func<Task> run)
    {
        try
        {
            await run();
            return 0;
        }
        catch (StartRefusedException refused)
        {
            return await TellAsync(refused.Reasons);
        }
        catch (InvalidDataException fault) when (fault.Message.StartsWith(UnreadFile, StringComparison.Ordinal))
        {
            return await TellAsync([$"{fault.Message} {fault.GetBaseException().Message}"]);
        }
        catch (IOException fault) when (fault.InnerException is AddressInUseException)
        {
            return await TellAsync([$"ASPNETCORE_URLS: {fault.Message} Another portal, or another program, listens there."]);
        }
    }

    private static async Task<int> TellAsync(IReadOnlyList<string> reasons)
    {
        foreach (var reason in reasons)
        {
            await Console.Error.WriteLineAsync($"The portal does not start. {reason}");
        }

        return Refused;
    }
}
