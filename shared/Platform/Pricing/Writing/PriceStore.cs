using System.Globalization;
using Azure;
using Azure.Data.Tables;
using Stockgate.Domain;
using Stockgate.Domain.Pricing;
using Stockgate.Domain.Pricing.Effects;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Pricing.Writing;

/// <summary>A filter of decisions; null members match all.</summary>
/// <param name="Sku">Of one item.</param>
/// <param name="Category">Of one category; empty: of items that have none.</param>
/// <param name="Since">Decided then or later.</param>
/// <param name="Until">Decided before then.</param>
/// <param name="Outcome">What was decided.</param>
/// <param name="Fate">What became of it.</param>
/// <param name="After">Goes on behind this, as <see cref="PriceDecisionPage.Next"/> said.</param>
/// <param name="Most">1 to 1,000.</param>
public sealed record PriceDecisionQuery(
    Sku? Sku = null,
    string? Category = null,
    DateTimeOffset? Since = null,
    DateTimeOffset? Until = null,
    PriceOutcome? Outcome = null,
    PriceFate? Fate = null,
    string? After = null,
    int Most = 100
);

/// <summary>A decision in a list.</summary>
public sealed record PriceDecisionLine(
    string Id,
    PriceKey Key,
    string Category,
    DateTimeOffset At,
    PriceOutcome Outcome,
    PriceFate Fate,
    Money From,
    Money To,
    string Reason,
    string Cause,
    string By,
    bool Reverts
);

/// <summary>Decisions, the newest first.</summary>
/// <param name="Next">Null if these are the last.</param>
public sealed record PriceDecisionPage(IReadOnlyList<PriceDecisionLine> Decisions, string? Next);

/// <summary>A publication that no channel has answered.</summary>
public sealed record OpenPublication(PriceKey Key, DateTimeOffset At, bool Sent);

/// <summary>Reads decisions and publications; only <see cref="PriceWriter"/> writes prices.</summary>
public sealed class PriceStore(StateTables tables)
{
    /// <returns>Null if there is no such decision.</returns>
    public async Task<PriceDecisionRecord?> FindAsync(string id, CancellationToken cancellationToken) =>
        PriceDecisionRecord.PartitionOf(id) is { } partition
        && await tables.Prices.GetEntityIfExistsAsync<TableEntity>(
            partition,
            PriceForms.DecisionKey(id),
            cancellationToken: cancellationToken
        )
            is { HasValue: true, Value: { } row }
            ? PriceForms.Decision.Read(row)
            : null;

    /// <summary>The prices of an item, each with its last look.</summary>
    public async Task<IReadOnlyList<(PriceState? State, PriceLook? Look)>> OfAsync(Sku sku, CancellationToken cancellationToken)
    {
        var (states, looks) = (new Dictionary<PriceKey, PriceState>(), new Dictionary<PriceKey, PriceLook>());
        await foreach (
            var row in tables.Prices.QueryAsync<TableEntity>(
                RowKeys.Under(tables.PartitionOf(sku), "state", sku.Value),
                cancellationToken: cancellationToken
            )
        )
            if (PriceForms.IsLook(row.RowKey))
                looks.Add(PriceForms.Look.Read(row) is var look ? look.Key : default, PriceForms.Look.Read(row));
            else
                states.Add(PriceForms.State.Read(row) is var state ? state.Key : default, PriceForms.State.Read(row));
        return
        [
            .. states
                .Keys.Union(looks.Keys)
                .OrderBy(static k => k.Channel.Value, StringComparer.Ordinal)
                .ThenBy(static k => k.Region.Value, StringComparer.Ordinal)
                .Select(key => (states.GetValueOrDefault(key), looks.GetValueOrDefault(key))),
        ];
    }

    /// <summary>Decisions, the newest first.</summary>
    public async Task<PriceDecisionPage> ListAsync(PriceDecisionQuery query, CancellationToken cancellationToken)
    {
        var partitions = query.Sku is { } sku
            ? [tables.PartitionOf(sku)]
            : Enumerable.Range(0, tables.Buckets).Select(static b => new Bucket(b).Key).ToArray();
        var found = new List<TableEntity>[partitions.Length];
        await Parallel.ForAsync(
            0,
            partitions.Length,
            cancellationToken,
            async (i, token) =>
            {
                found[i] = [];
                await foreach (
                    var row in tables.Prices.QueryAsync<TableEntity>(
                        FilterOf(partitions[i], query),
                        query.Most + 1,
                        cancellationToken: token
                    )
                )
                {
                    found[i].Add(row);
                    if (found[i].Count > query.Most)
                        break;
                }
            }
        );
        var lines = found
            .SelectMany(static rows => rows)
            .OrderBy(static row => row.RowKey, StringComparer.Ordinal)
            .Take(query.Most + 1)
            .ToList();
        return new PriceDecisionPage(
            [.. lines.Take(query.Most).Select(LineOf)],
            lines.Count > query.Most ? lines[query.Most - 1].RowKey["when|".Length..] : null
        );
    }

