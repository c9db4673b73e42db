using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Stockgate.Domain;
using Stockgate.Platform.Ingest.Registry;
using Stockgate.Platform.Ingest.Signing;
using Stockgate.Platform.Signatures;

namespace Stockgate.Functions.Tests.Ingest;

/// <summary>Each scheme looks at its own headers and parameters.</summary>
public class ChannelSignatureTests
{
    private const string Secret = "client-secret";

    private static readonly DateTimeOffset Now = new(2026, 3, 1, 9, 30, 0, TimeSpan.Zero);
    private static readonly byte[] Body = Encoding.UTF8.GetBytes("{}");

    private static ChannelOptions Options(ChannelScheme scheme) =>
        new()
        {
            Scheme = scheme,
            Format = ChannelFormat.Canonical,
            Url = "https://retailer.example/square",
            User = "till",
            Hmac = new HmacOptions
            {
                Header = "X-Signature",
                Prefix = "sha1=",
                Algorithm = HmacAlgorithm.Sha1,
            },
        };

    private static SignatureVerdict Verify(ChannelScheme scheme, IPAddress? client = null, params (string Name, string Value)[] headers)
    {
        var request = new DefaultHttpContext().Request;
        request.HttpContext.Connection.RemoteIpAddress = client;
        foreach (var (name, value) in headers)
            request.Headers[name] = value;
        return ChannelSignature.Verify(ChannelForm.Of(new ChannelId("c"), Options(scheme), [Secret]), request, Body, Now);
    }

    private static string Base64(string before) =>
        Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes($"{before}{{}}")));

    public static TheoryData<ChannelScheme, string, string> Signed =>
        new()
        {
            { ChannelScheme.Shopify, "X-Shopify-Hmac-Sha256", Base64("") },
            { ChannelScheme.WooCommerce, "X-WC-Webhook-Signature", Base64("") },
            { ChannelScheme.Square, "x-square-hmacsha256-signature", Base64("https://retailer.example/square") },
            {
                ChannelScheme.Hmac,
                "X-Signature",
                "sha1=" + Convert.ToHexStringLower(HMACSHA1.HashData(Encoding.UTF8.GetBytes(Secret), Body))
            },
            { ChannelScheme.Basic, "Authorization", "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"till:{Secret}")) },
        };

    [Theory, MemberData(nameof(Signed))]
    public void A_request_of_the_scheme_is_valid_and_one_without_is_told_the_header(ChannelScheme scheme, string header, string value)
    {
        Assert.Equal(SignatureVerdict.Valid, Verify(scheme, null, (header, value)));
        Assert.Equal(SignatureVerdict.Missing, Verify(scheme));
        var problem = SignatureProblems.Of(ChannelForm.Of(new ChannelId("c"), Options(scheme), []), SignatureVerdict.Missing);
        Assert.Contains(header, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void BigCommerce_signs_as_Standard_Webhooks_with_its_client_secret()
    {
        var signature = StandardWebhooksSignature.Sign(Encoding.UTF8.GetBytes(Secret), "msg_1", Now, Body);
        Assert.Equal(
            SignatureVerdict.Valid,
            Verify(
                ChannelScheme.BigCommerce,
                null,
                ("webhook-id", "msg_1"),
                ("webhook-timestamp", $"{Now.ToUnixTimeSeconds()}"),
                ("webhook-signature", signature)
            )
        );
    }

    [Fact]
    public void An_unsigned_channel_looks_at_the_client()
    {
        Assert.Equal(SignatureVerdict.Valid, Verify(ChannelScheme.None, IPAddress.Loopback, ("X-Forwarded-For", "127.0.0.1")));
        Assert.Equal(SignatureVerdict.Wrong, Verify(ChannelScheme.None, IPAddress.Loopback, ("X-Forwarded-For", "10.0.0.1")));
    }
}
