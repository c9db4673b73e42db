using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Stockgate.Local.ServiceBus.Engine;
using Stockgate.Local.ServiceBus.Sqlite;

namespace Stockgate.Local.ServiceBus;

/// <summary>Runs the broker until it is stopped.</summary>
internal static class CommandLine
{
    private const string Usage = "usage: Stockgate.Local.ServiceBus --port PORT --data FILE --entities FILE [--admin-port PORT]";

    // How often a full disk is checked for free space.
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    public static async Task<int> Run(string[] args)
    {
        try
        {
            var options = Parse(args);
            var server = await StartNamed(options);
            using var stopping = new CancellationTokenSource();
            using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
            using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
            Console.WriteLine($"Service Bus on 127.0.0.1:{server.Port}, {server.QueueCount} queues, data {options.DataFile}");
            if (server.AdminPort is { } admin)
                Console.WriteLine($"Admin on http://127.0.0.1:{admin}");
            options = options with { Port = server.Port, AdminPort = server.AdminPort };
            while (true)
            {
                Exception? fault;
                await using (server)
                {
                    await Task.WhenAny(Task.Delay(Timeout.Infinite, stopping.Token), server.Ended);
                    fault = server.Fault;
                }
                if (fault is null || stopping.IsCancellationRequested)
                    return 0;
                if (fault is not (SqliteFileException { CanPass: true } or IOException))
                    return Fail(fault.Message);
                Say($"{fault.Message} No message is accepted until {options.DataFile} can be written again; then the broker resumes.");
                if (await Reopen(options, stopping.Token) is not { } again)
                    return 0;
                server = again;
                Say($"{options.DataFile} can be written again; the broker resumes.");
            }

            void End(PosixSignalContext signal)
            {
                signal.Cancel = true;
                stopping.Cancel();
            }
        }
        catch (Exception e)
            when (e
                    is InvalidOperationException
                        or BrokerException
                        or FormatException
                        or SqliteFileException
                        or IOException
                        or UnauthorizedAccessException
            )
        {
            return Fail(e.Message);
        }
    }

    // What was in memory is read again from the file: after a commit that failed the two may differ.
    private static async Task<BrokerServer?> Reopen(BrokerOptions options, CancellationToken stopping)
    {
        while (true)
        {
            try
            {
                await Task.Delay(RetryDelay, stopping);
                return await StartNamed(options);
            }
            catch (OperationCanceledException)
            {
                return null;
            }
            catch (Exception e) when (e is SqliteFileException { CanPass: true } or IOException)
            {
                // The file can still not be opened: the disk is full, or not there.
            }
        }
    }

    private static async Task<BrokerServer> StartNamed(BrokerOptions options)
    {
        try
        {
            return await BrokerServer.StartAsync(options);
        }
        catch (SocketException e)
        {
            throw new InvalidOperationException($"Port {options.Port} (--port) cannot be listened on: {e.Message}.", e);
        }
        catch (HttpListenerException e)
        {
            throw new InvalidOperationException($"Port {options.AdminPort} (--admin-port) cannot be listened on: {e.Message}.", e);
        }
    }

    private static BrokerOptions Parse(string[] args)
    {
        var given = new Dictionary<string, string>();
        for (var i = 0; i < args.Length; i += 2)
        {
            if (args[i] is not ("--port" or "--data" or "--entities" or "--admin-port"))
                throw new FormatException($"'{args[i]}' is unknown; {Usage}");
            if (i + 1 == args.Length)
                throw new FormatException($"{args[i]} has no value; {Usage}");
            given[args[i]] = args[i + 1];
        }
        return new BrokerOptions
        {
            Port = Port("--port") ?? throw Missing("--port"),
            DataFile = Path.GetFullPath(given.GetValueOrDefault("--data") ?? throw Missing("--data")),
            EntityFile = Path.GetFullPath(given.GetValueOrDefault("--entities") ?? throw Missing("--entities")),
            AdminPort = Port("--admin-port"),
        };

        int? Port(string name)
        {
            if (!given.TryGetValue(name, out var text))
                return null;
            return int.TryParse(text, out var port) && port is >= 0 and <= 65_535
                ? port
                : throw new FormatException($"{name} {text} is not a port (0 to 65535)");
        }

        static FormatException Missing(string name) => new($"{name} is missing; {Usage}");
    }

    private static int Fail(string message)
    {
        Say(message);
        return 1;
    }

    private static void Say(string message) => Console.Error.WriteLine(message.ReplaceLineEndings(" "));
}
