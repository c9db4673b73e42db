using System.Net;

namespace Stockgate.Platform.Signatures;

/// <summary>No signature at all, for programs on the same machine: every address on the way must be a loopback address.</summary>
public static class LoopbackClient
{
    public const string ForwardedFor = "X-Forwarded-For",
        OriginalFor = "X-Original-For";

    /// <param name="client">The connection's address: where the way is not known it is the Functions host's, which is local.</param>
    /// <param name="forwardedFor">Addresses that the web server has not taken for the client's.</param>
    /// <param name="originalFor">Set by the web server where it took the client's address from the host.</param>
    public static SignatureVerdict Verify(IPAddress? client, string? forwardedFor, string? originalFor)
    {
        var isKnown = !string.IsNullOrEmpty(forwardedFor) || !string.IsNullOrEmpty(originalFor);
        var others = string.IsNullOrEmpty(forwardedFor) ? [] : forwardedFor.Split(',');
        return isKnown && client is not null && IPAddress.IsLoopback(client) && Array.TrueForAll(others, IsLoopback)
            ? SignatureVerdict.Valid
            : SignatureVerdict.Wrong;
    }

    private static bool IsLoopback(string address) => IPAddress.TryParse(address.Trim(), out var known) && IPAddress.IsLoopback(known);
}
