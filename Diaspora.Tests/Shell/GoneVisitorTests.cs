using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Diaspora.Domain.Members;
using Diaspora.Tests.Accounts;
using Diaspora.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Diaspora.Tests.Shell;

/// <summary>Every page that is closed says so with a request that nobody waits for, and many a request is given up half-way. None of that is an error of the portal.</summary>
public sealed class GoneVisitorTests
{
    private const int Requests = 150;
    private const int LastErrors = 500;

    [Fact]
    public async Task Ask_AndGoBeforeTheAnswer_IsNoError()
    {
        using var portal = PortalHost.Start(Environments.Development);
        using var member = new Visitor(portal);
        await member.SendAsync("/auth/login", ("Form.Phone", PortalHost.Debtor.Phone), ("Form.Password", PortalHost.Debtor.Password));
        await using var scope = portal.Services.CreateAsyncScope();
        var me = await scope.ServiceProvider.GetRequiredService<IStore>().ReadAsync(work => work.Members.IdOfAsync(PhoneNumber.Parse(PortalHost.Debtor.Phone)));
        var feed = portal.Services.GetRequiredService<IChangeFeed>();
        List<string> errors = [];
        var answered = 0;
        using var listener = new MeterListener();
        var factory = portal.Services.GetRequiredService<IMeterFactory>();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument is { Name: "http.server.request.duration" } && ReferenceEquals(instrument.Meter.Scope, factory))
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<double>((_, _, tags, _) =>
        {
            var said = tags.ToArray().ToDictionary(tag => tag.Key, tag => tag.Value);
            if (said["http.response.status_code"] is >= LastErrors || said.ContainsKey("error.type"))
            {
                lock (errors)
                {
                    errors.Add($"{said["http.response.status_code"]} {said.GetValueOrDefault("error.type")}");
                }
            }

            Interlocked.Increment(ref answered);
        });
        listener.Start();

        var head = $"Host: {portal.Address.Authority}\r\nOrigin: {portal.Address.GetLeftPart(UriPartial.Authority)}\r\nCookie: {member.Cookies.GetCookieHeader(portal.Address)}\r\n";
        var body = $"circuitId={new string('a', 40)}";
        byte[][] requests =
        [
            .. new[]
            {
                $"POST /_blazor/disconnect HTTP/1.1\r\n{head}Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {body.Length}\r\n\r\n{body}",
                $"GET /_blazor/disconnect HTTP/1.1\r\n{head}\r\n",
                $"GET /cabinet HTTP/1.1\r\n{head}\r\n",
            }.Select(Encoding.ASCII.GetBytes),
        ];
        for (var number = 0; number < Requests; number++)
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { LingerState = new LingerOption(enable: true, seconds: 0) };
            await socket.ConnectAsync(IPAddress.Loopback, portal.Address.Port, TestContext.Current.CancellationToken);
            await socket.SendAsync(requests[number % requests.Length], TestContext.Current.CancellationToken);

            // The session is looked up anew, and the socket is closed a little later each time: somewhere they meet.
            Thread.SpinWait(number * 400);
            feed.Publish(new MemberChanged(me!.Value));
        }

        // Answered in its turn, when the others are through.
        using (await member.GetAsync("/health/live"))
        {
            Assert.InRange(answered, 1, int.MaxValue);
        }

        lock (errors)
        {
            Assert.Empty(errors);
        }
    }
}
