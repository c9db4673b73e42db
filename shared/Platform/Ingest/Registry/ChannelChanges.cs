using System.Text.Json;
using Stockgate.Domain.Operations;
using Stockgate.Platform.Operations;

namespace Stockgate.Platform.Ingest.Registry;

/// <summary>Writes changes of channels. Each is on the decision log before it holds.</summary>
public sealed class ChannelChanges(ChannelStore store, ChannelRegistry registry, DecisionLog decisions)
{
    /// <param name="document">The channel as it will be.</param>
    /// <param name="before">As it was; null if it is new.</param>
    /// <param name="decision">What was done, in two or three words.</param>
    /// <param name="setup">What was put; null where that stays.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="ProblemException">Somebody else changed it meanwhile.</exception>
    public async Task WriteAsync(
        ChannelDocument document,
        StoredChannel? before,
        string decision,
        ChannelOptions? setup,
        CancellationToken cancellationToken
    )
    {
        // On the chain first: a channel that takes events is always accounted for. No secret is in it, not even encrypted.
        await decisions.AppendAsync(
            new DecisionRecord
            {
                Subject = $"channel {document.Name}",
                DecidedAt = document.ChangedAt,
                Decision = decision,
                DecidedBy = document.ChangedBy,
                Inputs = setup is null ? [] : [new DecisionInput("setup", Text(setup), document.ChangedBy, null)],
            },
            cancellationToken
        );
        if (!await store.TryWriteAsync(document, before, cancellationToken))
            throw RegistryProblems.Meanwhile();
        registry.Forget();
    }

    private static string Text(ChannelOptions setup) => JsonSerializer.Serialize(setup, ChannelJson.Default.ChannelOptions);
}
