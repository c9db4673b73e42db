using Azure;
using Azure.Data.Tables;
using Stockgate.Domain;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Outbound;

/// <summary>The states of all channels in the table <c>OutboundChannels</c>: one row each.</summary>
internal sealed class ChannelStates(StateTables tables)
{
    private const string Partition = "channel";

    public async Task<IReadOnlyDictionary<SalesChannelId, ChannelState>> ReadAsync(CancellationToken cancellationToken)
    {
        var states = new Dictionary<SalesChannelId, ChannelState>();
        await foreach (
            var row in tables.OutboundChannels.QueryAsync<TableEntity>(
                TableClient.CreateQueryFilter($"PartitionKey eq {Partition}"),
                cancellationToken: cancellationToken
            )
        )
            if (Read(row) is var state)
                states[state.Channel] = state;
        return states;
    }

    public async Task<(ChannelState State, ETag? Version)> FindAsync(
        SalesChannelId channel,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var found = await tables.OutboundChannels.GetEntityIfExistsAsync<TableEntity>(
            Partition,
            RowKeys.Of(channel.Value),
            cancellationToken: cancellationToken
        );
        return found.HasValue ? (Read(found.Value!), found.Value!.ETag) : (ChannelState.New(channel, now), null);
    }

    /// <returns>False on a concurrent write.</returns>
    public async Task<bool> TryWriteAsync(ChannelState state, ETag? version, CancellationToken cancellationToken)
    {
        try
        {
            if (version is { } read)
                await tables.OutboundChannels.UpdateEntityAsync(RowOf(state), read, TableUpdateMode.Replace, cancellationToken);
            else
                await tables.OutboundChannels.AddEntityAsync(RowOf(state), cancellationToken);
            return true;
        }
        catch (RequestFailedException lost) when (lost.Status is 409 or 412)
        {
            return false;
        }
    }

    private static TableEntity RowOf(ChannelState state)
    {
        var row = new TableEntity(Partition, RowKeys.Of(state.Channel.Value))
        {
            ["Channel"] = state.Channel.Value,
            ["Condition"] = state.Condition.ToString(),
            ["Since"] = state.Since,
            ["Failures"] = state.Failures,
            ["Detail"] = state.Detail,
        };
        if (state.LastOkAt is { } ok)
            row["LastOkAt"] = ok;
        if (state.LastFailureAt is { } failure)
            row["LastFailureAt"] = failure;
        return row;
    }

    private static ChannelState Read(TableEntity row) =>
        new(
            new SalesChannelId(row.GetString("Channel")),
            Enum.Parse<ChannelCondition>(row.GetString("Condition")),
            row.GetDateTimeOffset("Since")!.Value,
            row.GetDateTimeOffset("LastOkAt"),
            row.GetInt32("Failures") ?? 0,
            row.GetDateTimeOffset("LastFailureAt"),
            row.GetString("Detail")
        );
}
