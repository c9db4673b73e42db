using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Stockgate.Domain;
using Stockgate.Domain.Operations;
using Stockgate.Domain.Promotions;
using Stockgate.Domain.Promotions.Launch;
using Stockgate.Platform.Operations;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Promotions.Records;

/// <summary>A promotion's record and the ETag that it was read with.</summary>
public sealed record StoredPromotion(PromotionRecord Record, ETag ETag);

/// <summary>
/// Promotions: the record of each is a row of one partition, those that are over apart from the open ones; terms and launch plans are
/// blobs that are written once. The record is changed by the promotion's orchestration alone; its ETag is the safety net for the moment
/// in which a second one was started.
/// </summary>
public sealed class PromotionStore(StateTables tables, BlobServiceClient blobs, DecisionLog decisions, TimeProvider time)
{
    private const string Document = "Document",
        Open = "open",
        Over = "over";

    private readonly BlobContainerClient container = blobs.GetBlobContainerClient("promotions");

    // Terms and plans never change, so whatever was read once holds. Bounded by dropping all: they are read again in a moment.
    private readonly ConcurrentDictionary<string, object> read = new();

    // Transitions that are known to be on the audit chain.
    private readonly ConcurrentDictionary<PromotionId, long> audited = new();

    public static string SubjectOf(PromotionId promotion) => $"promotion {promotion}";

    internal Task PrepareAsync(CancellationToken cancellationToken) =>
        container.CreateIfNotExistsAsync(cancellationToken: cancellationToken);

    /// <returns>False if it already exists.</returns>
    public async Task<bool> AddAsync(PromotionRecord record, PromotionTerms terms, CancellationToken cancellationToken)
    {
        // Terms are written first, so that a record always has its terms; terms without a record are unused.
        await AddTermsAsync(record.Id, terms, cancellationToken);
        // Posted again after it was over: its row stands apart, where adding does not see it.
        if (await RowAsync(record.Id, Over, cancellationToken) is not null)
            return false;
        try
        {
            await tables.Promotions.AddEntityAsync(RowOf(record), cancellationToken);
            return true;
        }
        catch (RequestFailedException there) when (there.Status == 409)
        {
            return false;
        }
    }

    public async Task<StoredPromotion?> FindAsync(PromotionId promotion, CancellationToken cancellationToken)
    {
        // In this order: one that ends between the two reads is found by the second.
        var row = await RowAsync(promotion, Open, cancellationToken) ?? await RowAsync(promotion, Over, cancellationToken);
        if (row is null)
            return null;
        var stored = new StoredPromotion(Read(row), row.ETag);
        await AuditAsync(stored.Record, cancellationToken);
        return stored;
    }

    /// <exception cref="InvalidOperationException">There is no such promotion.</exception>
    public async Task<StoredPromotion> GetAsync(PromotionId promotion, CancellationToken cancellationToken) =>
        await FindAsync(promotion, cancellationToken) ?? throw new InvalidOperationException($"Promotion {promotion} is not stored.");

    /// <summary>Writes the record and puts its new transitions on the audit chain.</summary>
    /// <exception cref="RequestFailedException">A concurrent write (412).</exception>
    public async Task<StoredPromotion> SaveAsync(StoredPromotion stored, PromotionRecord record, CancellationToken cancellationToken)
    {
        var etag =
            IsOver(record) && !IsOver(stored.Record)
                ? await MoveAsync(stored, record, cancellationToken)
                : (await tables.Promotions.UpdateEntityAsync(RowOf(record), stored.ETag, TableUpdateMode.Merge, cancellationToken))
                    .Headers
                    .ETag!
                    .Value;
        // A crash here leaves a transition off the chain until the record is read again, which the orchestration does first of all when
        // it goes on.
        await AuditAsync(record, cancellationToken);
        return new StoredPromotion(record, etag);
    }

    /// <summary>Applies an event and writes the record; an event that the state has no way for changes nothing.</summary>
    public async Task<StoredPromotion> ApplyAsync(
        StoredPromotion stored,
        PromotionEvent happened,
        string reason,
        string by,
        CancellationToken cancellationToken
    )
    {
        var (accepted, record, _) = stored.Record.Apply(happened, reason, by, time.GetUtcNow());
        return accepted ? await SaveAsync(stored, record, cancellationToken) : stored;
    }

    /// <summary>Promotions that are not over, or all.</summary>
    public async Task<List<PromotionRecord>> ListAsync(bool onlyOpen, CancellationToken cancellationToken)
    {
        var filter = onlyOpen
            ? RowKeys.Under(PromotionKeys.Register, Open)
            : TableClient.CreateQueryFilter($"PartitionKey eq {PromotionKeys.Register}");
        var records = new List<PromotionRecord>();
        await foreach (var row in tables.Promotions.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
            records.Add(Read(row));
        return records;
    }

    /// <summary>A page of all promotions, those that are not over first, and what the next page comes after.</summary>
    public async Task<(IReadOnlyList<PromotionRecord> Page, string? Next)> PageAsync(
        int size,
        string? after,
        CancellationToken cancellationToken
    )
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {PromotionKeys.Register}");
        await foreach (
            var page in tables.Promotions.QueryAsync<TableEntity>(filter, size, cancellationToken: cancellationToken).AsPages(after, size)
        )
            return ([.. page.Values.Select(Read)], page.ContinuationToken);
        return ([], null);
    }

