using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Stockgate.Demo.Local;
using Stockgate.Platform.Ingest.Registry;
using Stockgate.Platform.Signatures;

namespace Stockgate.EndToEnd.Tests;

/// <summary>A sender of webhooks who can also do it wrongly.</summary>
public sealed class Partner(Uri app, AppSettings settings) : IDisposable
{
    private readonly HttpClient http = new(new TriesAgain { InnerHandler = new SocketsHttpHandler() });
    private int messages;

    public void Dispose() => http.Dispose();

    /// <summary>Posts canonical events as one batch; the receipt of the 202.</summary>
    public async Task<JsonElement> PostAsync(params IEnumerable<byte[]> records)
    {
        using var response = await SendAsync(Batch(records));
        return await ReceiptAsync(response);
    }

    /// <summary>Posts events that all have to be accepted.</summary>
    public async Task AcceptedAsync(params IEnumerable<byte[]> records)
    {
        foreach (var batch in records.Chunk(100))
        {
            var receipt = await PostAsync(batch);
            Assert.True(receipt.GetProperty("quarantined").GetInt32() == 0, receipt.ToString());
        }
    }

    public static byte[] Batch(IEnumerable<byte[]> records) =>
        Encoding.UTF8.GetBytes($"[{string.Join(",", records.Select(Encoding.UTF8.GetString))}]");

    /// <summary>Posts a Shopify delivery; the receipt of the 202.</summary>
    public async Task<JsonElement> ShopifyAsync(string topic, string body)
    {
        using var response = await SendShopifyAsync(topic, Encoding.UTF8.GetBytes(body), settings.ShopifySecret);
        return await ReceiptAsync(response);
    }

    public async Task<HttpResponseMessage> SendShopifyAsync(string topic, byte[] body, string? secret)
    {
        using var request = Request(AppSettings.ShopifyChannel, Content(body, "application/json"));
        request.Headers.Add(ShopifySignature.TopicHeader, topic);
        if (secret is not null)
            request.Headers.Add(
                ShopifySignature.SignatureHeader,
                Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body))
            );
        return await http.SendAsync(request);
    }

    /// <summary>Posts a body, signed as Standard Webhooks unless something else is asked for.</summary>
    public async Task<HttpResponseMessage> SendAsync(
        byte[] body,
        string channel = AppSettings.Channel,
        TimeSpan late = default,
        byte[]? secret = null,
        bool signed = true,
        string? mediaType = "application/json",
        bool chunked = false
    )
    {
        using var request = Request(channel, Content(body, mediaType));
        request.Headers.TransferEncodingChunked = chunked ? true : null;
        if (signed)
        {
            var (id, at) = ($"msg_{Interlocked.Increment(ref messages)}", TimeProvider.System.GetUtcNow() - late);
            request.Headers.Add(StandardWebhooksSignature.IdHeader, id);
            request.Headers.Add(
                StandardWebhooksSignature.TimestampHeader,
                at.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture)
            );
            request.Headers.Add(
                StandardWebhooksSignature.SignatureHeader,
                StandardWebhooksSignature.Sign(secret ?? settings.Secret, id, at, body)
            );
        }
        return await http.SendAsync(request);
    }

    private HttpRequestMessage Request(string channel, HttpContent content) =>
        new(HttpMethod.Post, new Uri(app, $"api/v1/channels/{channel}/events")) { Content = content };

    private static ByteArrayContent Content(byte[] body, string? mediaType)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = mediaType is null ? null : MediaTypeHeaderValue.Parse(mediaType);
        return content;
    }

    private static async Task<JsonElement> ReceiptAsync(HttpResponseMessage response)
    {
        Assert.True(
            response.StatusCode == HttpStatusCode.Accepted,
            $"{(int)response.StatusCode}: {await response.Content.ReadAsStringAsync()}"
        );
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    /// <summary>As every sender of webhooks does: where the answer is 503, the same is sent again.</summary>
    private sealed class TriesAgain : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            for (var left = 6; ; left--)
            {
                var response = await base.SendAsync(request, cancellationToken);
                if (response.StatusCode != HttpStatusCode.ServiceUnavailable || left == 0)
                    return response;
                response.Dispose();
                await Task.Delay(TimeSpan.FromMilliseconds(500), cancellationToken);
            }
        }
    }
}
