using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Stockgate.Domain.Operations;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Operations;

/// <summary>
/// The switches that stop a part of the system. They hold on every instance within five seconds, and stand on the decision chain
/// <c>switch NAME</c> before they do.
/// </summary>
public sealed class Switches(StateTables tables, DecisionLog decisions, TimeProvider time) : IDisposable
{
    private const string Partition = "switch",
        Document = "Document";

    private readonly Refreshed<IReadOnlyDictionary<OperatingSwitch, SwitchState>> all = new(TimeSpan.FromSeconds(5), time);
    private volatile IReadOnlyDictionary<OperatingSwitch, SwitchState> last = new Dictionary<OperatingSwitch, SwitchState>();

    /// <summary>All of them, those that were never set included.</summary>
    public async Task<IReadOnlyList<SwitchState>> ListAsync(CancellationToken cancellationToken)
    {
        var set = await ReadAsync(cancellationToken);
        return [.. Enum.GetValues<OperatingSwitch>().Select(which => set.GetValueOrDefault(which) ?? SwitchState.Off(which))];
    }

    /// <summary>The switch, where it is on; null where it is off. While storage is away, as it stood before.</summary>
    public async Task<SwitchState?> OnAsync(OperatingSwitch which, CancellationToken cancellationToken)
    {
        try
        {
            last = await all.GetAsync(ReadAsync, cancellationToken);
        }
        catch (RequestFailedException)
        {
            // What needs storage fails by itself; what does not must not stop because of a switch.
        }
        return last.GetValueOrDefault(which) is { On: true } on ? on : null;
    }

    /// <summary>Sets a switch. Two people who set it at one moment are both on the chain; the later word holds.</summary>
    public async Task<SwitchState> SetAsync(OperatingSwitch which, bool on, string by, string reason, CancellationToken cancellationToken)
    {
        var state = new SwitchState(which, on, time.GetUtcNow(), by, reason);
        await decisions.AppendAsync(
            new DecisionRecord
            {
                Subject = $"switch {which}",
                DecidedAt = state.Since!.Value,
                Decision = on ? "switched on" : "switched off",
                DecidedBy = by,
                Inputs = [new DecisionInput("reason", reason, by, null)],
                TakeBack = $"Switch it {(on ? "off" : "on")} again: PUT /api/v1/switches/{which}.",
            },
            cancellationToken
        );
        await tables.Switches.UpsertEntityAsync(
            new TableEntity(Partition, which.ToString())
            {
                [Document] = JsonSerializer.Serialize(state, OperationsJson.Default.SwitchState),
            },
            TableUpdateMode.Replace,
            cancellationToken
        );
        all.Forget();
        return state;
    }

    public void Dispose() => all.Dispose();

    private async Task<IReadOnlyDictionary<OperatingSwitch, SwitchState>> ReadAsync(CancellationToken cancellationToken)
    {
        var set = new Dictionary<OperatingSwitch, SwitchState>();
        await foreach (
            var row in tables.Switches.QueryAsync<TableEntity>(
                TableClient.CreateQueryFilter($"PartitionKey eq {Partition}"),
                cancellationToken: cancellationToken
            )
        )
        {
            var state = JsonSerializer.Deserialize(row.GetString(Document), OperationsJson.Default.SwitchState)!;
            set[state.Switch] = state;
        }
        return set;
    }
}
