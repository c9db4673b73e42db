using System.ComponentModel.DataAnnotations;
using Stockgate.Domain;

namespace Stockgate.Platform.Ingest.Registry;

/// <summary>How secrets that the API was given are kept.</summary>
public sealed class SecretsOptions : IValidatableObject
{
    internal const string Section = "Access";

    private const int KeyBytes = 32;

    [Setting("32 bytes, base64", "encrypts channels' secrets that the API was given; in Azure a Key Vault reference")]
    public string? SecretsKey { get; set; }

    /// <summary>Null where there is none.</summary>
    internal byte[]? Key => string.IsNullOrWhiteSpace(SecretsKey) ? null : Convert.FromBase64String(SecretsKey);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        Span<byte> key = stackalloc byte[KeyBytes + 1];
        if (!string.IsNullOrWhiteSpace(SecretsKey) && !(Convert.TryFromBase64String(SecretsKey, key, out var length) && length == KeyBytes))
            yield return new($"is not base64 of {KeyBytes} bytes", [nameof(SecretsKey)]);
    }
}
