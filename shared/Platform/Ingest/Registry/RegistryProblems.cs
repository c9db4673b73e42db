using Microsoft.AspNetCore.Http;

namespace Stockgate.Platform.Ingest.Registry;

/// <summary>Why a change of a channel is refused.</summary>
internal static class RegistryProblems
{
    public static ProblemException Unknown(string name) =>
        new(
            StatusCodes.Status404NotFound,
            "unknown-channel",
            "Unknown channel",
            $"No channel is named '{name}'. GET /api/v1/channels lists them.",
            "name"
        );

    public static ProblemException UnknownSecret(string id) =>
        new(StatusCodes.Status404NotFound, "unknown-secret", "Unknown secret", $"The channel has no secret '{id}'.", "id");

    public static ProblemException Unfit(string field, string reason) =>
        new(StatusCodes.Status400BadRequest, "unfit-channel", "Invalid request", $"{field} {reason}.", field);

    public static ProblemException OfSettings(string name) =>
        Conflict("channel-of-settings", $"Channel '{name}' is of the settings (Channels__{name}__…) and is changed there.");

    public static ProblemException Unreadable(string name) =>
        Conflict("channel-unreadable", $"What is stored of channel '{name}' can't be read. Put the channel again; then add its secrets.");

    public static ProblemException SchemeWithSecrets() =>
        Conflict(
            "channel-secrets",
            "A secret of one scheme is none of another. Delete the channel's secrets before you change its scheme."
        );

    public static ProblemException TwoSecrets() =>
        Conflict("two-secrets", "Two secrets are live. Delete the one that the sender does not use any more.");

    public static ProblemException NoKey() =>
        Conflict(
            "secrets-key",
            $"Secrets can't be encrypted: the setting {SecretsOptions.Section}__SecretsKey is missing. "
                + $"Set it, or send the name of a setting ({ChannelSecrets.SettingPrefix}…) that has the secret."
        );

    public static ProblemException Meanwhile() =>
        Conflict("changed-meanwhile", "Somebody changed the channel at this moment. Look at it and send your change again.");

    private static ProblemException Conflict(string slug, string detail) =>
        new(StatusCodes.Status409Conflict, slug, "Not possible", detail);
}
