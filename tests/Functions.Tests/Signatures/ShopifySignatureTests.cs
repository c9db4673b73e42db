using System.Security.Cryptography;
using System.Text;
using Stockgate.Platform.Signatures;
using static Stockgate.Platform.Signatures.SignatureVerdict;

namespace Stockgate.Functions.Tests.Signatures;

public class ShopifySignatureTests
{
    private static readonly byte[] Body = Encoding.UTF8.GetBytes("{}"),
        Secret = Encoding.UTF8.GetBytes("hush");
    private static readonly string Good = Convert.ToBase64String(HMACSHA256.HashData(Secret, Body));

    [Fact]
    public void A_signed_body_is_valid() => Assert.Equal(Valid, ShopifySignature.Verify([Secret], Good, Body));

    [Fact]
    public void Either_of_two_secrets_is_good() =>
        Assert.Equal(Valid, ShopifySignature.Verify([Encoding.UTF8.GetBytes("other"), Secret], Good, Body));

    [Fact]
    public void Another_secret_another_body_or_none_is_wrong()
    {
        Assert.Equal(Wrong, ShopifySignature.Verify([Encoding.UTF8.GetBytes("other")], Good, Body));
        Assert.Equal(Wrong, ShopifySignature.Verify([Secret], Good, Encoding.UTF8.GetBytes("{ }")));
        Assert.Equal(Wrong, ShopifySignature.Verify([], Good, Body));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void No_signature_is_missing(string? none) => Assert.Equal(Missing, ShopifySignature.Verify([Secret], none, Body));

    public static TheoryData<string> Broken =>
        [
            Good[..^1],
            Good[..^4],
            Good + "=",
            Good + "AAAA",
            "v1," + Good,
            "garbage",
            "é中",
            new string('A', 64),
            new string('A', 1_000_000),
            Convert.ToHexStringLower(HMACSHA256.HashData(Secret, Body)),
        ];

    [Theory, MemberData(nameof(Broken))]
    public void Anything_else_is_wrong_and_no_fault(string signature) =>
        Assert.Equal(Wrong, ShopifySignature.Verify([Secret], signature, Body));
}
