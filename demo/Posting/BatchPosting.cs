using System.Threading.Channels;

namespace Stockgate.Demo.Posting;

/// <summary>Posts a stream of events in batches, several requests at once, never holding more than a few bodies in memory.</summary>
public sealed class BatchPosting(WebhookPoster poster, BacklogLimit? limit = null)
{
    private const int RequestsAtOnce = 8;

    private int accepted,
        quarantined;

    public async Task<(int Accepted, int Quarantined)> PostAsync(IEnumerable<byte[]> records, CancellationToken cancellationToken)
    {
        var bodies = Channel.CreateBounded<ReadOnlyMemory<byte>>(RequestsAtOnce);
        using var failed = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var senders = Enumerable.Range(0, RequestsAtOnce).Select(_ => SendAsync(bodies.Reader, failed)).ToList();
        try
        {
            var batch = new EventBatch();
            foreach (var record in records)
            {
                if (batch.TryAdd(record))
                    continue;
                await bodies.Writer.WriteAsync(batch.ToBody(), failed.Token);
                batch = new EventBatch();
                batch.TryAdd(record);
            }
            if (batch.Count > 0)
                await bodies.Writer.WriteAsync(batch.ToBody(), failed.Token);
        }
        catch (OperationCanceledException) when (failed.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            // A sender failed; its own exception is the one to show.
        }
        finally
        {
            bodies.Writer.Complete();
        }
        await Task.WhenAll(senders);
        return (accepted, quarantined);
    }

    private async Task SendAsync(ChannelReader<ReadOnlyMemory<byte>> bodies, CancellationTokenSource failed)
    {
        try
        {
            await foreach (var body in bodies.ReadAllAsync(failed.Token))
            {
                if (limit is not null)
                    await limit.PassAsync(failed.Token);
                var (taken, kept) = await poster.PostAsync(body, failed.Token);
                Interlocked.Add(ref accepted, taken);
                Interlocked.Add(ref quarantined, kept);
            }
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            await failed.CancelAsync();
            throw;
        }
    }
}
