using System.Globalization;
using Azure;
using Azure.Data.Tables;
using Stockgate.Domain;
using Stockgate.Domain.Orders.Actions;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Orders.Actions;

/// <summary>An action counted against its customer's and requester's limits.</summary>
/// <param name="Money">The maximum amount; null if none.</param>
public sealed record ActionClaim(ActionId Action, DateTimeOffset At, Money? Money);

/// <summary>
/// The amounts granted or pending per customer and per requester over all orders, one partition each, by time. A claim is written before
/// the others are read, so that of two concurrent actions at least one sees the other.
/// </summary>
public sealed class ActionClaims(StateTables tables)
{
    private const string Customer = "customer",
        Requester = "requester";

    /// <summary>Notes that an action was requested, where its review has not claimed anything by then.</summary>
    public async Task NoteAsync(OrderActionRecord record, string? customer, CancellationToken cancellationToken)
    {
        foreach (var partition in PartitionsOf(record, customer))
        {
            try
            {
                var row = new TableEntity(partition, KeyOf(record)) { ["Action"] = record.Id.Value };
                await tables.OrderActions.AddEntityAsync(row, cancellationToken);
            }
            catch (RequestFailedException there) when (there.Status == 409)
            {
                // The orchestration was faster or the request was repeated: the existing claim stays.
            }
        }
    }

    /// <summary>Writes what an action claims; writing it again changes nothing.</summary>
    public async Task ClaimAsync(OrderActionRecord record, string? customer, Money? money, CancellationToken cancellationToken)
    {
        foreach (var partition in PartitionsOf(record, customer))
        {
            var row = new TableEntity(partition, KeyOf(record)) { ["Action"] = record.Id.Value };
            if (money is { } claimed)
                (row["Amount"], row["Currency"]) = (claimed.Amount.ToString(CultureInfo.InvariantCulture), claimed.Currency.Code);
            await tables.OrderActions.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellationToken);
        }
    }

    /// <summary>Gives the money of an action that will not happen free; that it was requested stays.</summary>
    public Task ReleaseAsync(OrderActionRecord record, string? customer, CancellationToken cancellationToken) =>
        ClaimAsync(record, customer, null, cancellationToken);

    /// <summary>The actions requested on a customer's orders since a time.</summary>
    public Task<IReadOnlyList<ActionClaim>> OfCustomerAsync(string customer, DateTimeOffset since, CancellationToken cancellationToken) =>
        SinceAsync(RowKeys.Of(Customer, customer), since, cancellationToken);

    /// <summary>The actions that a requester asked for since a time.</summary>
    public Task<IReadOnlyList<ActionClaim>> OfRequesterAsync(string requester, DateTimeOffset since, CancellationToken cancellationToken) =>
        SinceAsync(RowKeys.Of(Requester, requester.ToUpperInvariant()), since, cancellationToken);

    private async Task<IReadOnlyList<ActionClaim>> SinceAsync(string partition, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var found = new List<ActionClaim>();
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {TicksOf(since)}");
        await foreach (var row in tables.OrderActions.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
            found.Add(Read(row));
        return found;
    }

    private static ActionClaim Read(TableEntity row)
    {
        var at = new DateTimeOffset(long.Parse(row.RowKey.AsSpan(0, 20), CultureInfo.InvariantCulture), TimeSpan.Zero);
        // Rows of before claims had money in them name their action in the key alone.
        var action = new ActionId(row.GetString("Action") ?? row.RowKey[21..]);
        return row.GetString("Amount") is { } amount && Currency.TryParse(row.GetString("Currency") ?? "", out var currency)
            ? new ActionClaim(action, at, new Money(decimal.Parse(amount, CultureInfo.InvariantCulture), currency))
            : new ActionClaim(action, at, null);
    }

    private static IEnumerable<string> PartitionsOf(OrderActionRecord record, string? customer)
    {
        if (customer is not null)
            yield return RowKeys.Of(Customer, customer);
        yield return RowKeys.Of(Requester, record.Request.RequestedBy.ToUpperInvariant());
    }

    private static string KeyOf(OrderActionRecord record) => RowKeys.Of(TicksOf(record.RequestedAt), record.Id.Value);

    private static string TicksOf(DateTimeOffset at) => $"{at.UtcTicks:00000000000000000000}";
}
