using System.Globalization;
using System.Net.Http.Headers;
using Stockgate.Platform.Signatures;

namespace Stockgate.Platform.Outbound;

/// <summary>A request to a channel, signed as Standard Webhooks has it (https://www.standardwebhooks.com).</summary>
internal static class SignedRequest
{
    /// <param name="now">The signature covers it: each attempt has a request of its own.</param>
    public static HttpRequestMessage Of(
        OutboundChannel channel,
        HttpMethod method,
        Uri address,
        string messageId,
        ReadOnlyMemory<byte> body,
        DateTimeOffset now
    )
    {
        var id = WireId.Of(messageId);
        var request = new HttpRequestMessage(method, address);
        request.Headers.Add(StandardWebhooksSignature.IdHeader, id);
        request.Headers.Add(StandardWebhooksSignature.TimestampHeader, now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        request.Headers.Add(
            StandardWebhooksSignature.SignatureHeader,
            StandardWebhooksSignature.Sign(channel.Secrets[0], id, now, body.Span)
        );
        if (method != HttpMethod.Post)
            return request;
        request.Headers.Add(ChannelClient.IdempotencyHeader, id);
        request.Content = new ReadOnlyMemoryContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        return request;
    }
}
