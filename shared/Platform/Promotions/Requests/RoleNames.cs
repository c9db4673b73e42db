using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Stockgate.Domain;
using Stockgate.Domain.Access;
using Stockgate.Platform.Operations;

namespace Stockgate.Platform.Promotions.Requests;

/// <summary>
/// Finds mistyped roles. Policies may name roles of their own. One letter off a known role is a typing mistake, and gives nobody the role
/// that was meant; further off it may be a word of the retailer's, and an app must not stay down for it.
/// </summary>
internal sealed class RoleNames
{
    /// <summary>Checks the settings themselves, so that another mistake in people or promotions hides no mistyped role.</summary>
    /// <exception cref="OptionsValidationException">A role is mistyped.</exception>
    public void Check(IConfiguration configuration)
    {
        string[] known = [.. Role.Known, .. RolesIn(configuration.GetSection("Promotions:Approvals")).Select(static r => r.Role)];
        List<string> mistyped =
        [
            .. from given in RolesIn(configuration.GetSection("People"))
            where !known.Contains(given.Role, StringComparer.OrdinalIgnoreCase)
            let meant = NearestName.To(given.Role, known, most: 1)
            where meant is not null
            select $"The setting {given.Setting} has the role '{given.Role}', which is unknown; did you mean '{meant}'?",
        ];
        if (mistyped.Count > 0)
            throw new OptionsValidationException("People", typeof(PeopleOptions), mistyped);
    }

    private static IEnumerable<(string Setting, string Role)> RolesIn(IConfigurationSection section) =>
        from setting in section.AsEnumerable()
        where setting.Key.Contains(":Roles", StringComparison.OrdinalIgnoreCase)
        from role in (setting.Value ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        select (setting.Key.Replace(":", "__", StringComparison.Ordinal), role);
}
