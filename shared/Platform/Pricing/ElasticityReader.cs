using Stockgate.Domain;
using Stockgate.Domain.Pricing;
using Stockgate.Platform.Forecasting;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Pricing;

/// <summary>How sales follow prices, as the forecast in force says: an item's own figure, or else its category's.</summary>
public sealed class ElasticityReader(ForecastReports reports, TimeProvider time) : IDisposable
{
    private readonly Refreshed<Known> known = new(TimeSpan.FromMinutes(1), time);
    private Known? read;

    /// <returns>What is known; nothing where no run has been published yet.</returns>
    public async Task<Func<Sku, string, ElasticityBelief?>> ReadAsync(CancellationToken cancellationToken)
    {
        var there = await known.GetAsync(LookAsync, cancellationToken);
        return (sku, category) => there.Items.TryGetValue(sku, out var own) ? own : there.Categories.TryGetValue(category, out var shared) ? shared : null;
    }

    public void Dispose() => known.Dispose();

    private async Task<Known> LookAsync(CancellationToken cancellationToken)
    {
        if (await reports.InForceAsync(cancellationToken) is not { } pointer) return new Known(null, [], []);
        // A run's files never change.
        if (read is { } there && there.Run == pointer.Run) return there;
        var now = new Known(pointer.Run, [], []);
        foreach (var e in await reports.ElasticitiesAsync(pointer.Run, cancellationToken))
            if (e.Sku is { } sku) now.Items[sku] = new ElasticityBelief(e.Value, e.Low, e.High);
            else now.Categories[e.Category] = new ElasticityBelief(e.Value, e.Low, e.High);
        return read = now;
    }

    private sealed record Known(string? Run, Dictionary<Sku, ElasticityBelief> Items, Dictionary<string, ElasticityBelief> Categories);
}
