using Azure.Data.Tables;
using Stockgate.Domain;
using Stockgate.Domain.Ingest;

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
)
{
    /// <summary>At stake; a record that says nothing of it does not fit.</summary>
    public ExposureFilter AtStake { get; init; } = ExposureFilter.None;

    /// <summary>The same for storage.</summary>
    /// <param name="partition">The channel's; null for all of them.</param>
    internal string? Of(string? partition)
    {
        var terms = new List<string>();
        if (partition is not null)
            terms.Add(TableClient.CreateQueryFilter($"PartitionKey eq {partition}"));
        // With the partition a range of keys: what is settled is not read.
        if (State == QuarantineStore.Waiting)
            terms.Add(TableClient.CreateQueryFilter($"RowKey lt {QuarantineRows.SettledFrom}"));
        if (State is { } state)
            terms.Add(TableClient.CreateQueryFilter($"State eq {state}"));
        if (Code is { } code)
            terms.Add(TableClient.CreateQueryFilter($"Code eq {code.ToString()}"));
        if (From is { } from)
            terms.Add(TableClient.CreateQueryFilter($"ReceivedAt ge {from}"));
        if (To is { } to)
            terms.Add(TableClient.CreateQueryFilter($"ReceivedAt lt {to}"));
        if (AtStake.MinUnits is { } units)
            terms.Add(TableClient.CreateQueryFilter($"UnitsAtStake ge {(double)units}"));
        if (AtStake.MinMoney is { } money)
            terms.Add(TableClient.CreateQueryFilter($"MoneyAtStake ge {(double)money}"));
        if (AtStake.Currency is { } currency)
            terms.Add(TableClient.CreateQueryFilter($"Currency eq {currency.Code}"));
        return terms.Count == 0 ? null : string.Join(" and ", terms);
    }
}

/// <summary>How much is to be at stake. An amount is of a currency: amounts of two are not compared.</summary>
public sealed record ExposureFilter(decimal? MinUnits, decimal? MinMoney, Currency? Currency)
{
    public static readonly ExposureFilter None = new(null, null, null);

    /// <summary>The parameter at fault and what is wrong with it; null if it can be looked for.</summary>
    public (string Field, string Reason)? Mistake()
    {
        if (MinUnits < 0)
            return ("minUnits", "must not be negative");
        if (MinMoney < 0)
            return ("minMoney", "must not be negative");
        return MinMoney is not null && Currency is null ? ("currency", "must be given with minMoney: which currency is it in") : null;
    }
}
