using System.Security.Cryptography;
using Stockgate.Functions.Tests.Settings;
using Stockgate.Platform.Ingest.Registry;

namespace Stockgate.Functions.Tests.Ingest;

public class SecretCipherTests
{
    private static readonly byte[] Key = RandomNumberGenerator.GetBytes(32);

    [Fact]
    public void A_secret_opens_for_its_channel_and_id_alone()
    {
        var text = SecretCipher.Seal(Key, "hush ü", "Shop", "1");
        Assert.Equal("hush ü", SecretCipher.Open(Key, text, "shop", "1"));
        Assert.ThrowsAny<CryptographicException>(() => SecretCipher.Open(Key, text, "other", "1"));
        Assert.ThrowsAny<CryptographicException>(() => SecretCipher.Open(Key, text, "shop", "2"));
        Assert.ThrowsAny<CryptographicException>(() => SecretCipher.Open(RandomNumberGenerator.GetBytes(32), text, "shop", "1"));
    }

    [Fact]
    public void A_changed_or_cut_text_does_not_open()
    {
        var bytes = Convert.FromBase64String(SecretCipher.Seal(Key, "hush", "shop", "1"));
        bytes[^1] ^= 1;
        Assert.ThrowsAny<CryptographicException>(() => SecretCipher.Open(Key, Convert.ToBase64String(bytes), "shop", "1"));
        Assert.ThrowsAny<CryptographicException>(() => SecretCipher.Open(Key, "AAAA", "shop", "1"));
    }

    [Fact]
    public void No_two_texts_of_a_secret_are_the_same() =>
        Assert.NotEqual(SecretCipher.Seal(Key, "hush", "shop", "1"), SecretCipher.Seal(Key, "hush", "shop", "1"));

    [Theory]
    [InlineData("SUPERSECRET")]
    [InlineData("AAAA")]
    public void A_key_of_another_length_is_a_mistake_and_not_shown(string key)
    {
        var mistake = Assert.Single(App.Mistakes(("Access:SecretsKey", key)));
        Assert.Contains("Access__SecretsKey", mistake, StringComparison.Ordinal);
        Assert.DoesNotContain(key, mistake, StringComparison.Ordinal);
    }
}
