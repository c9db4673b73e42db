using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Stockgate.Local.Run;

/// <summary>
/// The pinned Azurite (Table, Blob and Queue Storage over HTTP) as a child process on 127.0.0.1. It keeps its data in memory and is gone, ports and all, when disposed.
/// </summary>
public sealed class AzuriteProcess : IAsyncDisposable
{
    /// <summary>The well-known development account of Azurite. Public by design: it opens nothing but this machine's emulator.</summary>
    private const string Account = "devstoreaccount1", Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private readonly Process process;

    private AzuriteProcess(Process process, int blobPort, int tablePort, int queuePort)
    {
        this.process = process;
        TableEndpoint = new Uri($"http://127.0.0.1:{tablePort}/{Account}");
        BlobEndpoint = new Uri($"http://127.0.0.1:{blobPort}/{Account}");
        ConnectionString = $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};BlobEndpoint={BlobEndpoint};TableEndpoint={TableEndpoint};QueueEndpoint=http://127.0.0.1:{queuePort}/{Account};";
    }

    public string ConnectionString { get; }

    public Uri TableEndpoint { get; }

    public Uri BlobEndpoint { get; }

    public int ProcessId => process.Id;

    public string AccountName => Account;

    public string AccountKey => Key;

    /// <summary>Starts Azurite on free ports and returns when its three services answer. Installs the pinned version first where it is missing.</summary>
    /// <exception cref="LocalSetupException">Node is missing, the installation failed, or Azurite did not start.</exception>
    public static async Task<AzuriteProcess> StartAsync(string repositoryRoot, CancellationToken cancellationToken = default)
    {
        var script = await NodePackages.EnsureAsync(repositoryRoot, cancellationToken);
        // Two tries more: another process may take a port between its choice and Azurite's bind.
        for (var attempt = 1; ; attempt++)
        {
            var (blob, table, queue) = (FreePort(), FreePort(), FreePort());
            var process = Launch(script, blob, table, queue);
            try
            {
                await AnswersAsync(process, blob, cancellationToken);
                await AnswersAsync(process, table, cancellationToken);
                await AnswersAsync(process, queue, cancellationToken);
                return new AzuriteProcess(process, blob, table, queue);
            }
            catch (LocalSetupException) when (attempt < 3)
            {
                await StopAsync(process);
            }
            catch
            {
                await StopAsync(process);
                throw;
            }
        }
    }

    /// <summary>A port that nobody listens on at this moment.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync() => await StopAsync(process);

    private static Process Launch(string script, int blob, int table, int queue)
    {
        var start = new ProcessStartInfo("node") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in new[]
                 {
                     "--max-old-space-size=4096", script, "--silent", "--disableTelemetry", "--skipApiVersionCheck", "--inMemoryPersistence",
                     "--blobHost", "127.0.0.1", "--blobPort", $"{blob}", "--tableHost", "127.0.0.1", "--tablePort", $"{table}",
                     "--queueHost", "127.0.0.1", "--queuePort", $"{queue}",
                 }) start.ArgumentList.Add(argument);
        var process = Process.Start(start) ?? throw new LocalSetupException("Azurite did not start: node could not be run.");
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static async Task AnswersAsync(Process process, int port, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
                return;
            }
            catch (SocketException)
            {
                if (process.HasExited) throw new LocalSetupException($"Azurite ended with exit code {process.ExitCode} before it listened on port {port}.");
                if (Stopwatch.GetElapsedTime(started) > TimeSpan.FromSeconds(60)) throw new LocalSetupException($"Azurite did not listen on port {port} within 60 seconds.");
                await Task.Delay(50, cancellationToken);
            }
        }
    }

    private static async Task StopAsync(Process process)
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }
        process.Dispose();
    }
}
