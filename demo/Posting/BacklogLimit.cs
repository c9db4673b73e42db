using Stockgate.Demo.Local;
using Stockgate.Local.Run;

namespace Stockgate.Demo.Posting;

/// <summary>
/// Holds a replay back while the app has much to do: a file of a year would otherwise be posted in seconds, and the progress bar would
/// say nothing.
/// </summary>
public sealed class BacklogLimit(LocalApp app)
{
    // Messages of orders, each of which brings about as many again for the ledger.
    private const long High = 4_000,
        Low = 2_000;
    private const int RequestsBetweenLooks = 10;

    private readonly SemaphoreSlim gate = new(1);
    private int requests;

    public async Task PassAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref requests) % RequestsBetweenLooks != 0)
            return;
        await gate.WaitAsync(cancellationToken);
        try
        {
            for (var limit = High; await WaitingAsync(cancellationToken) > limit; limit = Low)
                await Task.Delay(100, cancellationToken);
        }
        finally
        {
            gate.Release();
        }
    }

    private async Task<long> WaitingAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await app.BacklogAsync(cancellationToken)).Waiting;
        }
        catch (HttpRequestException)
        {
            // Away for a moment, as when it is restarted midway: the posting itself waits for it.
            return 0;
        }
    }
}
