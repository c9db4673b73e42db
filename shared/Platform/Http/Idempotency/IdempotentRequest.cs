using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Http.Idempotency;

/// <summary>A request that has a key of its sender.</summary>
/// <param name="Partition">Whose it is.</param>
/// <param name="Row">The key, at its address: the same key at another address is another request.</param>
/// <param name="Digest">Of what is asked: query and body.</param>
public sealed record IdempotentRequest(string Partition, string Row, string Digest)
{
    /// <param name="credential">Nobody finds the answers to somebody else's requests.</param>
    public static IdempotentRequest Of(string credential, HttpRequest request, string key, ReadOnlySpan<byte> body) =>
        new(
            RowKeys.Of(credential),
            Hex($"{request.Method} {request.Path}\n{key}", default),
            // With another dryRun it is another request.
            Hex($"{request.QueryString}\n", body)
        );

    private static string Hex(string text, ReadOnlySpan<byte> bytes)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        digest.AppendData(Encoding.UTF8.GetBytes(text));
        digest.AppendData(bytes);
        return Convert.ToHexStringLower(digest.GetHashAndReset());
    }
}