    /// <returns>False if the number is taken by a concurrent edit.</returns>
    public Task<bool> AddTermsAsync(PromotionId promotion, PromotionTerms terms, CancellationToken cancellationToken) =>
        AddBlobAsync($"{promotion}/terms-{terms.Number:000000}.json", terms, PromotionRowsJson.Default.PromotionTerms, cancellationToken);

    public Task<PromotionTerms> TermsAsync(PromotionId promotion, int number, CancellationToken cancellationToken) =>
        ReadBlobAsync($"{promotion}/terms-{number:000000}.json", PromotionRowsJson.Default.PromotionTerms, cancellationToken);

    public Task<bool> AddPlanAsync(LaunchPlan plan, CancellationToken cancellationToken) =>
        AddBlobAsync(PlanName(plan.Promotion, plan.Revision), plan, PromotionsJson.Default.LaunchPlan, cancellationToken);

    public Task<LaunchPlan> PlanAsync(PromotionId promotion, int revision, CancellationToken cancellationToken) =>
        ReadBlobAsync(PlanName(promotion, revision), PromotionsJson.Default.LaunchPlan, cancellationToken);

    private static string PlanName(PromotionId promotion, int revision) => $"{promotion}/plan-{revision:000000}.json";

    private async Task<bool> AddBlobAsync<T>(string name, T document, JsonTypeInfo<T> json, CancellationToken cancellationToken)
    {
        try
        {
            await container
                .GetBlobClient(name)
                .UploadAsync(
                    BinaryData.FromBytes(JsonSerializer.SerializeToUtf8Bytes(document, json)),
                    new BlobUploadOptions
                    {
                        Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All },
                        HttpHeaders = new BlobHttpHeaders { ContentType = "application/json" },
                    },
                    cancellationToken
                );
            return true;
        }
        catch (RequestFailedException there) when (there.Status is 409 or 412)
        {
            return false;
        }
    }

    private async Task<T> ReadBlobAsync<T>(string name, JsonTypeInfo<T> json, CancellationToken cancellationToken)
        where T : class
    {
        if (read.TryGetValue(name, out var known))
            return (T)known;
        var content = await container.GetBlobClient(name).DownloadContentAsync(cancellationToken);
        var document = JsonSerializer.Deserialize(content.Value.Content.ToMemory().Span, json)!;
        if (read.Count >= 2_000)
            read.Clear();
        read[name] = document;
        return document;
    }

    private async Task AuditAsync(PromotionRecord record, CancellationToken cancellationToken)
    {
        var known = audited.GetValueOrDefault(record.Id);
        foreach (var transition in record.Timeline.Where(t => t.Revision > known))
        {
            await decisions.AppendOnceAsync(
                new DecisionRecord
                {
                    Subject = SubjectOf(record.Id),
                    DecidedAt = transition.At,
                    Decision = $"{transition.From} → {transition.To}: {transition.On}",
                    DecidedBy = transition.By,
                    Verdicts = [new RuleVerdict("promotion states", true, transition.Reason)],
                },
                $"transition {transition.Revision}",
                cancellationToken
            );
            audited[record.Id] = transition.Revision;
        }
    }

    internal static bool IsOver(PromotionRecord record) =>
        record.State is PromotionState.Settled or PromotionState.Cancelled or PromotionState.Refused;

    private static string KeyOf(PromotionId promotion, string standing) => RowKeys.Of(standing, promotion.Value);

    private async Task<TableEntity?> RowAsync(PromotionId promotion, string standing, CancellationToken cancellationToken)
    {
        var row = await tables.Promotions.GetEntityIfExistsAsync<TableEntity>(
            PromotionKeys.Register,
            KeyOf(promotion, standing),
            cancellationToken: cancellationToken
        );
        return row.HasValue ? row.Value : null;
    }

    // Moved between the partitions in one transaction, so that it is always in exactly one.
    private async Task<ETag> MoveAsync(StoredPromotion stored, PromotionRecord record, CancellationToken cancellationToken)
    {
        var moved = await tables.Promotions.SubmitTransactionAsync(
            [
                new TableTransactionAction(
                    TableTransactionActionType.Delete,
                    new TableEntity(PromotionKeys.Register, KeyOf(record.Id, Open)),
                    stored.ETag
                ),
                new TableTransactionAction(TableTransactionActionType.Add, RowOf(record)),
            ],
            cancellationToken
        );
        return moved.Value[1].Headers.ETag!.Value;
    }

    private static TableEntity RowOf(PromotionRecord record)
    {
        var row = new TableEntity(PromotionKeys.Register, KeyOf(record.Id, IsOver(record) ? Over : Open))
        {
            ["State"] = record.State.ToString(),
        };
        LongText.Put(row, Document, JsonSerializer.Serialize(record, PromotionRowsJson.Default.PromotionRecord));
        return row;
    }

    private static PromotionRecord Read(TableEntity row) =>
        JsonSerializer.Deserialize(LongText.Get(row, Document), PromotionRowsJson.Default.PromotionRecord)!;
}
