using System.Globalization;
using System.Text;
using Azure;
using Azure.Data.Tables;
using Microsoft.AspNetCore.Http;
using Stockgate.Domain;
using Stockgate.Domain.Operations;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Operations;

/// <summary>A kind of policy: its name and parser.</summary>
/// <param name="Name">In addresses and keys: <c>order-actions</c>.</param>
/// <param name="Words">For people: <c>order actions</c>.</param>
/// <param name="DefaultJson">The built-in version.</param>
/// <param name="Read">The policy, or what is wrong with the text.</param>
/// <param name="VersionOf">From 1.</param>
public sealed record PolicyKind<T>(
    string Name,
    string Words,
    string DefaultJson,
    Func<ReadOnlyMemory<byte>, (T? Policy, IReadOnlyList<Rejection> Mistakes)> Read,
    Func<T, int> VersionOf
)
    where T : class;

/// <summary>Stores all versions of a policy document. The built-in version is in force until the first one is stored.</summary>
public abstract class PolicyVersions<T>(PolicyKind<T> kind, StateTables tables, DecisionLog decisions, TimeProvider time) : IDisposable
    where T : class
{
    private const string Document = "Document";

    private static readonly TimeSpan ReadEvery = TimeSpan.FromSeconds(5);

    private readonly Refreshed<(T Policy, string Json)> current = new(ReadEvery, time);

    /// <summary>The policy that holds. A new version holds everywhere within five seconds.</summary>
    /// <exception cref="InvalidOperationException">The version that holds can't be read any more.</exception>
    public virtual async Task<T> CurrentAsync(CancellationToken cancellationToken) =>
        (await current.GetAsync(ReadAsync, cancellationToken)).Policy;

    /// <summary>The text that holds, as it was put.</summary>
    public async Task<string> TextAsync(CancellationToken cancellationToken) => (await ReadAsync(cancellationToken)).Json;

    /// <summary>Puts the next version.</summary>
    /// <exception cref="ProblemException">It has mistakes, each is named; or its version is not the next one.</exception>
    public async Task<T> PutAsync(ReadOnlyMemory<byte> json, string by, CancellationToken cancellationToken)
    {
        var (policy, mistakes) = kind.Read(json);
        if (policy is null)
            throw new ProblemException(
                StatusCodes.Status400BadRequest,
                "unfit-policy",
                "Invalid request",
                string.Join("; ", mistakes.Take(20).Select(static m => $"{m.Field} {m.Reason}"))
                    + $". GET /api/v1/policies/{kind.Name}/schema describes it.",
                mistakes[0].Field
            );
        var version = kind.VersionOf(policy);
        // The number alone: where the version that holds can't be read any more, this is how it is fixed.
        var before = await LastAsync(cancellationToken) is { } last
            ? int.Parse(last.RowKey, CultureInfo.InvariantCulture)
            : kind.VersionOf(Parsed(kind.DefaultJson)!);
        // An edit of an older version would silently undo another person's change.
        if (version != before + 1)
            throw new ProblemException(
                StatusCodes.Status409Conflict,
                "policy-version",
                "Not the next version",
                $"Version {before} holds. Edit that one and put it as version {before + 1}.",
                "version"
            );
        var row = new TableEntity(kind.Name, RowOf(version)) { ["By"] = by, ["At"] = time.GetUtcNow() };
        LongText.Put(row, Document, Encoding.UTF8.GetString(json.Span));
        // On the chain first: a policy that holds is always accounted for.
        await decisions.AppendAsync(
            new DecisionRecord
            {
                Subject = $"policy {kind.Name}",
                DecidedAt = time.GetUtcNow(),
                Decision = $"put version {version}",
                DecidedBy = by,
                TakeBack = $"Put version {before} again as version {version + 1}.",
                Inputs = [new DecisionInput("policy", Encoding.UTF8.GetString(json.Span), by, null)],
            },
            cancellationToken
        );
        try
        {
            await tables.Policies.AddEntityAsync(row, cancellationToken);
            current.Forget();
        }
        catch (RequestFailedException there) when (there.Status == 409)
        {
            throw new ProblemException(
                StatusCodes.Status409Conflict,
                "policy-version",
                "Not the next version",
                $"Somebody put version {version} at this moment. Look at it and put yours as the next one.",
                "version"
            );
        }
        return policy;
    }

    public void Dispose()
    {
        current.Dispose();
        GC.SuppressFinalize(this);
    }

    private async Task<(T Policy, string Json)> ReadAsync(CancellationToken cancellationToken)
    {
        var last = await LastAsync(cancellationToken);
        var json = last is null ? kind.DefaultJson : LongText.Get(last, Document);
        // A stored version that is invalid under the current rules must not permit anything: decisions fail with the reason.
        return Parsed(json) is { } policy
            ? (policy, json)
            : throw new InvalidOperationException(
                $"Version {last?.RowKey} of the policy of {kind.Words} can't be read any more; put a new one."
            );
    }

    private T? Parsed(string json) => kind.Read(Encoding.UTF8.GetBytes(json)).Policy;

    private async Task<TableEntity?> LastAsync(CancellationToken cancellationToken)
    {
        TableEntity? last = null;
        await foreach (
            var row in tables.Policies.QueryAsync<TableEntity>(
                TableClient.CreateQueryFilter($"PartitionKey eq {kind.Name}"),
                cancellationToken: cancellationToken
            )
        )
            last = row;
        return last;
    }

    private static string RowOf(int version) => version.ToString("00000000", CultureInfo.InvariantCulture);
}
