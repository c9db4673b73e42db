using Azure;
using Azure.Data.Tables;
using Stockgate.Domain.Pricing;
using Stockgate.Platform.Pricing.Facts;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Pricing.Writing;

/// <summary>The changes of a batch to one price, written in one transaction.</summary>
internal sealed class PriceChange(PriceSituation before, string partition, int buckets)
{
    private readonly Dictionary<string, (PriceDecisionRecord Record, ETag? ETag, bool Changed)> records = [];
    private readonly List<TableEntity> parts = [];
    private ETag? etag = before.Stored?.ETag;
    private bool open = before.Stored?.State.Publication is { Open: true };

    public PriceSituation Before => before;

    public PriceKey Key => before.Key;

    public PriceState State { get; set; } = before.State;

    public PriceLook? Look { get; set; }

    /// <summary>Decisions to report on the audit chain and to people, new or repeated.</summary>
    public List<PriceDecisionRecord> ToTell { get; } = [];

    public string IdOf(DateTimeOffset at, string what) => PriceDecisionRecord.IdOf(Key, State.Revision, at, what, buckets);

    public async Task<PriceDecisionRecord?> RecordAsync(StateTables tables, string id, CancellationToken cancellationToken)
    {
        if (records.TryGetValue(id, out var there))
            return there.Record;
        var found = await tables.Prices.GetEntityIfExistsAsync<TableEntity>(
            partition,
            PriceForms.DecisionKey(id),
            cancellationToken: cancellationToken
        );
        if (!found.HasValue)
            return null;
        var record = PriceForms.Decision.Read(found.Value!);
        records[id] = (record, found.Value!.ETag, false);
        return record.Decision.Key == Key ? record : null;
    }

    /// <returns>A decision that was read or made in this batch; null of any other.</returns>
    public PriceDecisionRecord? Known(string id) => records.TryGetValue(id, out var there) ? there.Record : null;

    public void Put(PriceDecisionRecord record) =>
        records[record.Id] = (record, records.TryGetValue(record.Id, out var there) ? there.ETag : null, true);

    /// <summary>Notes a decision of a revert of many that is not taken back, and why.</summary>
    public void Fail(string revert, string decision, string reason) =>
        parts.Add(new TableEntity(partition, PriceForms.PartKey(revert, decision)) { ["Fate"] = "Failed", ["Detail"] = reason });

    /// <summary>Changes a decision's fate; one that is not there any more, or has another, is left.</summary>
    public async Task FateAsync(
        StateTables tables,
        string? id,
        PriceFate from,
        Func<PriceDecisionRecord, PriceDecisionRecord> to,
        CancellationToken cancellationToken
    )
    {
        if (id is not null && await RecordAsync(tables, id, cancellationToken) is { } record && record.Fate == from)
            Put(to(record));
    }

    /// <summary>The rows that differ from what is stored.</summary>
    public List<TableTransactionAction> Actions()
    {
        var actions = new List<TableTransactionAction>();
        if (before.Stored is null || !Same(before.Stored.State, State))
            actions.Add(Put(PriceForms.Row(partition, PriceForms.StateKey(Key), State, PriceForms.State), etag));
        foreach (var (record, tag, _) in records.Values.Where(static r => r.Changed))
        {
            actions.Add(Put(PriceForms.Row(partition, PriceForms.DecisionKey(record.Id), record, PriceForms.Decision), tag));
            actions.Add(new(TableTransactionActionType.UpsertMerge, PriceForms.When(partition, record)));
            if (record.Revert is { } revert)
                parts.Add(
                    new TableEntity(partition, PriceForms.PartKey(revert, record.Id))
                    {
                        ["Fate"] = record.Fate.ToString(),
                        ["Detail"] = record.Detail ?? string.Empty,
                    }
                );
            var waits = record.Fate == PriceFate.AwaitingApproval;
            // A row that was there is known by the record's fate before; taking away one that is not there fails the whole.
            if (waits && tag is null)
                actions.Add(new(TableTransactionActionType.UpsertMerge, new TableEntity(partition, PriceForms.AskedKey(record.Id))));
            else if (!waits && before.Stored?.State.Asked == record.Id && tag is not null)
                actions.Add(new(TableTransactionActionType.Delete, new TableEntity(partition, PriceForms.AskedKey(record.Id)), ETag.All));
        }
        actions.AddRange(
            parts
                .DistinctBy(static p => p.RowKey)
                .Select(static part => new TableTransactionAction(TableTransactionActionType.UpsertMerge, part))
        );
        if (State.Publication is { Open: true } under && before.Stored?.State.Publication != under)
            actions.Add(new(TableTransactionActionType.UpsertMerge, OpenRow(under)));
        else if (open && State.Publication is not { Open: true })
            actions.Add(new(TableTransactionActionType.Delete, new TableEntity(partition, PriceForms.OpenKey(Key)), ETag.All));
        if (Look is not null)
            actions.Add(
                new(TableTransactionActionType.UpsertMerge, PriceForms.Row(partition, PriceForms.LookKey(Key), Look, PriceForms.Look))
            );
        return actions;
    }

    /// <summary>The rows that say how the sending went.</summary>
    public List<TableTransactionAction> SentActions(PricePublication publication)
    {
        State = State with { Publication = publication };
        return
        [
            Put(PriceForms.Row(partition, PriceForms.StateKey(Key), State, PriceForms.State), etag),
            new(TableTransactionActionType.UpsertMerge, OpenRow(publication)),
        ];
    }

    /// <summary>Takes the ETag of the written state for the next write.</summary>
    public void Written(TableTransactionAction action, ETag? tag)
    {
        if (action.Entity.RowKey == PriceForms.StateKey(Key))
            etag = tag;
    }

    private TableEntity OpenRow(PricePublication publication) =>
        new(partition, PriceForms.OpenKey(Key))
        {
            ["Sku"] = Key.Sku.Value,
            ["Channel"] = Key.Channel.Value,
            ["Region"] = Key.Region.Value,
            ["At"] = publication.At,
            ["Sent"] = publication.SentAt is not null,
        };

    // Merged, not replaced, as everywhere: no form takes a property away, and Azurite replaces a row by removing it, which costs the more
    // the larger its table is.
    private static TableTransactionAction Put(TableEntity row, ETag? tag) =>
        tag is { } known ? new(TableTransactionActionType.UpdateMerge, row, known) : new(TableTransactionActionType.Add, row);

    // Lists compare by reference, so the serialized forms are compared.
    private static bool Same(PriceState a, PriceState b) =>
        ReferenceEquals(a, b)
        || System.Text.Json.JsonSerializer.Serialize(a, PricingJson.Default.PriceState)
            == System.Text.Json.JsonSerializer.Serialize(b, PricingJson.Default.PriceState);
}
