using System.Security.Claims;
using Diaspora.Domain.Members;
using Diaspora.Domain.Members.Accounts;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.Extensions.Logging;

namespace Diaspora.Data.Accounts;

/// <summary>
/// Looks whether whoever sits in front of an open page may still be there: at once when a session of theirs ended or they were changed, and twice a minute
/// besides. A database that does not answer for a moment ends nothing.
/// </summary>
internal sealed class CircuitRevalidation : RevalidatingServerAuthenticationStateProvider
{
    private readonly LiveSessions _sessions;
    private readonly IChangeFeed _feed;
    private readonly ILogger _log;
    private IDisposable[] _subscriptions = [];
    private bool _isDisposed;

    public CircuitRevalidation(ILoggerFactory logs, LiveSessions sessions, IChangeFeed feed) : base(logs) =>
        (_sessions, _feed, _log) = (sessions, feed, logs.CreateLogger<CircuitRevalidation>());

    /// <summary>
    /// Of a circuit only. A page that is answered once must not change who reads it on the way: changing the own password ends the own session, and its answer
    /// would be drawn and written at the same time.
    /// </summary>
    public async Task ListenAsync()
    {
        if (Guid.TryParse((await GetAuthenticationStateAsync()).User.FindFirstValue(ClaimTypes.NameIdentifier), out var memberId))
        {
            _subscriptions =
            [
                _feed.Subscribe<SessionsEnded>(change => LookIf(change.MemberId == memberId)),
                _feed.Subscribe<MemberChanged>(change => LookIf(change.MemberId == memberId)),
                _feed.Subscribe<AnnouncementsMissed>(_ => LookIf(concerns: true)),
            ];
        }
    }

    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(30);

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        try
        {
            return Sessions.IdOf(authenticationState.User) is { } id && await _sessions.ReadAsync(id, cancellationToken) is not null;
        }
        catch (ObjectDisposedException)
        {
            // The portal itself has stopped; there is nobody left to ask.
            return false;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            _log.LogWarning(fault, "An open page could not be revalidated; it is asked again in {Interval}", RevalidationInterval);
            return true;
        }
    }

    protected override void Dispose(bool disposing)
    {
        _isDisposed = true;
        Array.ForEach(_subscriptions, subscription => subscription.Dispose());
        base.Dispose(disposing);
    }

    /// <summary>Not on the publisher's thread.</summary>
    private void LookIf(bool concerns)
    {
        if (concerns && !_isDisposed)
        {
            _ = Task.Run(LookAsync);
        }
    }

    private async Task LookAsync()
    {
        try
        {
            if (!await ValidateAuthenticationStateAsync(await GetAuthenticationStateAsync(), CancellationToken.None) && !_isDisposed)
            {
                SetAuthenticationState(Task.FromResult(new AuthenticationState(new ClaimsPrincipal(new ClaimsIdentity()))));
            }
        }
        catch (Exception fault)
        {
            _log.LogWarning(fault, "An open page could not be told that its session ended; it is asked again in {Interval}", RevalidationInterval);
        }
    }
}

/// <summary>Begins to listen when a page has got its circuit.</summary>
internal sealed class CircuitListener(AuthenticationStateProvider provider) : CircuitHandler
{
    public override Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken) =>
        provider is CircuitRevalidation revalidation ? revalidation.ListenAsync() : Task.CompletedTask;
}
