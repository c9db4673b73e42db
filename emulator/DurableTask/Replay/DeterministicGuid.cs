using System.Security.Cryptography;
using System.Text;

namespace Stockgate.Emulator.DurableTask.Replay;

/// <summary>Name-based identifiers (RFC 9562, version 5), so that a replay makes the same ones again.</summary>
internal static class DeterministicGuid
{
    private static readonly byte[] Namespace = new Guid("9e952958-5e33-4daf-827f-2fa12937b875").ToByteArray(bigEndian: true);

    public static Guid Of(string name)
    {
        // SHA-1 is what version 5 is defined by; nothing here depends on it being hard to reverse.
        var hash = SHA1.HashData([.. Namespace, .. Encoding.UTF8.GetBytes(name)]).AsSpan(0, 16);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash, bigEndian: true);
    }
}
