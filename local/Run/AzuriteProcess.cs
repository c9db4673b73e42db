using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Stockgate.Local.Run;

/// <summary>How Azurite is started.</summary>
public sealed record AzuriteOptions
{
    /// <summary>Where it keeps its data and its log; null keeps the data in memory, and it is gone with the process.</summary>
    public string? Folder { get; init; }

    /// <summary>Of blobs, tables and queues; free ones where it is null.</summary>
    public (int Blob, int Table, int Queue)? Ports { get; init; }

    /// <summary>Receives its output.</summary>
    public Action<string, string>? Output { get; init; }

    /// <summary>Whether it writes a line for each request: what storage transactions are counted by.</summary>
    public bool LogsRequests { get; init; }
}

/// <summary>
/// The pinned Azurite (Table, Blob and Queue Storage over HTTP) as a child process on 127.0.0.1. It is gone, ports and all, when
/// disposed.
/// </summary>
public sealed class AzuriteProcess : IAsyncDisposable
{
    /// <summary>The well-known development account of Azurite. Public by design: it opens nothing but this machine's emulator.</summary>
    private const string Account = "devstoreaccount1",
        Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private const int Tries = 3;

    private readonly string script;
    private readonly AzuriteOptions options;
    private readonly (int Blob, int Table, int Queue) ports;
    private LocalProcess? process;

    private AzuriteProcess(string script, AzuriteOptions options)
    {
        (this.script, this.options) = (script, options);
        ports = options.Ports ?? (Run.Ports.Free(), Run.Ports.Free(), Run.Ports.Free());
        TableEndpoint = new Uri($"http://127.0.0.1:{ports.Table}/{Account}");
        BlobEndpoint = new Uri($"http://127.0.0.1:{ports.Blob}/{Account}");
        ConnectionString =
            $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};BlobEndpoint={BlobEndpoint};TableEndpoint={TableEndpoint};"
            + $"QueueEndpoint=http://127.0.0.1:{ports.Queue}/{Account};";
    }

    public string ConnectionString { get; }

    public Uri TableEndpoint { get; }

    public Uri BlobEndpoint { get; }

    public int ProcessId => process!.Id;

    public string AccountName => Account;

    public string AccountKey => Key;

    /// <summary>Starts Azurite and returns when its three services answer. Installs the pinned version first where it is
    /// missing.</summary>
    /// <exception cref="LocalSetupException">Node is missing, the installation failed, a port is taken, or Azurite did not
    /// start.</exception>
    public static async Task<AzuriteProcess> StartAsync(
        string repositoryRoot,
        AzuriteOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        options ??= new AzuriteOptions();
        var script = await NodePackages.EnsureAsync(repositoryRoot, cancellationToken);
        if (options.Ports is { } wanted)
            foreach (var port in new[] { wanted.Blob, wanted.Table, wanted.Queue })
                Run.Ports.RequireFree(port);
        // Another process may take a port between its choice and Azurite's bind.
        for (var attempt = 1; ; attempt++)
        {
            var azurite = new AzuriteProcess(script, options);
            try
            {
                await azurite.LaunchAsync(cancellationToken);
                return azurite;
            }
            catch (LocalSetupException) when (attempt < Tries && options.Ports is null)
            {
                await azurite.DisposeAsync();
            }
            catch
            {
                await azurite.DisposeAsync();
                throw;
            }
        }
    }

    /// <summary>SIGKILL: no warning, nothing flushed.</summary>
    public Task KillAsync() => process!.KillAsync();

    /// <summary>Starts it again after it was killed, on the same ports and data; there has to be a folder.</summary>
    public async Task RestartAsync(CancellationToken cancellationToken = default)
    {
        await process!.DisposeAsync();
        await LaunchAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (process is null)
            return;
        // In-memory mode has no files to delete.
        if (options.Folder is null)
            await process.KillAsync();
        await process.DisposeAsync();
        if (options.Folder is null)
            Directory.Delete(process.Folder, recursive: true);
    }

    private async Task LaunchAsync(CancellationToken cancellationToken)
    {
        var folder = options.Folder ?? Directory.CreateTempSubdirectory("stockgate-azurite-").FullName;
        string[] persistence = options.Folder is null ? ["--inMemoryPersistence"] : ["--location", Path.Combine(folder, "azurite")];
        string[] silence = options.LogsRequests ? [] : ["--silent"];
        string[] arguments =
        [
            "--max-old-space-size=4096",
            script,
            .. silence,
            "--disableTelemetry",
            "--skipApiVersionCheck",
            .. persistence,
            "--blobHost",
            "127.0.0.1",
            "--blobPort",
            Text(ports.Blob),
            "--tableHost",
            "127.0.0.1",
            "--tablePort",
            Text(ports.Table),
            "--queueHost",
            "127.0.0.1",
            "--queuePort",
            Text(ports.Queue),
        ];
        process = await LocalProcess.StartAsync("azurite", "node", arguments, folder, output: options.Output);
        foreach (var port in new[] { ports.Blob, ports.Table, ports.Queue })
            await Readiness.UntilAsync(process, cancellation => ListensAsync(port, cancellation), cancellationToken);
    }

    private static async Task<bool> ListensAsync(int port, CancellationToken cancellationToken)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}
