using System.Collections.Concurrent;
using Microsoft.Azure.WebJobs;
using Microsoft.Azure.WebJobs.Extensions.DurableTask;
using Stockgate.Local.Host.Functions;
using Stockgate.Local.Host.Workers;

namespace Stockgate.Local.Host.Durable;

/// <summary>
/// The content of a DurableTaskClient parameter: text that the extension's own client binding writes, once per kind of client.
/// </summary>
internal sealed class DurableClients
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ConcurrentDictionary<(string? Hub, string? Connection), Task<string>> payloads = new();
    private volatile TaskCompletionSource<IJobHost> host = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The extension runs from now on.</summary>
    public void Attach(IJobHost running)
    {
        payloads.Clear();
        host.TrySetResult(running);
    }

    /// <exception cref="WorkerUnavailableException">The extension does not run, such as when its storage is away.</exception>
    public ValueTask<string> PayloadAsync(FunctionBinding binding, CancellationToken cancellationToken)
    {
        var key = (binding["taskHub"], binding["connectionName"]);
        return payloads.TryGetValue(key, out var known) && known.IsCompletedSuccessfully
            ? new(known.Result)
            : new(FirstAsync(key, cancellationToken));
    }

    private async Task<string> FirstAsync((string? Hub, string? Connection) key, CancellationToken cancellationToken)
    {
        IJobHost running;
        try
        {
            running = await host.Task.WaitAsync(Patience, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw new WorkerUnavailableException(
                "The durable functions have not started: their storage (AzureWebJobsStorage) does not answer"
            );
        }
        var payload = payloads.GetOrAdd(
            key,
            static (key, running) => DurableClientFunction.ReadAsync(running, key.Hub, key.Connection),
            running
        );
        if (payload.IsFaulted)
            payloads.TryRemove(KeyValuePair.Create(key, payload));
        return await payload;
    }
}

/// <summary>The function that resolves the client binding; public, because the extension calls it.</summary>
public static class DurableClientFunction
{
    private static readonly ConcurrentDictionary<string, TaskCompletionSource<string>> Asked = new();

    internal static async Task<string> ReadAsync(IJobHost host, string? hub, string? connection)
    {
        var id = Guid.NewGuid().ToString();
        var answer = Asked[id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var arguments = new Dictionary<string, object>
        {
            ["id"] = id,
            ["hub"] = hub ?? "",
            ["connection"] = connection ?? "",
        };
        await host.CallAsync(nameof(DurableClientPayload), arguments);
        return await answer.Task;
    }

    [NoAutomaticTrigger]
    [FunctionName(nameof(DurableClientPayload))]
    public static async Task DurableClientPayload(string id, string hub, string connection, IBinder binder)
    {
        var client = new DurableClientAttribute
        {
            TaskHub = hub.Length > 0 ? hub : null,
            ConnectionName = connection.Length > 0 ? connection : null,
        };
        var payload = await binder.BindAsync<string>(client);
        if (Asked.TryRemove(id, out var answer))
            answer.SetResult(payload);
    }
}
