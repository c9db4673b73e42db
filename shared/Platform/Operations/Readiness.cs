using System.Diagnostics;
using Azure;
using Azure.Messaging.ServiceBus;
using Azure.Storage.Blobs;
using Stockgate.Platform.Messaging;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Operations;

/// <summary>Whether something that the app needs answers.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Answers">Whether it answered in time.</param>
/// <param name="Took">How long it took; null if it did not.</param>
public sealed record Dependency(string Name, bool Answers, TimeSpan? Took);

/// <summary>
/// Asks what the app needs whether it is there, by a real request to each: a table row, a container, a link to the queue. Asked again after
/// two seconds at the earliest, so that nobody makes it work by asking.
/// </summary>
public sealed class Readiness : IDisposable
{
    // Longer is as good as away: whoever posts gives up as well.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Refreshed<IReadOnlyList<Dependency>> last;
    private readonly StateTables tables;
    private readonly BlobContainerClient blobs;
    private readonly ServiceBusSender queue;

    public Readiness(StateTables tables, BlobServiceClient blobs, ServiceBusClient bus, TimeProvider time)
    {
        (this.tables, this.blobs) = (tables, blobs.GetBlobContainerClient("quarantine"));
        queue = bus.CreateSender(EventQueue.Name);
        last = new(TimeSpan.FromSeconds(2), time);
    }

    /// <summary>Each dependency, at most two seconds old.</summary>
    public Task<IReadOnlyList<Dependency>> ReadAsync(CancellationToken cancellationToken) => last.GetAsync(AskAsync, cancellationToken);

    public void Dispose() => last.Dispose();

    private async Task<IReadOnlyList<Dependency>> AskAsync(CancellationToken cancellationToken) =>
        await Task.WhenAll(
            AskAsync("tables", tables.AnswerAsync, cancellationToken),
            AskAsync("blobs", token => blobs.ExistsAsync(token), cancellationToken),
            AskAsync("queue", async token => (await queue.CreateMessageBatchAsync(token)).Dispose(), cancellationToken)
        );

    private static async Task<Dependency> AskAsync(string name, Func<CancellationToken, Task> ask, CancellationToken cancellationToken)
    {
        var begun = Stopwatch.GetTimestamp();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            await ask(patience.Token).WaitAsync(patience.Token);
            return new Dependency(name, true, Stopwatch.GetElapsedTime(begun));
        }
        catch (Exception away)
            when (away is RequestFailedException or AggregateException or ServiceBusException
                || (away is OperationCanceledException && !cancellationToken.IsCancellationRequested)
            )
        {
            return new Dependency(name, false, null);
        }
    }
}
