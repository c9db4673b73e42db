using System.Collections.Concurrent;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace Stockgate.Functions.Orchestrations;

/// <summary>
/// Rate-limits signals to one a second per orchestration and worker, since each costs the task hub a message and a replay. The first is
/// sent at once; further ones within the second are merged into one at its end. State is per worker on purpose.
/// </summary>
public sealed class DampedSignals(TimeProvider time, ILogger<DampedSignals> logger)
{
    private const int Remembered = 10_000;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    // The moment from which the next one may be sent; one that lies in the future has a signal waiting for it or just sent.
    private readonly ConcurrentDictionary<string, DateTimeOffset> next = new(StringComparer.Ordinal);

    public Task RaiseAsync(DurableTaskClient client, string instance, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (next.Count > Remembered)
            Forget(now);
        while (true)
        {
            var mayGo = next.GetOrAdd(instance, DateTimeOffset.MinValue);
            // One is waiting to be sent and has this change in it.
            if (mayGo > now + Pause)
                return Task.CompletedTask;
            // One of two threads changes the entry; the other rereads it.
            var goesAt = mayGo > now ? mayGo : now;
            if (!next.TryUpdate(instance, goesAt + Pause, mayGo))
                continue;
            if (goesAt == now)
                return Signal.RaiseAsync(client, instance, Signal.Usual, cancellationToken);
            _ = LaterAsync(client, instance, goesAt - now);
            return Task.CompletedTask;
        }
    }

    // A worker that dies within the second loses it: the orchestration then looks when its own time comes.
    private async Task LaterAsync(DurableTaskClient client, string instance, TimeSpan wait)
    {
        try
        {
            await Task.Delay(wait, time);
            await Signal.RaiseAsync(client, instance, Signal.Usual, CancellationToken.None);
        }
        catch (Exception failure)
        {
            logger.LogWarning(
                "Instance {Instance} did not receive a change event ({Failure}); it polls for the change",
                instance,
                failure.Message
            );
        }
    }

    private void Forget(DateTimeOffset now)
    {
        foreach (var (instance, mayGo) in next)
            if (mayGo < now)
                next.TryRemove(new KeyValuePair<string, DateTimeOffset>(instance, mayGo));
    }
}
