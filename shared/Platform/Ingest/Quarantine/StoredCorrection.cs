using System.Security.Cryptography;

namespace Stockgate.Platform.Ingest.Quarantine;

/// <summary>A person's correction of a record.</summary>
/// <param name="Sha256">Of its bytes, in hex.</param>
/// <param name="Blob">Where its bytes are, in the container <c>quarantine</c>; null where they are not kept.</param>
public sealed record StoredCorrection(string Sha256, string? Blob)
{
    /// <summary>One that was refused: its digest tells it from others.</summary>
    public static StoredCorrection NotKept(ReadOnlyMemory<byte> bytes) => new(DigestOf(bytes), null);

    public static string DigestOf(ReadOnlyMemory<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes.Span));
}
