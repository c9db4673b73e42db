using System.Security.Cryptography;
using System.Text;
using Stockgate.Platform.Signatures;
using static Stockgate.Platform.Signatures.SignatureVerdict;

namespace Stockgate.Functions.Tests.Signatures;

public class StripeSignatureTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 9, 30, 0, TimeSpan.Zero);
    private static readonly byte[] Body = Encoding.UTF8.GetBytes("""{"id":"evt_1"}"""),
        Secret = Encoding.UTF8.GetBytes("whsec_stripe"),
        Other = Encoding.UTF8.GetBytes("whsec_other");

    private static string Hex(byte[] secret, long seconds) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(secret, (byte[])[.. Encoding.UTF8.GetBytes($"{seconds}."), .. Body]));

    private static string Signed(byte[] secret, TimeSpan ago = default)
    {
        var seconds = (Now - ago).ToUnixTimeSeconds();
        return $"t={seconds},v1={Hex(secret, seconds)}";
    }

    private static SignatureVerdict Verify(string? header, byte[]? body = null, params byte[][] secrets) =>
        StripeSignature.Verify(secrets, header, body ?? Body, Now);

    [Fact]
    public void A_signed_event_is_valid_with_either_secret()
    {
        Assert.Equal(Valid, Verify(Signed(Secret), null, Secret));
        Assert.Equal(Valid, Verify(Signed(Secret), null, Other, Secret));
    }

    [Fact]
    public void One_right_signature_of_several_is_enough() =>
        Assert.Equal(Valid, Verify($"{Signed(Other)},v1={Hex(Secret, Now.ToUnixTimeSeconds())},v0=old", null, Secret));

    [Fact]
    public void Another_secret_body_or_time_is_wrong()
    {
        Assert.Equal(Wrong, Verify(Signed(Other), null, Secret));
        Assert.Equal(Wrong, Verify(Signed(Secret), Encoding.UTF8.GetBytes("{}"), Secret));
        Assert.Equal(Wrong, Verify(Signed(Secret), null));
        Assert.Equal(Wrong, Verify($"t={Now.ToUnixTimeSeconds() + 1},v1={Hex(Secret, Now.ToUnixTimeSeconds())}", null, Secret));
        Assert.Equal(Wrong, Verify($"t={Now.ToUnixTimeSeconds()},v1=nothex", null, Secret));
    }

    [Fact]
    public void Five_minutes_either_way_are_allowed()
    {
        Assert.Equal(Valid, Verify(Signed(Secret, TimeSpan.FromSeconds(300)), null, Secret));
        Assert.Equal(Expired, Verify(Signed(Secret, TimeSpan.FromSeconds(301)), null, Secret));
        Assert.Equal(Expired, Verify(Signed(Secret, TimeSpan.FromSeconds(-301)), null, Secret));
        Assert.Equal(Wrong, Verify(Signed(Other, TimeSpan.FromSeconds(301)), null, Secret));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("v1=00")]
    [InlineData("t=1772357400")]
    [InlineData("t=now,v1=00")]
    [InlineData("t=-1,v1=00")]
    [InlineData("nonsense,,,")]
    public void What_has_no_time_or_no_signature_is_missing(string? header) => Assert.Equal(Missing, Verify(header, null, Secret));
}
