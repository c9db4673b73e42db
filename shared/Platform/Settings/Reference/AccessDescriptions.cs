using Stockgate.Domain.Access;

namespace Stockgate.Platform.Settings.Reference;

/// <summary>Who may call the API.</summary>
internal static class AccessDescriptions
{
    private static readonly string Roles = string.Join(", ", Role.Known.Select(static role => $"`{role}`"));

    public static SettingGroup Group { get; } =
        new(
            "Access",
            $"Every call of the API has a key of its own with roles ([operator.md](operator.md#keys)). Roles that the app asks for: {Roles}. Policies may name others.",
            [
                new(
                    "Access__AdminKey",
                    "32 characters and more",
                    "",
                    "the key that creates the first API key, role `admin` and no other; may be removed when there is another admin",
                    "0123456789abcdef0123456789abcdef"
                ),
                new("Access__AgentsOff", "true, false", "false", "true refuses every caller with the role `agent` at once", "true"),
                new(
                    "WEBSITE_AUTH_ENABLED",
                    "true, false",
                    "false",
                    "set by Azure where App Service authentication guards the app: only then `X-MS-CLIENT-PRINCIPAL` is believed",
                    "true"
                ),
            ]
        );
}
