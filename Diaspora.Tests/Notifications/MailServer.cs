using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MimeKit;

namespace Diaspora.Tests.Notifications;

/// <summary>A mail server on the loopback, for any number of callers at once, who may die over it. It keeps what it took, and answers as it is told.</summary>
internal sealed class MailServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public MailServer()
    {
        _listener.Start();
        _ = ListenAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public ConcurrentQueue<MimeMessage> Letters { get; } = [];

    /// <summary>What it says to a line instead of 250; a line that ends the talk is none.</summary>
    public Func<string, string?> Answer { get; set; } = _ => null;

    /// <summary>Once the letter is there, before it says so.</summary>
    public Func<Task> Taken { get; set; } = () => Task.CompletedTask;

    public string[] Settings => [$"--Smtp:Host=127.0.0.1", $"--Smtp:Port={Port}", "--Smtp:From=salam@diaspora.kz", "--Smtp:UseTls=false", "--Site:BaseUrl=http://127.0.0.1", "--Notifications:HoldSeconds=0"];

    public void Dispose() => _listener.Dispose();

    private async Task ListenAsync()
    {
        try
        {
            while (true)
            {
                _ = TalkAsync(await _listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception over) when (over is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        try
        {
            using (client)
            {
                var stream = client.GetStream();
                using var reader = new StreamReader(stream, Encoding.Latin1);
                await using var writer = new StreamWriter(stream, Encoding.Latin1) { NewLine = "\r\n", AutoFlush = true };
                await writer.WriteLineAsync("220 ready");
                while (await reader.ReadLineAsync() is { } line)
                {
                    if (line == "DATA")
                    {
                        await writer.WriteLineAsync("354 go on");
                        if (!await TakeAsync(reader))
                        {
                            return;
                        }

                        await Taken();
                    }

                    var answer = Answer(line) ?? (line == "QUIT" ? "221 bye" : "250 fine");
                    if (answer.Length == 0)
                    {
                        return;
                    }

                    await writer.WriteLineAsync(answer);
                }
            }
        }
        catch (IOException)
        {
            // Whoever called is dead.
        }
    }

    /// <returns>False where the caller died before its end: then it is no letter.</returns>
    private async Task<bool> TakeAsync(StreamReader reader)
    {
        var text = new StringBuilder();
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line == ".")
            {
                using var bytes = new MemoryStream(Encoding.Latin1.GetBytes(text.ToString()));
                Letters.Enqueue(await MimeMessage.LoadAsync(bytes));
                return true;
            }

            text.Append(line.StartsWith("..", StringComparison.Ordinal) ? line[1..] : line).Append("\r\n");
        }

        return false;
    }
}
