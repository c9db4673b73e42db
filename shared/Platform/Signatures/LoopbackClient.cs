using System.Net;

namespace Stockgate.Platform.Signatures;

/// <summary>No signature at all, for programs on the same machine: the client's address must be a loopback address.</summary>
public static class LoopbackClient
{
    public static SignatureVerdict Verify(IPAddress? client) =>
        client is not null && IPAddress.IsLoopback(client) ? SignatureVerdict.Valid : SignatureVerdict.Wrong;
}
