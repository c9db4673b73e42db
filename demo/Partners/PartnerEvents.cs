using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Stockgate.Domain;
using Stockgate.Domain.Events;
using Stockgate.Domain.Ingest;
using Stockgate.Platform.Ingest.Registry;
using Stockgate.Platform.Signatures;

namespace Stockgate.Demo.Partners;

/// <summary>An event that the app took.</summary>
/// <param name="Quarantined">True where the app kept it apart: it could not be read.</param>
public sealed record PostedEvent(string Channel, string EventId, bool Quarantined);

/// <summary>Posts the channels' own events to the app until they are taken: also while the app is away, or was never there.</summary>
internal sealed class PartnerEvents(TimeProvider time) : IDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50),
        LongestPause = TimeSpan.FromSeconds(1);

    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(10) };
    private readonly ConcurrentQueue<PostedEvent> posted = new();

    public Uri? App { get; set; }

    public IReadOnlyList<PostedEvent> Posted => [.. posted];

    /// <summary>Why the last attempt that failed did.</summary>
    public string? LastTrouble { get; private set; }

    /// <summary>The bytes of an event; the same each time that they are made of the same.</summary>
    public static ReadOnlyMemory<byte> Write(PartnerChannel channel, string id, DateTimeOffset at, ChannelEvent data) =>
        CloudEventWriter.Write(new EventHeader(new ChannelId(channel.Name), channel.Name, id, at, 0), data);

    /// <summary>Ends when the app has it.</summary>
    public async Task PostAsync(PartnerChannel channel, string eventId, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            if (App is { } app && await TryAsync(app, channel, eventId, body, cancellationToken))
                return;
            await Task.Delay(pause, time, cancellationToken);
        }
    }

    public void Dispose() => http.Dispose();

    private async Task<bool> TryAsync(
        Uri app,
        PartnerChannel channel,
        string eventId,
        ReadOnlyMemory<byte> body,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var (id, now) = (
                $"msg_{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(body.Span).AsSpan(0, 12))}",
                time.GetUtcNow()
            );
            using var request = new HttpRequestMessage(
                HttpMethod.Post,
                new Uri(app, $"api/v1/channels/{Uri.EscapeDataString(channel.Name)}/events")
            )
            {
                Content = new ReadOnlyMemoryContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
            };
            request.Headers.Add(StandardWebhooksSignature.IdHeader, id);
            request.Headers.Add(StandardWebhooksSignature.TimestampHeader, now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
            request.Headers.Add(
                StandardWebhooksSignature.SignatureHeader,
                StandardWebhooksSignature.Sign(channel.EventSecret, id, now, body.Span)
            );
            using var response = await http.SendAsync(request, cancellationToken);
            if (response.StatusCode != HttpStatusCode.Accepted)
            {
                LastTrouble = $"{channel.Name}: the app answered {(int)response.StatusCode}";
                return false;
            }
            var receipt = await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
            posted.Enqueue(
                new PostedEvent(
                    channel.Name,
                    eventId,
                    receipt.TryGetProperty("quarantined", out var quarantined) && quarantined.GetInt32() > 0
                )
            );
            return true;
        }
        catch (Exception away)
            when (away is HttpRequestException or IOException or JsonException
                || (away is OperationCanceledException && !cancellationToken.IsCancellationRequested)
            )
        {
            // Whether it was taken is not known, and posting it again is safe: its id is the same.
            LastTrouble = $"{channel.Name}: {away.Message}";
            return false;
        }
    }
}
