using System.Text.RegularExpressions;

namespace Stockgate.Platform.Ingest.Registry;

/// <summary>Shows channels and sets them up.</summary>
public sealed partial class ChannelDesk(
    Channels channels,
    ChannelStore store,
    ChannelRegistry registry,
    ChannelSecrets secrets,
    ChannelChanges changes,
    TimeProvider time
)
{
    /// <summary>All channels, by name; one of the settings hides one of the API of the same name.</summary>
    public async Task<IReadOnlyList<ChannelView>> ListAsync(CancellationToken cancellationToken)
    {
        var ofSettings = channels.OfSettings.Select(ChannelView.OfSettings).ToList();
        var ofRows = (await store.ListAsync(cancellationToken))
            .Where(row => channels.OfSetting(row.Name) is null)
            .Select(row => ChannelView.OfRow(row, registry.SetupOf(row)));
        return [.. ofSettings.Concat(ofRows).OrderBy(static c => c.Name, StringComparer.OrdinalIgnoreCase)];
    }

    /// <exception cref="ProblemException">There is none of this name.</exception>
    public async Task<ChannelView> GetAsync(string name, CancellationToken cancellationToken)
    {
        if (channels.OfSetting(name) is { } setup)
            return ChannelView.OfSettings(setup);
        var row = await store.FindAsync(name, cancellationToken) ?? throw RegistryProblems.Unknown(name);
        return ChannelView.OfRow(row, registry.SetupOf(row));
    }

    /// <summary>Creates or changes a channel.</summary>
    /// <exception cref="ProblemException">It is of the settings, or has a mistake.</exception>
    public async Task<ChannelView> PutAsync(string name, ChannelOptions setup, string by, CancellationToken cancellationToken)
    {
        if (channels.OfSetting(name) is not null)
            throw RegistryProblems.OfSettings(name);
        if (!Name().IsMatch(name))
            throw RegistryProblems.Unfit("name", "must be 1 to 64 letters, digits, dots, dashes and underscores, a letter or digit first");
        secrets.Resolve(setup);
        if (ChannelCheck.MistakesIn(setup).FirstOrDefault() is { } mistake)
            throw RegistryProblems.Unfit(mistake.Field, mistake.Reason);
        var before = await store.FindAsync(name, cancellationToken);
        var known = before?.Document;
        if (known is { Secrets.Count: > 0 } && known.Setup.Scheme != setup.Scheme)
            throw RegistryProblems.SchemeWithSecrets();
        var document = new ChannelDocument(before?.Name ?? name, setup, known?.Secrets ?? [], time.GetUtcNow(), by);
        await changes.WriteAsync(document, before, before is null ? "created" : "changed", setup, cancellationToken);
        return await GetAsync(name, cancellationToken);
    }

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}\z")]
    private static partial Regex Name();
}
