namespace Stockgate.Domain.Access;

/// <summary>A key that is asked for.</summary>
/// <param name="Name">Of the person or client, at most 80 characters.</param>
/// <param name="Roles">1 to 10.</param>
/// <param name="Channels">Of a partner, and only of a partner: each channel by its name. Without any it reads nothing.</param>
/// <param name="ExpiresAt">At most 400 days ahead; null: in 90 days.</param>
public sealed record KeyRequest(
    string? Name,
    IReadOnlyList<string>? Roles,
    IReadOnlyList<string>? Channels = null,
    DateTimeOffset? ExpiresAt = null
)
{
    public const int NameCharacters = 80;

    /// <summary>How long a key holds that says nothing else.</summary>
    public static readonly TimeSpan UsualLife = TimeSpan.FromDays(90);

    public static readonly TimeSpan LongestLife = TimeSpan.FromDays(400);

    private const int WordCharacters = 40,
        MostRoles = 10,
        MostChannels = 100;

    /// <returns>What is wrong with it; empty if the key can be created.</returns>
    public IReadOnlyList<Rejection> Check(DateTimeOffset now)
    {
        var mistakes = new List<Rejection>();
        void Demand(bool right, string field, string reason)
        {
            if (!right)
                mistakes.Add(new Rejection(field, reason));
        }
        var (roles, channels) = (Roles ?? [], Channels ?? []);
        Demand(IsName(Name), "name", $"must be 1 to {NameCharacters} letters, digits, spaces and . - _ ' @, without space at its ends");
        Demand(roles.Count is >= 1 and <= MostRoles, "roles", $"must have 1 to {MostRoles} roles");
        Demand(roles.All(IsWord), "roles", $"must be words of small letters, digits and -, at most {WordCharacters} characters each");
        Demand(
            roles.Count <= 1 || !roles.Any(static r => Role.Alone.Contains(r)),
            "roles",
            $"must be {string.Join(" or ", Role.Alone)} alone: such a key has no other role"
        );
        Demand(
            channels.Count == 0 || roles.Contains(Role.Partner),
            "channels",
            $"is only for the role {Role.Partner}; other roles are not bound to channels"
        );
        Demand(
            channels.Count <= MostChannels && channels.All(static c => c is { Length: > 0 and <= WordCharacters } && c != "*"),
            "channels",
            $"must name each channel, at most {MostChannels}; * is not taken for all of them"
        );
        Demand(
            ExpiresAt is not { } end || (end > now && end <= now + LongestLife),
            "expiresAt",
            $"must be in the future, at most {LongestLife.TotalDays:0} days ahead"
        );
        return mistakes;
    }

    private static bool IsName(string? name) =>
        name is { Length: > 0 and <= NameCharacters }
        && name.Trim() == name
        && name.IsNormalized()
        && name.All(static c => char.IsLetterOrDigit(c) || c is ' ' or '.' or '-' or '_' or '\'' or '@');

    private static bool IsWord(string? role) =>
        role is { Length: > 0 and <= WordCharacters }
        && role.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}
