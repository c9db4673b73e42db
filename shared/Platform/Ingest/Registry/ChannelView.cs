namespace Stockgate.Platform.Ingest.Registry;

/// <summary>What the API shows of a secret.</summary>
/// <param name="Id">To delete it.</param>
/// <param name="Setting">The setting that has it; null where it is stored encrypted.</param>
public sealed record SecretView(string Id, DateTimeOffset? AddedAt, string? AddedBy, string? Setting);

/// <summary>What the API shows of a channel.</summary>
/// <param name="ReadOnly">It is of the settings, and changed there.</param>
/// <param name="Setup">What can be put; null where it can't be read.</param>
/// <param name="Mistakes">Why nothing is accepted; none where it works.</param>
public sealed record ChannelView(
    string Name,
    bool ReadOnly,
    ChannelOptions? Setup,
    IReadOnlyList<SecretView> Secrets,
    IReadOnlyList<string> Mistakes,
    DateTimeOffset? ChangedAt = null,
    string? ChangedBy = null
)
{
    internal static ChannelView OfSettings(ChannelSetup setup) =>
        new(
            setup.Name,
            ReadOnly: true,
            setup.Options,
            [.. setup.Options?.Secrets.Keys.Select(number => SecretOf(setup.Name, number)) ?? []],
            setup.Mistakes
        );

    internal static ChannelView OfRow(StoredChannel stored, ChannelSetup setup) =>
        new(
            stored.Name,
            ReadOnly: false,
            setup.Options,
            [.. (stored.Document?.Secrets ?? []).Select(static s => new SecretView(s.Id, s.AddedAt, s.AddedBy, s.Setting))],
            setup.Mistakes,
            stored.Document?.ChangedAt,
            stored.Document?.ChangedBy
        );

    private static SecretView SecretOf(string name, int number) =>
        new($"{number}", null, null, $"{ChannelsOptions.Section}__{name}__Secrets__{number}");
}
