using Stockgate.Domain;
using Stockgate.Domain.Forecasting;
using Stockgate.Domain.Forecasting.Files;
using Stockgate.Domain.Forecasting.History;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Forecasting;

/// <summary>The forecast in force.</summary>
/// <param name="Run">The run that made it.</param>
/// <param name="Day">Its first day.</param>
/// <param name="Age">How long ago it was published.</param>
/// <param name="Series">By SKU and location.</param>
/// <param name="Elasticities">The price elasticities.</param>
public sealed record ForecastInForce(
    string Run,
    DateOnly Day,
    TimeSpan Age,
    IReadOnlyDictionary<SeriesKey, SeriesForecast> Series,
    PriceResponses Elasticities
);

/// <summary>
/// Provides the forecast in force, cached for at most five seconds, with its age; the caller decides whether it is too old.
/// </summary>
public sealed class ForecastReader(ForecastReports reports, TimeProvider time) : IDisposable
{
    private readonly Refreshed<Known?> known = new(TimeSpan.FromSeconds(5), time);
    private Known? read;

    /// <returns>Null if no run has been published yet.</returns>
    public async Task<ForecastInForce?> ReadAsync(CancellationToken cancellationToken) =>
        await known.GetAsync(LookAsync, cancellationToken) is { } there
            ? new ForecastInForce(
                there.Pointer.Run,
                there.Pointer.Day,
                time.GetUtcNow() - there.Pointer.PublishedAt,
                there.Series,
                there.Elasticities
            )
            : null;

    public void Dispose() => known.Dispose();

    private async Task<Known?> LookAsync(CancellationToken cancellationToken)
    {
        if (await reports.InForceAsync(cancellationToken) is not { } pointer)
            return null;
        // The pointer is small and read often; its target never changes.
        if (read is { } there && there.Pointer == pointer)
            return there;
        var forecasts = await reports.ForecastsAsync(pointer.Run, cancellationToken);
        return read = new Known(
            pointer,
            forecasts.ToDictionary(static f => f.Key),
            await reports.ElasticitiesAsync(pointer.Run, cancellationToken)
        );
    }

    private sealed record Known(ForecastPointer Pointer, Dictionary<SeriesKey, SeriesForecast> Series, PriceResponses Elasticities);
}
