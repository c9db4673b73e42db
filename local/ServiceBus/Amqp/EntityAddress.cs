using Microsoft.Azure.Amqp.Framing;

namespace Stockgate.Local.ServiceBus.Amqp;

/// <summary>What a link is attached to: an entity, its <c>$management</c> node, or <c>$cbs</c>.</summary>
internal readonly record struct EntityAddress(string Entity, NodeKind Kind)
{
    private const string Cbs = "$cbs",
        Management = "/$management";

    /// <summary>Clients write addresses with or without a leading slash, and escaped.</summary>
    public static EntityAddress Parse(Address? address)
    {
        var path = Uri.UnescapeDataString(address?.ToString() ?? "").Trim('/');
        if (path.Equals(Cbs, StringComparison.OrdinalIgnoreCase))
            return new EntityAddress("", NodeKind.Cbs);
        return path.EndsWith(Management, StringComparison.OrdinalIgnoreCase)
            ? new EntityAddress(path[..^Management.Length], NodeKind.Management)
            : new EntityAddress(path, NodeKind.Entity);
    }
}

/// <summary>The kinds of nodes that links attach to.</summary>
internal enum NodeKind
{
    Entity,
    Management,
    Cbs,
}
