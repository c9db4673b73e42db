using System.Net;

namespace Stockgate.Platform.Signatures;

/// <summary>No signature at all, for programs on the same machine: every address on the way must be a loopback address.</summary>
public static class LoopbackClient
{
    public const string ForwardedFor = "X-Forwarded-For";

    /// <param name="client">The connection's address: without a known client it is the Functions host's, which is local.</param>
    /// <param name="forwardedFor">What the host says of the way; without it nothing is known of the client.</param>
    public static SignatureVerdict Verify(IPAddress? client, string? forwardedFor) =>
        client is not null
        && IPAddress.IsLoopback(client)
        && !string.IsNullOrEmpty(forwardedFor)
        && Array.TrueForAll(forwardedFor.Split(','), IsLoopback)
            ? SignatureVerdict.Valid
            : SignatureVerdict.Wrong;

    private static bool IsLoopback(string address) => IPAddress.TryParse(address.Trim(), out var known) && IPAddress.IsLoopback(known);
}
