namespace Stockgate.Platform.Pricing;

/// <summary>The one that writes prices.</summary>
public sealed class PriceWriter
{
    /// <param name="work">Of one bucket, in order, each with its place in the queue.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public Task<PriceWriterResult> WorkAsync(IReadOnlyList<QueuedPriceWork> work, CancellationToken cancellationToken) => throw new NotImplementedException();
}

/// <summary>Work with its place in its session.</summary>
public sealed record QueuedPriceWork(PriceWork Work, long Sequence);