    /// <summary>Decisions that wait for a person.</summary>
    public async Task<IReadOnlyList<string>> AskedAsync(CancellationToken cancellationToken) =>
        [.. (await EachAsync("asked", static row => row.RowKey["asked|".Length..], cancellationToken)).Order(StringComparer.Ordinal)];

    /// <summary>Publications that no channel has answered.</summary>
    public Task<IReadOnlyList<OpenPublication>> OpenAsync(CancellationToken cancellationToken) =>
        EachAsync(
            "open",
            static row => new OpenPublication(
                new PriceKey(new(row.GetString("Sku")), new(row.GetString("Channel")), new(row.GetString("Region"))),
                row.GetDateTimeOffset("At")!.Value,
                row.GetBoolean("Sent") ?? false
            ),
            cancellationToken
        );

    /// <summary>Stores the measured effect of a decision.</summary>
    /// <returns>The decision with it; null if none of this id.</returns>
    public async Task<PriceDecisionRecord?> MeasuredAsync(string id, PriceEffect effect, CancellationToken cancellationToken)
    {
        while (PriceDecisionRecord.PartitionOf(id) is { } partition)
        {
            if (
                await tables.Prices.GetEntityIfExistsAsync<TableEntity>(
                    partition,
                    PriceForms.DecisionKey(id),
                    cancellationToken: cancellationToken
                )
                is not { HasValue: true, Value: { } row }
            )
                return null;
            var measured = PriceForms.Decision.Read(row) with { Effect = effect };
            try
            {
                await tables.Prices.UpdateEntityAsync(
                    PriceForms.Row(partition, row.RowKey, measured, PriceForms.Decision),
                    row.ETag,
                    TableUpdateMode.Merge,
                    cancellationToken
                );
                return measured;
            }
            catch (RequestFailedException changed) when (changed.Status == 412)
            {
                // The writer changed it concurrently: the effect is added to the stored row.
            }
        }
        return null;
    }

    private async Task<IReadOnlyList<T>> EachAsync<T>(string kind, Func<TableEntity, T> read, CancellationToken cancellationToken)
    {
        var found = new System.Collections.Concurrent.ConcurrentBag<T>();
        await Parallel.ForAsync(
            0,
            tables.Buckets,
            cancellationToken,
            async (bucket, token) =>
            {
                await foreach (
                    var row in tables.Prices.QueryAsync<TableEntity>(RowKeys.Under(new Bucket(bucket).Key, kind), cancellationToken: token)
                )
                    found.Add(read(row));
            }
        );
        return [.. found];
    }

    private static string FilterOf(string partition, PriceDecisionQuery query)
    {
        // Keys contain inverted times, so that the newest rows are read first.
        var first =
            query.After is { Length: > 0 } after ? $"when|{after}"
            : query.Until is { } until ? PriceForms.WhenKey(until, "~")
            : "when|";
        var last = query.Since is { } since ? PriceForms.WhenKey(since, "~") : "when}";
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey gt {first} and RowKey lt {last}");
        if (query.Sku is { } sku)
            filter += " and " + TableClient.CreateQueryFilter($"Sku eq {sku.Value}");
        if (query.Category is { } category)
            filter += " and " + TableClient.CreateQueryFilter($"Category eq {category}");
        if (query.Outcome is { } outcome)
            filter += " and " + TableClient.CreateQueryFilter($"Outcome eq {outcome.ToString()}");
        if (query.Fate is { } fate)
            filter += " and " + TableClient.CreateQueryFilter($"Fate eq {fate.ToString()}");
        return filter;
    }

    private static PriceDecisionLine LineOf(TableEntity row)
    {
        var currency = Currency.Parse(row.GetString("Currency"));
        Money Amount(string name) => new(decimal.Parse(row.GetString(name), CultureInfo.InvariantCulture), currency);
        return new PriceDecisionLine(
            row.GetString("Id"),
            new PriceKey(new(row.GetString("Sku")), new(row.GetString("Channel")), new(row.GetString("Region"))),
            row.GetString("Category"),
            row.GetDateTimeOffset("At")!.Value,
            Enum.Parse<PriceOutcome>(row.GetString("Outcome")),
            Enum.Parse<PriceFate>(row.GetString("Fate")),
            Amount("From"),
            Amount("To"),
            row.GetString("Reason"),
            row.GetString("Cause"),
            row.GetString("By"),
            row.GetBoolean("Reverts") ?? false
        );
    }
}
