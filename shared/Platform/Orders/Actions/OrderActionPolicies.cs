using Stockgate.Domain.Orders.Actions;
using Stockgate.Platform.Operations;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Orders.Actions;

/// <summary>The policy of order actions, every version of it.</summary>
public sealed class OrderActionPolicies(StateTables tables, DecisionLog decisions, TimeProvider time)
    : PolicyVersions<OrderActionPolicy>(Kind, tables, decisions, time)
{
    public const string Subject = "policy order-actions";

    private static readonly PolicyKind<OrderActionPolicy> Kind = new(
        "order-actions",
        "order actions",
        OrderActionPolicy.DefaultJson,
        static json => OrderActionPolicy.Read(json.Span) is var reading ? (reading.Policy, reading.Mistakes) : default,
        static policy => policy.Version
    );
}
