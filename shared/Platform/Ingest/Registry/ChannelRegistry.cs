using Microsoft.Extensions.Logging;
using Stockgate.Domain;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Ingest.Registry;

/// <summary>The channels of the API, read again every ten seconds: a change holds everywhere after that.</summary>
public sealed class ChannelRegistry(ChannelStore store, ChannelSecrets secrets, TimeProvider time, ILogger<ChannelRegistry> logger)
    : IDisposable
{
    private static readonly TimeSpan ReadEvery = TimeSpan.FromSeconds(10);

    // All of them at once, so that requests for names that nobody has cost no storage.
    private readonly Refreshed<Dictionary<string, ChannelSetup>> all = new(ReadEvery, time);

    private readonly Dictionary<string, string> logged = new(StringComparer.OrdinalIgnoreCase);

    public async Task<ChannelSetup?> FindAsync(string name, CancellationToken cancellationToken) =>
        (await all.GetAsync(ReadAsync, cancellationToken)).GetValueOrDefault(name);

    /// <summary>A change here is visible at once.</summary>
    public void Forget() => all.Forget();

    public void Dispose() => all.Dispose();

    /// <summary>The channel of a row, or what is wrong with it.</summary>
    public ChannelSetup SetupOf(StoredChannel stored)
    {
        if (stored.Document is not { } document)
            return new ChannelSetup(stored.Name, null, null, ["The stored channel can't be read; put it again."]);
        secrets.Resolve(document.Setup);
        var opened = document.Secrets.Select(secret => secrets.Open(stored.Name, secret)).ToList();
        List<string> mistakes =
        [
            .. ChannelCheck.MistakesIn(document.Setup).Select(static m => $"{m.Field} {m.Reason}."),
            .. opened.Select(static o => o.Mistake).OfType<string>(),
        ];
        mistakes.AddRange(
            opened
                .Select(o => o.Secret is { } secret ? ChannelForm.MistakeIn(document.Setup.Scheme, secret) : null)
                .OfType<string>()
                .Select(static m => $"A secret {m}.")
        );
        return mistakes.Count > 0
            ? new ChannelSetup(stored.Name, document.Setup, null, mistakes)
            : new ChannelSetup(
                stored.Name,
                document.Setup,
                ChannelForm.Of(new ChannelId(stored.Name), document.Setup, opened.Select(static o => o.Secret!)),
                []
            );
    }

    private async Task<Dictionary<string, ChannelSetup>> ReadAsync(CancellationToken cancellationToken)
    {
        var setups = (await store.ListAsync(cancellationToken)).Select(SetupOf).ToList();
        foreach (var setup in setups)
            Log(setup);
        return setups.ToDictionary(static s => s.Name, StringComparer.OrdinalIgnoreCase);
    }

    // Once, and again when it changes: not every ten seconds.
    private void Log(ChannelSetup setup)
    {
        var mistakes = string.Join(" ", setup.Mistakes);
        if (mistakes.Length > 0 && logged.GetValueOrDefault(setup.Name) != mistakes)
            logger.LogError("Channel {Channel} can't be used: {Mistakes}", setup.Name, mistakes);
        logged[setup.Name] = mistakes;
    }
}
