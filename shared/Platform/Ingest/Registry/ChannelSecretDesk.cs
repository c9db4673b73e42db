namespace Stockgate.Platform.Ingest.Registry;

/// <summary>A secret to be added: one that the vendor made, a setting that has it, or neither, and it is made here.</summary>
public sealed record NewSecret(string? Secret = null, string? Setting = null);

/// <summary>A secret that was added.</summary>
/// <param name="Secret">Shown this once, and only where it was made here.</param>
public sealed record AddedSecret(string Id, string? Secret);

/// <summary>Adds and deletes secrets of channels of the API.</summary>
public sealed class ChannelSecretDesk(
    Channels channels,
    ChannelStore store,
    ChannelSecrets secrets,
    ChannelChanges changes,
    TimeProvider time
)
{
    private const int MostSecrets = 2,
        FewestCharacters = 8,
        MostCharacters = 8192;

    /// <exception cref="ProblemException">Two are live, or it does not fit the scheme.</exception>
    public async Task<AddedSecret> AddAsync(string name, NewSecret added, string by, CancellationToken cancellationToken)
    {
        var (before, document) = await FindAsync(name, cancellationToken);
        if (document.Secrets.Count >= MostSecrets)
            throw RegistryProblems.TwoSecrets();
        var made = added is { Secret: null, Setting: null } ? ChannelSecrets.New(document.Setup.Scheme) : null;
        Check(document.Setup.Scheme, added, made);
        var id = ChannelSecrets.NewId();
        var sealedSecret = added.Setting is null ? secrets.Seal(made ?? added.Secret!, document.Name, id) : null;
        var stored = new StoredSecret(id, time.GetUtcNow(), by, sealedSecret, added.Setting);
        await changes.WriteAsync(
            Changed(document, [.. document.Secrets, stored], by),
            before,
            $"added secret {id}",
            null,
            cancellationToken
        );
        return new AddedSecret(id, made);
    }

    /// <exception cref="ProblemException">There is none of this id.</exception>
    public async Task DeleteAsync(string name, string id, string by, CancellationToken cancellationToken)
    {
        var (before, document) = await FindAsync(name, cancellationToken);
        var kept = document.Secrets.Where(secret => secret.Id != id).ToList();
        if (kept.Count == document.Secrets.Count)
            throw RegistryProblems.UnknownSecret(id);
        await changes.WriteAsync(Changed(document, kept, by), before, $"deleted secret {id}", null, cancellationToken);
    }

    private void Check(ChannelScheme scheme, NewSecret added, string? made)
    {
        if (added is { Secret: not null, Setting: not null })
            throw RegistryProblems.Unfit("setting", "and secret are sent; send one of them, or neither for a new secret");
        if (added.Setting is not null && secrets.Referred(added.Setting) is null)
            throw RegistryProblems.Unfit("setting", $"must name a setting that is there and begins with {ChannelSecrets.SettingPrefix}");
        if (added.Setting is null && !secrets.CanSeal)
            throw RegistryProblems.NoKey();
        if ((added.Setting is { } setting ? secrets.Referred(setting) : made ?? added.Secret) is not { } secret)
            throw RegistryProblems.Unfit("secret", "is missing: this scheme's secrets are made by the vendor");
        if (secret.Length is < FewestCharacters or > MostCharacters)
            throw RegistryProblems.Unfit("secret", $"must have {FewestCharacters} to {MostCharacters} characters");
        if (ChannelForm.MistakeIn(scheme, secret) is { } mistake)
            throw RegistryProblems.Unfit("secret", mistake);
    }

    private async Task<(StoredChannel Before, ChannelDocument Document)> FindAsync(string name, CancellationToken cancellationToken)
    {
        if (channels.OfSetting(name) is not null)
            throw RegistryProblems.OfSettings(name);
        var before = await store.FindAsync(name, cancellationToken) ?? throw RegistryProblems.Unknown(name);
        return (before, before.Document ?? throw RegistryProblems.Unreadable(name));
    }

    private ChannelDocument Changed(ChannelDocument document, IReadOnlyList<StoredSecret> kept, string by) =>
        document with
        {
            Secrets = kept,
            ChangedAt = time.GetUtcNow(),
            ChangedBy = by,
        };
}
