using System.Net;
using Azure;
using Azure.Core;
using Azure.Data.Tables;
using Stockgate.Emulator.Tables.Wire;

namespace Stockgate.Emulator.Tests.Tables;

public sealed class AuthorizationTests
{
    private const string Date = "Sat, 21 Nov 2026 03:04:05 GMT";

    private static readonly Uri Https = new("https://shop.table.core.windows.net");

    [Theory]
    [InlineData("https://shop.table.core.windows.net/orders()?$top=5", "/shop/orders()")]
    [InlineData("http://127.0.0.1:10002/devstoreaccount1/Tables", "/shop/devstoreaccount1/Tables")]
    [InlineData("https://shop.table.core.windows.net/o(PartitionKey='a%27%27b',RowKey='%E6%9D%B1')", "/shop/o(PartitionKey='a%27%27b',RowKey='%E6%9D%B1')")]
    [InlineData("https://shop.table.core.windows.net/orders?timeout=5&comp=acl", "/shop/orders?comp=acl")]
    public void Date_and_escaped_path_are_signed(string uri, string resource) => Assert.Equal($"{Date}\n{resource}", SharedKeyPolicy.StringToSign("shop", Date, new Uri(uri)));

    [Fact]
    public void Signature_is_the_keyed_hash_of_the_text()
    {
        var credential = new TableSharedKeyCredential("shop", Convert.ToBase64String("key"u8));
        // RFC 2104 example text, HMAC-SHA256.
        Assert.Equal("97yD9DBThCSxMpjmqm+xQ+9NWaFJRhdZl0edvC0aPNg=", credential.Sign("The quick brown fox jumps over the lazy dog"));
    }

    [Fact]
    public async Task Each_attempt_is_signed_anew()
    {
        var captured = new Captured(HttpStatusCode.ServiceUnavailable, HttpStatusCode.NoContent);
        var credential = new TableSharedKeyCredential("shop", "b2xk");
        var table = new TableClient(Https, "orders", credential, Options(captured));
        await table.AddEntityAsync(new TableEntity("p", "r"));
        Assert.Equal(2, captured.Requests.Count);
        Assert.All(captured.Requests, request => Assert.StartsWith("SharedKeyLite shop:", request.Headers["Authorization"]));
        Assert.All(captured.Requests, request => Assert.Equal("2020-12-06", request.Headers["x-ms-version"]));
        Assert.Equal(captured.Requests[0].Body, captured.Requests[1].Body);
        credential.SetAccountKey("bmV3");
        await table.AddEntityAsync(new TableEntity("p", "r"));
        Assert.NotEqual(captured.Requests[1].Headers["Authorization"], captured.Requests[2].Headers["Authorization"]);
    }

    [Fact]
    public async Task Token_is_fetched_for_storage_and_sent()
    {
        var captured = new Captured(HttpStatusCode.NoContent);
        var token = new FixedToken();
        await new TableClient(Https, "orders", token, Options(captured)).UpsertEntityAsync(new TableEntity("p", "r"));
        Assert.Equal("Bearer secret-token", captured.Requests.Single().Headers["Authorization"]);
        Assert.Equal(["https://storage.azure.com/.default"], token.Scopes);
    }

    [Fact]
    public void Token_is_not_sent_over_http() => Assert.Throws<ArgumentException>(() => new TableServiceClient(new Uri("http://shop.table.core.windows.net"), new FixedToken()));

    [Fact]
    public async Task Signature_in_the_credential_is_appended_once_per_attempt()
    {
        var captured = new Captured(HttpStatusCode.ServiceUnavailable, HttpStatusCode.NoContent);
        var credential = new AzureSasCredential("?sv=1&sig=a%2Bb%3D");
        var table = new TableServiceClient(Https, credential, Options(captured)).GetTableClient("orders");
        await table.DeleteEntityAsync("p", "r");
        Assert.All(captured.Requests, request => Assert.Equal("?sv=1&sig=a%2Bb%3D", request.Uri.Query));
        Assert.DoesNotContain("Authorization", captured.Requests[0].Headers.Keys);
        credential.Update("sv=2&sig=c");
        await table.DeleteEntityAsync("p", "r");
        Assert.Equal("?sv=2&sig=c", captured.Requests[^1].Uri.Query);
    }

    [Fact]
    public async Task Signature_in_the_endpoint_goes_with_every_request()
    {
        var captured = new Captured(HttpStatusCode.NoContent);
        var table = new TableClient(new Uri("https://shop.table.core.windows.net/orders?sv=1&sig=a%2Bb%3D"), Options(captured));
        await table.DeleteEntityAsync("p", "r", new ETag("W/\"1\""));
        Assert.Equal("https://shop.table.core.windows.net/orders(PartitionKey='p',RowKey='r')?sv=1&sig=a%2Bb%3D", captured.Requests.Single().Uri.AbsoluteUri);
        Assert.Equal("W/\"1\"", captured.Requests.Single().Headers["If-Match"]);
    }

    private static TableClientOptions Options(Captured captured) => new(TableClientOptions.ServiceVersion.V2020_12_06)
    {
        Transport = captured.Transport,
        Retry = { Delay = TimeSpan.FromMilliseconds(1), MaxRetries = 3 },
    };

    private sealed class FixedToken : TokenCredential
    {
        public string[] Scopes { get; private set; } = [];

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            Scopes = requestContext.Scopes;
            return new AccessToken("secret-token", DateTimeOffset.MaxValue);
        }

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(GetToken(requestContext, cancellationToken));
    }
}
