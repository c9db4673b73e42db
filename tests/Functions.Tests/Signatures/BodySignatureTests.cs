using System.Security.Cryptography;
using System.Text;
using Stockgate.Platform.Signatures;
using static Stockgate.Platform.Signatures.SignatureVerdict;

namespace Stockgate.Functions.Tests.Signatures;

public class BodySignatureTests
{
    private const string Url = "https://retailer.example/api/v1/channels/square/events";

    private static readonly byte[] Body = Encoding.UTF8.GetBytes("""{"id":1}"""),
        Secret = Encoding.UTF8.GetBytes("hush"),
        Other = Encoding.UTF8.GetBytes("other");

    private static string Signed(string before, byte[] secret) =>
        Convert.ToBase64String(HMACSHA256.HashData(secret, (byte[])[.. Encoding.UTF8.GetBytes(before), .. Body]));

    private static SignatureVerdict WooCommerce(string? signature, byte[]? body = null, params byte[][] secrets) =>
        WooCommerceSignature.Verify(secrets, signature, body ?? Body);

    private static SignatureVerdict Square(string? signature, byte[]? body = null, params byte[][] secrets) =>
        SquareSignature.Verify(secrets, signature, Url, body ?? Body);

    [Fact]
    public void A_delivery_of_WooCommerce_is_valid_with_either_secret()
    {
        Assert.Equal(Valid, WooCommerce(Signed("", Secret), null, Secret));
        Assert.Equal(Valid, WooCommerce(Signed("", Secret), null, Other, Secret));
    }

    [Fact]
    public void Anything_else_of_WooCommerce_is_wrong()
    {
        Assert.Equal(Wrong, WooCommerce(Signed("", Other), null, Secret));
        Assert.Equal(Wrong, WooCommerce(Signed("", Secret), [.. Body, 32], Secret));
        Assert.Equal(Wrong, WooCommerce(Signed("", Secret), null));
        Assert.Equal(Missing, WooCommerce(null, null, Secret));
        Assert.Equal(Missing, WooCommerce("", null, Secret));
    }

    [Fact]
    public void A_delivery_of_Square_is_valid_with_either_key()
    {
        Assert.Equal(Valid, Square(Signed(Url, Secret), null, Secret));
        Assert.Equal(Valid, Square(Signed(Url, Secret), null, Other, Secret));
    }

    [Fact]
    public void Anything_else_of_Square_is_wrong()
    {
        Assert.Equal(Wrong, Square(Signed("", Secret), null, Secret));
        Assert.Equal(Wrong, Square(Signed(Url + "/", Secret), null, Secret));
        Assert.Equal(Wrong, Square(Signed(Url, Other), null, Secret));
        Assert.Equal(Wrong, Square(Signed(Url, Secret), Encoding.UTF8.GetBytes("{}"), Secret));
        Assert.Equal(Wrong, Square(Signed(Url, Secret), null));
        Assert.Equal(Missing, Square(null, null, Secret));
    }
}
