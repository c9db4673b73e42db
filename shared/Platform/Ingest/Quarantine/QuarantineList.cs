using Azure.Data.Tables;
using Stockgate.Domain;
using Stockgate.Domain.Ingest;
using Stockgate.Platform.Ingest.Registry;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Ingest.Quarantine;

/// <summary>Which quarantined records are looked for; what is null does not matter.</summary>
/// <param name="Channel">Of one channel.</param>
/// <param name="State">As <see cref="QuarantineStore"/> has them.</param>
/// <param name="Code">Of one kind of reason.</param>
/// <param name="From">Received then or later.</param>
/// <param name="To">Received before then.</param>
public sealed record QuarantineFilter(
    string? Channel,
    string? State = null,
    QuarantineReason? Code = null,
    DateTimeOffset? From = null,
    DateTimeOffset? To = null
);

/// <summary>What waits of one channel for one kind of reason.</summary>
/// <param name="OldestAt">When the first of them came in.</param>
/// <param name="Units">At stake, as the records say.</param>
/// <param name="Money">The same by currency.</param>
public sealed record QuarantineTotal(
    ChannelId Channel,
    QuarantineReason Code,
    int Records,
    DateTimeOffset OldestAt,
    decimal Units,
    IReadOnlyList<Money> Money
);

/// <summary>Lists quarantined records. Storage does the filtering: a page costs no row that is not asked for.</summary>
public sealed class QuarantineList(StateTables tables)
{
    /// <summary>Records that are sorted or summed at one look; beyond them the answer says that it is not whole.</summary>
    public const int Looked = 5_000;

    /// <summary>In no particular order; one page.</summary>
    public async Task<(IReadOnlyList<QuarantinedRecord> Records, string? Next)> PageAsync(
        QuarantineFilter filter,
        int pageSize,
        string? after,
        CancellationToken cancellationToken
    )
    {
        var pages = tables
            .Quarantine.QueryAsync<TableEntity>(FilterOf(filter), pageSize, cancellationToken: cancellationToken)
            .AsPages(after, pageSize);
        await foreach (var page in pages)
            return ([.. page.Values.Select(QuarantineRows.Read)], page.ContinuationToken);
        return ([], null);
    }

    /// <summary>The first ones by an order.</summary>
    /// <returns>Whether every record that fits was looked at.</returns>
    public async Task<(IReadOnlyList<QuarantinedRecord> Records, bool Whole)> FirstAsync(
        QuarantineFilter filter,
        Comparison<QuarantinedRecord> order,
        int most,
        CancellationToken cancellationToken
    )
    {
        var (found, whole) = await ReadAsync(filter, cancellationToken);
        found.Sort(order);
        return ([.. found.Take(most)], whole);
    }

    /// <summary>What waits, by channel and reason; the most records first.</summary>
    public async Task<(IReadOnlyList<QuarantineTotal> Totals, bool Whole)> TotalsAsync(string? channel, CancellationToken cancellationToken)
    {
        var (found, whole) = await ReadAsync(new QuarantineFilter(channel, QuarantineStore.Waiting), cancellationToken);
        var totals = found
            .GroupBy(static r => (r.Channel, r.Code))
            .Select(static g => new QuarantineTotal(
                g.Key.Channel,
                g.Key.Code,
                g.Count(),
                g.Min(static r => r.ReceivedAt),
                g.Sum(static r => r.Exposure.Units ?? 0),
                [
                    .. g.Select(static r => r.Exposure.Money)
                        .OfType<Money>()
                        .GroupBy(static m => m.Currency)
                        .Select(static m => new Money(m.Sum(static one => one.Amount), m.Key)),
                ]
            ));
        return ([.. totals.OrderByDescending(static t => t.Records)], whole);
    }

    private async Task<(List<QuarantinedRecord> Records, bool Whole)> ReadAsync(
        QuarantineFilter filter,
        CancellationToken cancellationToken
    )
    {
        var found = new List<QuarantinedRecord>();
        await foreach (var row in tables.Quarantine.QueryAsync<TableEntity>(FilterOf(filter), cancellationToken: cancellationToken))
        {
            if (found.Count == Looked)
                return (found, false);
            found.Add(QuarantineRows.Read(row));
        }
        return (found, true);
    }

    private static string? FilterOf(QuarantineFilter filter)
    {
        var terms = new List<string>();
        if (filter.Channel is { } channel)
            terms.Add(TableClient.CreateQueryFilter($"PartitionKey eq {RowKeys.Of(channel)}"));
        if (filter.State is { } state)
            terms.Add(TableClient.CreateQueryFilter($"State eq {state}"));
        if (filter.Code is { } code)
            terms.Add(TableClient.CreateQueryFilter($"Code eq {code.ToString()}"));
        if (filter.From is { } from)
            terms.Add(TableClient.CreateQueryFilter($"ReceivedAt ge {from}"));
        if (filter.To is { } to)
            terms.Add(TableClient.CreateQueryFilter($"ReceivedAt lt {to}"));
        return terms.Count == 0 ? null : string.Join(" and ", terms);
    }
}
