using System.Security.Cryptography;
using System.Text;

namespace Stockgate.Platform.Ingest.Registry;

/// <summary>AES-256-GCM of a secret. It opens only for the channel and the id that it was sealed for.</summary>
internal static class SecretCipher
{
    private const int NonceBytes = 12,
        TagBytes = 16;

    /// <returns>Nonce, tag and cipher text, base64.</returns>
    public static string Seal(byte[] key, string secret, string channel, string id)
    {
        var plain = Encoding.UTF8.GetBytes(secret);
        var sealedBytes = new byte[NonceBytes + TagBytes + plain.Length];
        var (nonce, tag, cipher) = Parts(sealedBytes);
        RandomNumberGenerator.Fill(nonce.Span);
        using var aes = new AesGcm(key, TagBytes);
        aes.Encrypt(nonce.Span, plain, cipher.Span, tag.Span, Context(channel, id));
        CryptographicOperations.ZeroMemory(plain);
        return Convert.ToBase64String(sealedBytes);
    }

    /// <exception cref="CryptographicException">Another key, another channel, another id, or it was changed.</exception>
    public static string Open(byte[] key, string text, string channel, string id)
    {
        var sealedBytes = Convert.FromBase64String(text);
        if (sealedBytes.Length < NonceBytes + TagBytes)
            throw new CryptographicException("Too short.");
        var (nonce, tag, cipher) = Parts(sealedBytes);
        var plain = new byte[cipher.Length];
        using var aes = new AesGcm(key, TagBytes);
        aes.Decrypt(nonce.Span, cipher.Span, tag.Span, plain, Context(channel, id));
        return Encoding.UTF8.GetString(plain);
    }

    private static (Memory<byte> Nonce, Memory<byte> Tag, Memory<byte> Cipher) Parts(byte[] all) =>
        (all.AsMemory(0, NonceBytes), all.AsMemory(NonceBytes, TagBytes), all.AsMemory(NonceBytes + TagBytes));

    private static byte[] Context(string channel, string id) => Encoding.UTF8.GetBytes($"{channel.ToUpperInvariant()}|{id}");
}
