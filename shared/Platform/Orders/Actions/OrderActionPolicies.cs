using System.Globalization;
using System.Text;
using Azure;
using Azure.Data.Tables;
using Microsoft.AspNetCore.Http;
using Stockgate.Domain.Operations;
using Stockgate.Domain.Orders.Actions;
using Stockgate.Platform.Operations;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Orders.Actions;

/// <summary>The policy of order actions, every version of it. The one that comes with the product holds until the first is put.</summary>
public sealed class OrderActionPolicies(StateTables tables, DecisionLog decisions, TimeProvider time) : IDisposable
{
    private const string Partition = "order-actions", Document = "Document";

    private static readonly TimeSpan ReadEvery = TimeSpan.FromSeconds(5);

    private readonly Refreshed<(OrderActionPolicy Policy, string Json)> current = new(ReadEvery, time);

    public const string Subject = "policy order-actions";

    /// <summary>The policy that holds. A new version holds everywhere within five seconds.</summary>
    public async Task<OrderActionPolicy> CurrentAsync(CancellationToken cancellationToken) => (await current.GetAsync(ReadAsync, cancellationToken)).Policy;

    /// <summary>The text that holds, as it was put.</summary>
    public async Task<string> TextAsync(CancellationToken cancellationToken) => (await ReadAsync(cancellationToken)).Json;

    /// <summary>Puts the next version.</summary>
    /// <exception cref="ProblemException">It has mistakes, each is named; or its version is not the next one.</exception>
    public async Task<OrderActionPolicy> PutAsync(ReadOnlyMemory<byte> json, string by, CancellationToken cancellationToken)
    {
        var reading = OrderActionPolicy.Read(json.Span);
        if (reading.Policy is not { } policy)
            throw new ProblemException(StatusCodes.Status400BadRequest, "unfit-policy", "Can't be used", string.Join("; ", reading.Mistakes.Take(20).Select(static m => $"{m.Field} {m.Reason}")) + ". GET /api/v1/policies/order-actions/schema describes it.", reading.Mistakes[0].Field);
        // The number alone: where the version that holds can't be read any more, this is how it is mended.
        var before = await LastAsync(cancellationToken) is { } last ? int.Parse(last.RowKey, CultureInfo.InvariantCulture) : OrderActionPolicy.Default.Version;
        // Whoever edited an older one would undo somebody's change without seeing it.
        if (policy.Version != before + 1)
            throw new ProblemException(StatusCodes.Status409Conflict, "policy-version", "Not the next version", $"Version {before} holds. Edit that one and put it as version {before + 1}.", "version");
        var row = new TableEntity(Partition, RowOf(policy.Version)) { ["By"] = by, ["At"] = time.GetUtcNow() };
        LongText.Put(row, Document, Encoding.UTF8.GetString(json.Span));
        // On the chain first: a policy that holds is always accounted for.
        await decisions.AppendAsync(new DecisionRecord
        {
            Subject = Subject, DecidedAt = time.GetUtcNow(), Decision = $"put version {policy.Version}", DecidedBy = by, TakeBack = $"Put version {before} again as version {policy.Version + 1}.",
            Inputs = [new DecisionInput("policy", Encoding.UTF8.GetString(json.Span), by, null)],
        }, cancellationToken);
        try
        {
            await tables.Policies.AddEntityAsync(row, cancellationToken);
        }
        catch (RequestFailedException there) when (there.Status == 409)
        {
            throw new ProblemException(StatusCodes.Status409Conflict, "policy-version", "Not the next version", $"Somebody put version {policy.Version} at this moment. Look at it and put yours as the next one.", "version");
        }
        return policy;
    }

    public void Dispose() => current.Dispose();

    private async Task<(OrderActionPolicy Policy, string Json)> ReadAsync(CancellationToken cancellationToken)
    {
        var last = await LastAsync(cancellationToken);
        var json = last is null ? OrderActionPolicy.DefaultJson : LongText.Get(last, Document);
        // A row that the rules of today don't take any more must not open anything: then nothing is decided, and the error says why.
        return OrderActionPolicy.Read(Encoding.UTF8.GetBytes(json)) is { Policy: { } policy } ? (policy, json) : throw new InvalidOperationException($"Version {last?.RowKey} of the policy of order actions can't be read any more; put a new one.");
    }

    private async Task<TableEntity?> LastAsync(CancellationToken cancellationToken)
    {
        TableEntity? last = null;
        await foreach (var row in tables.Policies.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {Partition}"), cancellationToken: cancellationToken)) last = row;
        return last;
    }

    private static string RowOf(int version) => version.ToString("00000000", CultureInfo.InvariantCulture);
}
