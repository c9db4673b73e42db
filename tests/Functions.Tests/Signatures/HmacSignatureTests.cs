using System.Security.Cryptography;
using System.Text;
using Stockgate.Platform.Signatures;
using static Stockgate.Platform.Signatures.SignatureVerdict;

namespace Stockgate.Functions.Tests.Signatures;

public class HmacSignatureTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 9, 30, 0, TimeSpan.Zero);
    private static readonly byte[] Body = Encoding.UTF8.GetBytes("{}"),
        Secret = Encoding.UTF8.GetBytes("hush"),
        Other = Encoding.UTF8.GetBytes("other");

    private static HmacForm Form(
        HmacAlgorithm algorithm = HmacAlgorithm.Sha256,
        SignatureEncoding encoding = SignatureEncoding.Hex,
        string prefix = "",
        bool isDated = false
    ) =>
        new(
            "X-Signature",
            algorithm,
            encoding,
            prefix,
            isDated ? SignedContent.TimestampBody : SignedContent.Body,
            isDated ? "X-Time" : null,
            TimeSpan.FromMinutes(2)
        );

    private static string Hex(byte[] secret, string before = "") =>
        Convert.ToHexString(HMACSHA256.HashData(secret, (byte[])[.. Encoding.UTF8.GetBytes(before), .. Body]));

    private static SignatureVerdict Verify(
        HmacForm form,
        string? signature,
        string? time = null,
        byte[]? body = null,
        params byte[][] secrets
    ) => HmacSignature.Verify(form, secrets, signature, time, body ?? Body, Now);

    [Theory]
    [InlineData(HmacAlgorithm.Sha1)]
    [InlineData(HmacAlgorithm.Sha256)]
    [InlineData(HmacAlgorithm.Sha512)]
    public void Every_algorithm_is_taken_in_hex_and_base64(HmacAlgorithm algorithm)
    {
        var hash = algorithm switch
        {
            HmacAlgorithm.Sha1 => HMACSHA1.HashData(Secret, Body),
            HmacAlgorithm.Sha256 => HMACSHA256.HashData(Secret, Body),
            _ => HMACSHA512.HashData(Secret, Body),
        };
        Assert.Equal(Valid, Verify(Form(algorithm), Convert.ToHexString(hash), null, null, Secret));
        Assert.Equal(Valid, Verify(Form(algorithm), Convert.ToHexStringLower(hash), null, null, Other, Secret));
        var base64 = Form(algorithm, SignatureEncoding.Base64);
        Assert.Equal(Valid, Verify(base64, Convert.ToBase64String(hash), null, null, Secret));
        Assert.Equal(Wrong, Verify(base64, Convert.ToHexString(hash), null, null, Secret));
    }

    [Fact]
    public void The_prefix_is_needed()
    {
        Assert.Equal(Valid, Verify(Form(prefix: "sha256="), $"sha256={Hex(Secret)}", null, null, Secret));
        Assert.Equal(Wrong, Verify(Form(prefix: "sha256="), Hex(Secret), null, null, Secret));
    }

    [Fact]
    public void Another_secret_or_body_is_wrong_and_no_signature_is_missing()
    {
        Assert.Equal(Wrong, Verify(Form(), Hex(Other), null, null, Secret));
        Assert.Equal(Wrong, Verify(Form(), Hex(Secret), null, [1], Secret));
        Assert.Equal(Wrong, Verify(Form(), Hex(Secret)));
        Assert.Equal(Wrong, Verify(Form(), new string('a', 1_000_000), null, null, Secret));
        Assert.Equal(Missing, Verify(Form(), null, null, null, Secret));
    }

    [Theory]
    [InlineData(0, Valid)]
    [InlineData(120, Valid)]
    [InlineData(121, Expired)]
    [InlineData(-121, Expired)]
    public void A_signed_time_has_its_window(int secondsAgo, SignatureVerdict verdict)
    {
        var time = $"{Now.ToUnixTimeSeconds() - secondsAgo}";
        Assert.Equal(verdict, Verify(Form(isDated: true), Hex(Secret, $"{time}."), time, null, Secret));
    }

    [Fact]
    public void A_time_that_was_not_signed_is_wrong_and_none_is_missing()
    {
        var time = $"{Now.ToUnixTimeSeconds()}";
        Assert.Equal(Wrong, Verify(Form(isDated: true), Hex(Secret, $"{time}."), $"{Now.ToUnixTimeSeconds() - 1}", null, Secret));
        Assert.Equal(Missing, Verify(Form(isDated: true), Hex(Secret, $"{time}."), null, null, Secret));
    }
}
