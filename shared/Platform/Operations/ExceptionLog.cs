using System.Text.Json;
using Azure.Data.Tables;
using Stockgate.Domain.Operations;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Operations;

/// <summary>Exceptions that wait for a person. One partition holds the open ones and the closed ones alike: there are as many as there are kinds of trouble, not as many as failures.</summary>
public sealed class ExceptionLog(StateTables tables)
{
    private const string Partition = "exception", Document = "Document";

    /// <summary>Opens the exception, or adds to the one that the same failure opened before.</summary>
    public async Task<OperationException> RaiseAsync(OperationException raised, CancellationToken cancellationToken)
    {
        while (true)
        {
            var found = await tables.Exceptions.GetEntityIfExistsAsync<TableEntity>(Partition, raised.Fingerprint, cancellationToken: cancellationToken);
            var added = raised.AddedTo(found.HasValue ? Read(found.Value!) : null);
            try
            {
                var row = RowOf(added);
                if (found.HasValue) await tables.Exceptions.UpdateEntityAsync(row, found.Value!.ETag, TableUpdateMode.Replace, cancellationToken);
                else await tables.Exceptions.AddEntityAsync(row, cancellationToken);
                return added;
            }
            catch (Azure.RequestFailedException lost) when (lost.Status is 409 or 412)
            {
                // Somebody else counted the same failure at this moment: count on from theirs, so that none is lost.
            }
        }
    }

    /// <summary>Closes the open exceptions of a type about a subject, because what failed works again. One that was seen after <paramref name="at"/> stays open.</summary>
    /// <returns>How many were closed.</returns>
    public async Task<int> ResolveAsync(string type, string subject, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var closed = 0;
        while (true)
        {
            var lost = false;
            var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and Type eq {type} and Subject eq {subject} and Open eq {true}");
            await foreach (var row in tables.Exceptions.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
            {
                var open = Read(row);
                if (open.LastSeenAt > at) continue;
                try
                {
                    await tables.Exceptions.UpdateEntityAsync(RowOf(open with { ResolvedAt = at }), row.ETag, TableUpdateMode.Replace, cancellationToken);
                    closed++;
                }
                catch (Azure.RequestFailedException changed) when (changed.Status == 412)
                {
                    // Counted again, or closed, at this moment: what stands there now says which.
                    lost = true;
                }
            }
            if (!lost) return closed;
        }
    }

    /// <summary>Open exceptions, the one that is due first at the top.</summary>
    public async Task<IReadOnlyList<OperationException>> OpenAsync(CancellationToken cancellationToken)
    {
        var open = new List<OperationException>();
        await foreach (var row in tables.Exceptions.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and Open eq {true}"), cancellationToken: cancellationToken)) open.Add(Read(row));
        return [.. open.OrderBy(static e => e.DueAt)];
    }

    /// <summary>Exceptions about a subject and what belongs to it (<c>promotion x</c> and <c>promotion x: region north</c>), open and closed, by the time when they were first seen.</summary>
    public async Task<IReadOnlyList<OperationException>> AboutAsync(string subject, CancellationToken cancellationToken)
    {
        var found = new List<OperationException>();
        // From the subject itself to what follows its last possible part: ';' is the character after ':'.
        await foreach (var row in tables.Exceptions.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and Subject ge {subject} and Subject lt {subject + ";"}"), cancellationToken: cancellationToken))
            if (Read(row) is var about && (about.Subject == subject || about.Subject.StartsWith(subject + ":", StringComparison.Ordinal))) found.Add(about);
        return [.. found.OrderBy(static e => e.FirstSeenAt)];
    }

    private static TableEntity RowOf(OperationException exception) => new(Partition, exception.Fingerprint)
    {
        ["Type"] = exception.Type, ["Subject"] = exception.Subject, ["Owner"] = exception.Owner, ["Count"] = exception.Count, ["DueAt"] = exception.DueAt, ["Open"] = exception.ResolvedAt is null,
        [Document] = JsonSerializer.Serialize(exception, OperationsJson.Default.OperationException),
    };

    private static OperationException Read(TableEntity row) => JsonSerializer.Deserialize(row.GetString(Document), OperationsJson.Default.OperationException)!;
}
