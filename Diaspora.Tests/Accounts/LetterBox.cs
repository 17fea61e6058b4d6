using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;
using MimeKit;

namespace Diaspora.Tests.Accounts;

/// <summary>A mail server that takes every letter and keeps it for the test to read, but for those that the portal sends of itself.</summary>
internal sealed class LetterBox : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Channel<MimeMessage> _letters = Channel.CreateUnbounded<MimeMessage>();

    public LetterBox()
    {
        _listener.Start();
        _ = ListenAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public bool IsEmpty => !_letters.Reader.TryPeek(out _);

    public async Task<MimeMessage> TakeAsync() => await _letters.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20));

    public void Dispose() => _listener.Dispose();

    private async Task ListenAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync();
                await TalkAsync(client.GetStream());
            }
        }
        catch (SocketException)
        {
            // The test is over.
        }
    }

    private async Task TalkAsync(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.Latin1);
        await using var writer = new StreamWriter(stream, Encoding.Latin1) { NewLine = "\r\n", AutoFlush = true };
        await writer.WriteLineAsync("220 ready");
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line == "DATA")
            {
                await writer.WriteLineAsync("354 go on");
                var letter = new StringBuilder();
                while (await reader.ReadLineAsync() is { } text && text != ".")
                    letter.Append(text.StartsWith("..", StringComparison.Ordinal) ? text[1..] : text).Append("\r\n");

                using var bytes = new MemoryStream(Encoding.Latin1.GetBytes(letter.ToString()));
                var taken = await MimeMessage.LoadAsync(bytes);
                if (!taken.Headers.Contains(HeaderId.AutoSubmitted))
                    _letters.Writer.TryWrite(taken);
            }

            await writer.WriteLineAsync(line == "QUIT" ? "221 bye" : "250 fine");
            if (line == "QUIT")
                return;
        }
    }
}
