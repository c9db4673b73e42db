using System.Text.Json;

namespace Stockgate.Domain.Access;

/// <summary>
/// Who signed in at the platform's own door (App Service authentication), as its header <c>X-MS-CLIENT-PRINCIPAL</c> says: base64 of a
/// JSON object with claims. Source: https://learn.microsoft.com/azure/app-service/configure-authentication-user-identities
/// </summary>
public static class ClientPrincipal
{
    private const int LongestHeader = 32 * 1024;

    private static readonly string[] RoleClaims = ["roles", "http://schemas.microsoft.com/ws/2008/06/identity/claims/role"];

    // What is unique within the organisation comes before what a person may choose: duties are separated by name.
    private static readonly string[] NameClaims =
    [
        "preferred_username",
        "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn",
        "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress",
        "name",
        "appid",
        "azp",
    ];

    /// <returns>Null if the header can't be read or names nobody.</returns>
    public static Caller? Read(string header)
    {
        if (header.Length > LongestHeader)
            return null;
        try
        {
            using var principal = JsonDocument.Parse(Convert.FromBase64String(header));
            var claims = Claims(principal.RootElement);
            var name = NameClaims
                .SelectMany(type => claims.Where(c => c.Type == type))
                .Select(static c => c.Value.Trim())
                .FirstOrDefault(static n => n.Length is > 0 and <= KeyRequest.NameCharacters && !n.Any(char.IsControl));
            return name is null
                ? null
                : Caller.Of(name, claims.Where(static c => RoleClaims.Contains(c.Type)).Select(static c => c.Value), []);
        }
        catch (Exception unreadable) when (unreadable is FormatException or JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static List<(string Type, string Value)> Claims(JsonElement principal) =>
        principal.ValueKind == JsonValueKind.Object
        && principal.TryGetProperty("claims", out var claims)
        && claims.ValueKind == JsonValueKind.Array
            ?
            [
                .. from claim in claims.EnumerateArray()
                where claim.ValueKind == JsonValueKind.Object
                let type = Text(claim, "typ")
                let value = Text(claim, "val")
                where type is not null && value is not null
                select (type, value),
            ]
            : [];

    private static string? Text(JsonElement claim, string name) =>
        claim.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
}
