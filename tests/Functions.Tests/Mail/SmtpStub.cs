using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Stockgate.Functions.Tests.Mail;

/// <summary>A mail as it came over the wire: envelope and lines.</summary>
internal sealed record ReceivedMail(string From, IReadOnlyList<string> To, string Data);

/// <summary>A small SMTP server on a free port of 127.0.0.1 that answers each command as it is told, and keeps what arrived.</summary>
internal sealed class SmtpStub : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource ended = new();
    private readonly List<ReceivedMail> received = [];
    private readonly List<string> commands = [];
    private readonly Func<string, string?> answer;
    private readonly Task serving;

    private readonly X509Certificate2? certificate;

    /// <param name="answer">Null: the usual answer. Empty: none at all, for good. "close": the connection ends. Anything else is the
    /// answer.</param>
    /// <param name="certificate">With one, the connection is encrypted from its first byte.</param>
    public SmtpStub(Func<string, string?>? answer = null, X509Certificate2? certificate = null)
    {
        this.certificate = certificate;
        this.answer = answer ?? (static _ => null);
        listener.Start();
        serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public IReadOnlyList<ReceivedMail> Received
    {
        get
        {
            lock (received)
                return [.. received];
        }
    }

    public IReadOnlyList<string> Commands
    {
        get
        {
            lock (commands)
                return [.. commands];
        }
    }

    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync();
        listener.Stop();
        await serving;
        ended.Dispose();
    }

    private async Task ServeAsync()
    {
        var talks = new List<Task>();
        try
        {
            while (true)
                talks.Add(TalkAsync(await listener.AcceptTcpClientAsync(ended.Token)));
        }
        catch (Exception stopped) when (stopped is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(talks);
        }
    }

    private async Task<Stream> StreamOf(TcpClient client)
    {
        if (certificate is null)
            return client.GetStream();
        var encrypted = new SslStream(client.GetStream());
        try
        {
            await encrypted.AuthenticateAsServerAsync(certificate);
        }
        catch (Exception refused) when (refused is IOException or AuthenticationException)
        {
            // The client did not believe the certificate: what it says next is read as the end.
        }
        return encrypted;
    }

    private async Task TalkAsync(TcpClient client)
    {
        using var connection = client;
        await using var stream = await StreamOf(client);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var (from, to) = ("", new List<string>());
        try
        {
            if (!await SayAsync("CONNECT", "220 stub"))
                return;
            while (await reader.ReadLineAsync(ended.Token) is { } line)
            {
                lock (commands)
                    commands.Add(line);
                var verb = line.Split(' ')[0].ToUpperInvariant();
                if (verb == "MAIL")
                    (from, to) = (line, []);
                if (verb == "RCPT")
                    to.Add(line);
                if (
                    !await SayAsync(
                        verb,
                        verb switch
                        {
                            "EHLO" => "250-stub\r\n250 8BITMIME",
                            "DATA" => "354 go on",
                            "QUIT" => "221 bye",
                            _ => "250 ok",
                        }
                    )
                )
                    return;
                if (verb == "QUIT")
                    return;
                if (verb != "DATA")
                    continue;
                var data = new StringBuilder();
                while (await reader.ReadLineAsync(ended.Token) is { } text && text != ".")
                    data.Append(text.StartsWith('.') ? text[1..] : text).Append("\r\n");
                lock (received)
                    received.Add(new(from, to, data.ToString()));
                if (!await SayAsync("TAKEN", "250 taken"))
                    return;
            }
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException or InvalidOperationException)
        {
            // The other side ended, or the test did.
        }

        async Task<bool> SayAsync(string command, string usual)
        {
            var said = answer(command) ?? usual;
            if (said == "close")
                return false;
            if (said.Length == 0)
                await Task.Delay(Timeout.Infinite, ended.Token);
            await stream.WriteAsync(Encoding.ASCII.GetBytes(said + "\r\n"), ended.Token);
            return true;
        }
    }
}
