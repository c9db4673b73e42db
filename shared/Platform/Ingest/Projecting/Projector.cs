using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Azure;
using Azure.Messaging.ServiceBus;
using Polly;
using Polly.Retry;
using Stockgate.Platform.Messaging;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Ingest.Projecting;

/// <summary>Projects batches of messages, one bucket each, into the tables.</summary>
public sealed class Projector
{
    public const string MeterName = "Stockgate.Projection";

    private static readonly Meter Meter = new(MeterName);
    private static readonly Counter<long> Projected = Meter.CreateCounter<long>(
        "stockgate.projection.messages",
        description: "Messages applied to the canonical state."
    );
    private static readonly Counter<long> Rows = Meter.CreateCounter<long>("stockgate.projection.rows", description: "Table rows written.");

    private readonly ConcurrentDictionary<string, BucketProjection> buckets = new();
    private readonly StateTables tables;
    private readonly EventQueue queue;
    private readonly TimeProvider time;
    private readonly ResiliencePipeline patience;

    public Projector(StateTables tables, EventQueue queue, TimeProvider time)
    {
        (this.tables, this.queue, this.time) = (tables, queue, time);
        patience = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(
                new RetryStrategyOptions
                {
                    // A storage outage must not use up the messages' deliveries: about three minutes are waited here before a
                    // delivery counts. No lock is renewed in a batch: the queue's lasts five minutes.
                    ShouldHandle = new PredicateBuilder()
                        .Handle<StaleRowsException>()
                        .Handle<RequestFailedException>(IsTransient)
                        .Handle<HttpRequestException>()
                        .Handle<IOException>()
                        // The queue that ledger entries go to, busy or out of reach.
                        .Handle<ServiceBusException>(static failed => failed.IsTransient)
                        .Handle<AggregateException>(static all =>
                            all.InnerExceptions.All(static e => e is RequestFailedException failed && IsTransient(failed))
                        ),
                    BackoffType = DelayBackoffType.Exponential,
                    UseJitter = true,
                    Delay = TimeSpan.FromMilliseconds(200),
                    MaxDelay = TimeSpan.FromSeconds(20),
                    MaxRetryAttempts = 14,
                }
            )
            .Build();
    }

    /// <summary>Applies the messages of one bucket. Where one can't be applied, the others are: each then in a write of its own.</summary>
    /// <returns>For each message null, or the failure that is its own.</returns>
    /// <exception cref="RequestFailedException">Storage is unavailable; no message has a result.</exception>
    public async Task<IReadOnlyList<Exception?>> ProjectAsync(
        string bucket,
        IReadOnlyList<QueuedMessage> messages,
        CancellationToken cancellationToken
    )
    {
        var projection = buckets.GetOrAdd(bucket, key => new BucketProjection(tables, queue, time, key));
        var failures = new Exception?[messages.Count];
        try
        {
            await ApplyAsync(projection, messages, cancellationToken);
        }
        catch (Exception failure) when (messages.Count > 1 && IsOfOneMessage(failure))
        {
            await OneByOneAsync(projection, messages, failures, cancellationToken);
        }
        catch (Exception failure) when (IsOfOneMessage(failure))
        {
            failures[0] = failure;
        }
        Projected.Add(failures.Count(static f => f is null));
        return failures;
    }

    /// <summary>Tries again for about three minutes where storage is out of reach.</summary>
    public async Task<T> WithPatienceAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken) =>
        await patience.ExecuteAsync(async cancellation => await work(cancellation), cancellationToken);

    private async Task OneByOneAsync(
        BucketProjection projection,
        IReadOnlyList<QueuedMessage> messages,
        Exception?[] failures,
        CancellationToken cancellationToken
    )
    {
        var held = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < messages.Count; i++)
        {
            // Later events of an order wait while an earlier one of it is tried again; those of other orders, and of stock and prices,
            // don't care about each other's order.
            if (messages[i].Ordered is { } waiting && held.Contains(waiting))
            {
                failures[i] = new HeldBackException(waiting);
                continue;
            }
            try
            {
                await ApplyAsync(projection, [messages[i]], cancellationToken);
            }
            catch (Exception failure) when (IsOfOneMessage(failure))
            {
                failures[i] = failure;
                // After the last try nothing waits: were the next ones held back as well, they would use up their deliveries behind
                // several that fail, and the queue would drop them.
                if (messages[i] is { Ordered: { } order, LastTry: false })
                    held.Add(order);
            }
        }
    }

    private async Task ApplyAsync(BucketProjection projection, IReadOnlyList<QueuedMessage> messages, CancellationToken cancellationToken)
    {
        var before = projection.RowsWritten;
        try
        {
            await patience.ExecuteAsync(async cancellation => await projection.ApplyAsync(messages, cancellation), cancellationToken);
        }
        finally
        {
            Rows.Add(projection.RowsWritten - before);
        }
    }

    private static bool IsTransient(RequestFailedException failed) => failed.Status is 0 or 408 or 429 or >= 500;

    // The message's own fault, not the world's: trying the same again in a moment gives the same.
    private static bool IsOfOneMessage(Exception failure) =>
        failure
            is not (
                OperationCanceledException
                or StaleRowsException
                or HttpRequestException
                or IOException
                or AggregateException
                or ServiceBusException
            )
        && (failure is not RequestFailedException failed || !IsTransient(failed));
}

/// <summary>An event that waits for an earlier one of its order.</summary>
public sealed class HeldBackException(string order)
    : Exception($"Waits for an earlier event of order {order}, which could not be applied.");
