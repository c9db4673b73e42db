using System.ComponentModel.DataAnnotations;
using Stockgate.Domain;
using Stockgate.Platform.Settings;

namespace Stockgate.Platform.Access;

/// <summary>The first key, and the switch that stops agents.</summary>
public sealed class AccessOptions : IValidatableObject
{
    /// <summary>The fewest characters of the admin key.</summary>
    public const int AdminKeyCharacters = 32;

    [Setting(
        "32 characters and more",
        "the key that creates the first API key, role `admin` and no other; may be removed when there is another admin"
    )]
    public string? AdminKey { get; set; }

    [Setting("", "true refuses every caller with the role `agent` at once")]
    public bool AgentsOff { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        AdminKey is null or "" || AdminKey.Length >= AdminKeyCharacters
            ? []
            : [new($"must have at least {AdminKeyCharacters} characters: openssl rand -base64 32 makes one", [nameof(AdminKey)])];
}
