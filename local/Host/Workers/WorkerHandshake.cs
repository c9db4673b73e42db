using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Stockgate.Local.Host.Functions;
using Stockgate.Local.Host.Protocol;

namespace Stockgate.Local.Host.Workers;

/// <summary>The handshake before the first call: initialization, the functions, and their loading.</summary>
internal static class WorkerHandshake
{
    public const string HostVersion = "4.1037.0";

    public static async Task RunAsync(WorkerChannel channel, FunctionCatalog catalog, string app, ILogger log)
    {
        var initialized = (
            await channel.AskAsync(
                new()
                {
                    WorkerInitRequest = new()
                    {
                        HostVersion = HostVersion,
                        WorkerDirectory = app,
                        FunctionAppDirectory = app,
                    },
                }
            )
        ).WorkerInitResponse;
        Require(initialized.Result, "The worker could not be initialized");
        channel.HttpUri = initialized.Capabilities.TryGetValue("HttpUri", out var uri) ? uri.TrimEnd('/') : null;
        var metadata = (
            await channel.AskAsync(new() { FunctionsMetadataRequest = new() { FunctionAppDirectory = app } })
        ).FunctionMetadataResponse;
        Require(metadata.Result, "The worker could not list its functions");
        await catalog.ReadAsync(metadata);
        var loads = catalog.Functions.Select(async function =>
        {
            var load = (
                await channel.AskAsync(
                    new()
                    {
                        FunctionLoadRequest = new() { FunctionId = function.Id, Metadata = function.Metadata },
                    },
                    function.Id
                )
            ).FunctionLoadResponse;
            if (load.Result?.Status == StatusResult.Types.Status.Success)
                return;
            function.Fault = $"it could not be loaded: {load.Result?.Exception?.Message}";
            log.LogError("{Function}: {Fault}", function.Name, function.Fault);
        });
        await Task.WhenAll(loads);
        if (channel.HttpUri is { } http)
            await ListensAsync(new Uri(http), channel);
    }

    // The worker tells its address before it listens there; a call forwarded too early would fail.
    private static async Task ListensAsync(Uri http, WorkerChannel channel)
    {
        while (!channel.Closed.IsCompleted)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(http.Host, http.Port);
                return;
            }
            catch (SocketException)
            {
                await Task.WhenAny(channel.Closed, Task.Delay(TimeSpan.FromMilliseconds(20)));
            }
        }
    }

    private static void Require(StatusResult? result, string otherwise)
    {
        if (result?.Status != StatusResult.Types.Status.Success)
            throw new InvalidOperationException($"{otherwise}: {result?.Exception?.Message}");
    }
}
