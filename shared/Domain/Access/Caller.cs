namespace Stockgate.Domain.Access;

/// <summary>Who sends a request: a person or a program, as its credential says.</summary>
/// <param name="Name">Kept with what they decide.</param>
/// <param name="Roles">What they may do.</param>
/// <param name="Channels">Of a partner: whose records it may read. Empty: none.</param>
public sealed record Caller(string Name, IReadOnlySet<string> Roles, IReadOnlySet<string> Channels)
{
    /// <summary>A program that acts by itself.</summary>
    public bool IsAgent => Has(Role.Agent);

    /// <summary>
    /// The caller of a credential. One that has a role of <see cref="Role.Alone"/> has no other, whatever its credential says: an identity
    /// provider may hand out several.
    /// </summary>
    public static Caller Of(string name, IEnumerable<string> roles, IEnumerable<string> channels)
    {
        var all = roles.ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (Role.Alone.FirstOrDefault(all.Contains) is { } alone)
            all = new HashSet<string>([alone], StringComparer.OrdinalIgnoreCase);
        return new(name, all, channels.ToHashSet(StringComparer.Ordinal));
    }

    public bool Has(string role) => Roles.Contains(role);

    /// <summary>Whether they may read a channel's records: a partner only those of its own channels.</summary>
    public bool MayRead(string channel) => !Has(Role.Partner) || Channels.Contains(channel);
}
