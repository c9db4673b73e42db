using System.Security.Cryptography;
using System.Text;
using Stockgate.Platform.Signatures;
using static Stockgate.Platform.Signatures.SignatureVerdict;

namespace Stockgate.Functions.Tests.Signatures;

public sealed class AdobeSignatureTests : IDisposable
{
    private const string Client = "our-client";

    private static readonly byte[] Body = Encoding.UTF8.GetBytes($$"""{"event":{},"recipient_client_id":"{{Client}}"}""");

    private readonly RSA key = RSA.Create(2048),
        other = RSA.Create(2048);

    public void Dispose()
    {
        key.Dispose();
        other.Dispose();
    }

    private static byte[] Public(RSA rsa) => RsaSignature.ParseKey(rsa.ExportSubjectPublicKeyInfoPem());

    private static string Sign(RSA rsa, byte[] signed) =>
        Convert.ToBase64String(rsa.SignData(signed, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));

    private static byte[] Base64(byte[] body) => Encoding.ASCII.GetBytes(Convert.ToBase64String(body));

    [Fact]
    public void A_webhook_of_the_shop_is_valid_with_either_key()
    {
        var signature = Sign(key, Base64(Body));
        Assert.Equal(Valid, AdobeCommerceSignature.Verify([Public(key)], signature, Body));
        Assert.Equal(Valid, AdobeCommerceSignature.Verify([Public(other), Public(key)], signature, Body));
    }

    [Fact]
    public void Anything_else_of_the_shop_is_wrong()
    {
        Assert.Equal(Wrong, AdobeCommerceSignature.Verify([Public(key)], Sign(other, Base64(Body)), Body));
        Assert.Equal(Wrong, AdobeCommerceSignature.Verify([Public(key)], Sign(key, Body), Body));
        Assert.Equal(Wrong, AdobeCommerceSignature.Verify([Public(key)], Sign(key, Base64(Body)), [.. Body, 32]));
        Assert.Equal(Wrong, AdobeCommerceSignature.Verify([Public(key)], "no base64!", Body));
        Assert.Equal(Wrong, AdobeCommerceSignature.Verify([Public(key)], new string('A', 1_000_000), Body));
        Assert.Equal(Wrong, AdobeCommerceSignature.Verify([], Sign(key, Base64(Body)), Body));
        Assert.Equal(Missing, AdobeCommerceSignature.Verify([Public(key)], null, Body));
    }

    [Fact]
    public void One_right_signature_of_an_event_is_enough()
    {
        var signature = Sign(key, Body);
        Assert.Equal(Valid, AdobeEventsSignature.Verify([Public(key)], Client, signature, null, Body));
        Assert.Equal(Valid, AdobeEventsSignature.Verify([Public(key), Public(other)], Client, Sign(other, [1]), signature, Body));
    }

    [Fact]
    public void An_event_of_a_wrong_key_or_body_is_wrong()
    {
        Assert.Equal(Wrong, AdobeEventsSignature.Verify([Public(key)], Client, Sign(other, Body), null, Body));
        Assert.Equal(Wrong, AdobeEventsSignature.Verify([Public(key)], Client, Sign(key, Body), null, Body[..^1]));
        Assert.Equal(Wrong, AdobeEventsSignature.Verify([], Client, Sign(key, Body), null, Body));
        Assert.Equal(Missing, AdobeEventsSignature.Verify([Public(key)], Client, null, "", Body));
    }

    [Theory]
    [InlineData("""{"recipient_client_id":"another-customer"}""", Wrong)]
    [InlineData("""{"event":{}}""", Wrong)]
    [InlineData("""{"recipient_client_id":7}""", Wrong)]
    [InlineData("[]", Wrong)]
    [InlineData("nonsense", Wrong)]
    [InlineData("""[{"recipient_client_id":"our-client"},{"recipient_client_id":"another"}]""", Wrong)]
    [InlineData("""[{"recipient_client_id":"our-client"}]""", Valid)]
    [InlineData("""{"specversion":"1.0","recipientclientid":"our-client"}""", Valid)]
    public void An_event_of_Adobes_that_is_for_another_customer_is_wrong(string body, SignatureVerdict verdict)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        Assert.Equal(verdict, AdobeEventsSignature.Verify([Public(key)], Client, Sign(key, bytes), null, bytes));
    }

    [Fact]
    public void A_key_is_PEM_of_several_lines_or_of_one_or_its_base64()
    {
        var pem = key.ExportSubjectPublicKeyInfoPem();
        var known = key.ExportSubjectPublicKeyInfo();
        Assert.Equal(known, RsaSignature.ParseKey(pem));
        Assert.Equal(known, RsaSignature.ParseKey(pem.Replace("\n", "\\n", StringComparison.Ordinal)));
        Assert.Equal(known, RsaSignature.ParseKey(Convert.ToBase64String(known)));
    }

    [Fact]
    public void What_is_no_public_key_or_a_short_one_is_refused()
    {
        using var weak = RSA.Create(1024);
        foreach (var text in new[] { "", "hush", "AAAA", weak.ExportSubjectPublicKeyInfoPem(), "-----BEGIN PUBLIC KEY-----" })
            Assert.Throws<FormatException>(() => RsaSignature.ParseKey(text));
    }
}
