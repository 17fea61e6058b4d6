using Microsoft.AspNetCore.Components.Server.Circuits;
using Serilog.Context;

namespace Diaspora.Web.Shell.Guard;

/// <summary>Names in every line of the log the request, and the open page, that it belongs to.</summary>
internal static class LogScopes
{
    public const string Request = "RequestId";
    public const string Circuit = "CircuitId";

    public static async Task NameRequestAsync(HttpContext context, RequestDelegate next)
    {
        using (LogContext.PushProperty(Request, context.TraceIdentifier))
        {
            await next(context);
        }
    }
}

/// <summary>What a press, a key or a change of address on an open page writes names the circuit.</summary>
internal sealed class NamedCircuit : CircuitHandler
{
    public override Func<CircuitInboundActivityContext, Task> CreateInboundActivityHandler(Func<CircuitInboundActivityContext, Task> next) => async activity =>
    {
        using (LogContext.PushProperty(LogScopes.Circuit, activity.Circuit.Id))
        {
            await next(activity);
        }
    };
}
