using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Stockgate.Demo.Local;
using Stockgate.Local.Run;
using Stockgate.Platform.Ingest.Registry;
using Stockgate.Platform.Signatures;

namespace Stockgate.Demo.Posting;

/// <summary>A partner's side of the webhooks: signs each attempt, and tries again while the app is away.</summary>
public sealed class WebhookPoster(Uri app, AppSettings settings, bool twice, TimeProvider time) : IDisposable
{
    // Longer than the app needs to start again.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly HttpClient http = new(new SocketsHttpHandler { MaxConnectionsPerServer = 64 });

    /// <summary>Posts canonical events and returns how many were accepted and how many went to quarantine.</summary>
    public Task<(int Accepted, int Quarantined)> PostAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken) =>
        SendAsync(
            AppSettings.Channel,
            body,
            request =>
            {
                var (id, now) = ($"msg_{Convert.ToHexStringLower(SHA256.HashData(body.Span).AsSpan(0, 12))}", time.GetUtcNow());
                request.Headers.Add(StandardWebhooksSignature.IdHeader, id);
                request.Headers.Add(
                    StandardWebhooksSignature.TimestampHeader,
                    now.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture)
                );
                request.Headers.Add(
                    StandardWebhooksSignature.SignatureHeader,
                    StandardWebhooksSignature.Sign(settings.Secret, id, now, body.Span)
                );
            },
            cancellationToken
        );

    /// <summary>Posts a Shopify delivery.</summary>
    public Task<(int Accepted, int Quarantined)> PostShopifyAsync(
        string topic,
        ReadOnlyMemory<byte> body,
        CancellationToken cancellationToken
    ) =>
        SendAsync(
            AppSettings.ShopifyChannel,
            body,
            request =>
            {
                request.Headers.Add(ShopifySignature.TopicHeader, topic);
                request.Headers.Add(
                    ShopifySignature.SignatureHeader,
                    Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(settings.ShopifySecret), body.Span))
                );
            },
            cancellationToken
        );

    public void Dispose() => http.Dispose();

    private async Task<(int, int)> SendAsync(
        string channel,
        ReadOnlyMemory<byte> body,
        Action<HttpRequestMessage> sign,
        CancellationToken cancellationToken
    )
    {
        var answer = await SendOnceAsync(channel, body, sign, cancellationToken);
        return twice ? await SendOnceAsync(channel, body, sign, cancellationToken) : answer;
    }

    private async Task<(int, int)> SendOnceAsync(
        string channel,
        ReadOnlyMemory<byte> body,
        Action<HttpRequestMessage> sign,
        CancellationToken cancellationToken
    )
    {
        var (since, pause) = (time.GetTimestamp(), TimeSpan.FromMilliseconds(100));
        while (true)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(app, $"api/v1/channels/{channel}/events"))
            {
                Content = new ReadOnlyMemoryContent(body),
            };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            sign(request);
            try
            {
                using var response = await http.SendAsync(request, cancellationToken);
                if (response.StatusCode == HttpStatusCode.Accepted)
                {
                    var receipt = await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
                    return (receipt.GetProperty("accepted").GetInt32(), receipt.GetProperty("quarantined").GetInt32());
                }
                if ((int)response.StatusCode < 500)
                    throw new LocalSetupException(
                        $"The app refused a request with {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync(cancellationToken)}"
                    );
            }
            catch (HttpRequestException) when (time.GetElapsedTime(since) < Patience)
            {
                // Away, or killed in the middle of the request: whether it was taken is not known, and sending it again is safe.
            }
            if (time.GetElapsedTime(since) > Patience)
                throw new LocalSetupException($"The app did not take a request within {Patience.TotalMinutes} minutes.");
            await Task.Delay(pause, time, cancellationToken);
            if (pause < TimeSpan.FromSeconds(2))
                pause *= 2;
        }
    }
}
