using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization;
using Polly.CircuitBreaker;
using Stockgate.Domain;
using Stockgate.Domain.Events;
using Stockgate.Domain.Promotions.Launch;
using Stockgate.Platform.Ingest;
using Stockgate.Platform.Signatures;

namespace Stockgate.Platform.Outbound;

/// <summary>
/// Sends signed Standard Webhooks messages to channels and polls channels that don't call back. Every call uses the channel's own
/// resilience pipeline.
/// </summary>
public sealed class ChannelClient : IDisposable
{
    public const string MeterName = "Stockgate.Outbound",
        IdempotencyHeader = "Idempotency-Key";

    private static readonly Meter Meter = new(MeterName);
    private static readonly Counter<long> Calls = Meter.CreateCounter<long>(
        "stockgate.outbound.calls",
        description: "Messages sent and answers polled, by channel and outcome."
    );
    private static readonly Counter<long> Retries = Meter.CreateCounter<long>(
        "stockgate.outbound.retries",
        description: "Further attempts, by channel."
    );
    private static readonly Histogram<double> Seconds = Meter.CreateHistogram<double>(
        "stockgate.outbound.duration",
        "s",
        "Time from the call to its outcome: waiting, all attempts and the pauses between them."
    );

    private readonly ConcurrentDictionary<SalesChannelId, Lazy<ChannelPipeline>> pipelines = new();
    private readonly OutboundHttp http;
    private readonly Func<OutboundChannel, int?, string, CancellationToken, Task> saw;
    private readonly SendLimits limits;
    private readonly TimeProvider time;

    public ChannelClient(OutboundHttp http, ChannelHealth health, SendLimits limits, TimeProvider time)
        : this(http, health.SawAsync, limits, time) { }

    internal ChannelClient(
        OutboundHttp http,
        Func<OutboundChannel, int?, string, CancellationToken, Task> saw,
        SendLimits limits,
        TimeProvider time
    ) => (this.http, this.saw, this.limits, this.time) = (http, saw, limits, time);

    /// <summary>
    /// Sends a message: a POST of the body to the channel's address. The same id may be sent repeatedly; the channel processes it once.
    /// </summary>
    /// <param name="messageId">
    /// The <c>webhook-id</c> and <c>Idempotency-Key</c>. Characters invalid in a header are percent-encoded; beyond 200 characters the end
    /// is replaced by a digest.
    /// </param>
    /// <param name="body">JSON.</param>
    public async Task<Delivery> SendAsync(
        OutboundChannel channel,
        string messageId,
        ReadOnlyMemory<byte> body,
        CancellationToken cancellationToken
    )
    {
        var doubts = 0;
        var answer = await CallAsync(
            channel,
            () => Request(channel, HttpMethod.Post, channel.Url, messageId, body),
            cancellationToken,
            change => Interlocked.Add(ref doubts, change)
        );
        var delivery = answer switch
        {
            { Status: >= 200 and < 300 } => new Delivery(DeliveryOutcome.Accepted, answer.Status, "accepted"),
            { Status: >= 400 and < 500, Transient: false } => new Delivery(
                DeliveryOutcome.Refused,
                answer.Status,
                answer.Detail,
                doubts > 0
            ),
            _ => new Delivery(DeliveryOutcome.Unreachable, answer.Status, answer.Detail, doubts > 0),
        };
        Calls.Add(1, new("channel", channel.Id.Value), new("call", "send"), new("outcome", delivery.Outcome.ToString()));
        return delivery;
    }

    /// <summary>
    /// Asks how far a step is: <c>GET {Url}/promotions/{promotion}/{revision}/{step}</c>, signed over an empty body with an id that names
    /// the step, so that a signature is good for that question alone. The answer is
    /// <c>{"answer":"Confirmed"|"Refused"|"Working","detail":"…"}</c>.
    /// </summary>
    public async Task<Polled> PollAsync(
        OutboundChannel channel,
        PromotionId promotion,
        int revision,
        LaunchStep step,
        CancellationToken cancellationToken
    )
    {
        var address = channel.Below(
            "promotions",
            promotion.Value,
            revision.ToString(System.Globalization.CultureInfo.InvariantCulture),
            step.ToString().ToLowerInvariant()
        );
        var id = ChannelMessage.IdOf(promotion, revision, channel.Id, step) + ".poll";
        var polled = Read(await CallAsync(channel, () => Request(channel, HttpMethod.Get, address, id, default), cancellationToken));
        Calls.Add(1, new("channel", channel.Id.Value), new("call", "poll"), new("outcome", polled.Outcome.ToString()));
        return polled;
    }

    /// <summary>
    /// Asks how far a published price is: <c>GET {Url}/prices/{sku}/{region}/{revision}</c>, signed and answered as
    /// <see cref="PollAsync"/>'s is.
    /// </summary>
    public async Task<Polled> PollPriceAsync(
        OutboundChannel channel,
        Sku sku,
        RegionId region,
        int revision,
        CancellationToken cancellationToken
    )
    {
        var number = revision.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var address = channel.Below("prices", sku.Value, region.Value, number);
        var polled = Read(
            await CallAsync(
                channel,
                () => Request(channel, HttpMethod.Get, address, $"price.{sku.Value}.{region.Value}.{number}.poll", default),
                cancellationToken
            )
        );
        Calls.Add(1, new("channel", channel.Id.Value), new("call", "poll-price"), new("outcome", polled.Outcome.ToString()));
        return polled;
    }

    /// <summary>The state of a channel's circuit breaker on this instance.</summary>
    public CircuitState CircuitOf(OutboundChannel channel) =>
        pipelines.TryGetValue(channel.Id, out var pipeline) ? pipeline.Value.Circuit : CircuitState.Closed;

    public void Dispose()
    {
        foreach (var pipeline in pipelines.Values)
            pipeline.Value.Dispose();
    }

    // Every attempt counts as doubtful until its result shows that the channel did not accept it, because a timed-out attempt has no
    // result.
    private async Task<Attempt> CallAsync(
        OutboundChannel channel,
        Func<HttpRequestMessage> request,
        CancellationToken cancellationToken,
        Action<int>? doubt = null
    )
    {
        var pipeline = pipelines
            .GetOrAdd(
                channel.Id,
                _ => new Lazy<ChannelPipeline>(() =>
                    new ChannelPipeline(
                        channel.Id.Value,
                        channel.Timeout,
                        limits,
                        time,
                        () => Retries.Add(1, new KeyValuePair<string, object?>("channel", channel.Id.Value))
                    )
                )
            )
            .Value;
        var started = time.GetTimestamp();
        var answer = await pipeline.RunAsync(token => AttemptAsync(request, doubt, token), cancellationToken);
        Seconds.Record(time.GetElapsedTime(started).TotalSeconds, new KeyValuePair<string, object?>("channel", channel.Id.Value));
        if (answer.Tried)
            await saw(channel, answer.Status, answer.Detail, cancellationToken);
        return answer;
    }

    private async ValueTask<Attempt> AttemptAsync(Func<HttpRequestMessage> make, Action<int>? doubt, CancellationToken cancellationToken)
    {
        doubt?.Invoke(1);
        var attempt = await AttemptAsync(make, cancellationToken);
        if (!attempt.Reached || attempt.Status is 429 || attempt is { Status: >= 400 and < 500, Transient: false })
            doubt?.Invoke(-1);
        return attempt;
    }

    private async ValueTask<Attempt> AttemptAsync(Func<HttpRequestMessage> make, CancellationToken cancellationToken)
    {
        // A new request per attempt, because the signature covers the time.
        using var request = make();
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            var status = (int)response.StatusCode;
            // The body of an accepted message's response is ignored.
            if (response.IsSuccessStatusCode && request.Method == HttpMethod.Post)
                return new Attempt(status, default, "accepted", Transient: false);
            var (body, _) = await OutboundHttp.ReadAsync(response, cancellationToken);
            var said = Excerpt.Of(body.Span);
            return new Attempt(
                status,
                body,
                $"answered {status}{(status is >= 300 and < 400 ? " (a redirect, which is not followed)" : said.Length > 0 ? $": {said}" : "")}",
                status is 408 or 429 or >= 500,
                RetryAfterOf(response)
            );
        }
        catch (HttpRequestException none) when (none.InnerException is PrivateAddressException refused)
        {
            return new Attempt(null, default, refused.Message, Transient: false, Reached: false);
        }
        catch (Exception none) when (none is HttpRequestException or IOException)
        {
            var reached =
                (none as HttpRequestException)?.HttpRequestError
                is not (HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError);
            return new Attempt(null, default, $"is unreachable: {Excerpt.Of(none.Message)}", Transient: true, Reached: reached);
        }
    }

    private HttpRequestMessage Request(OutboundChannel channel, HttpMethod method, Uri address, string messageId, ReadOnlyMemory<byte> body)
    {
        var (id, now) = (WireId.Of(messageId), time.GetUtcNow());
        var request = new HttpRequestMessage(method, address);
        request.Headers.Add(StandardWebhooksSignature.IdHeader, id);
        request.Headers.Add(
            StandardWebhooksSignature.TimestampHeader,
            now.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture)
        );
        request.Headers.Add(
            StandardWebhooksSignature.SignatureHeader,
            StandardWebhooksSignature.Sign(channel.Secrets[0], id, now, body.Span)
        );
        if (method != HttpMethod.Post)
            return request;
        request.Headers.Add(IdempotencyHeader, id);
        request.Content = new ReadOnlyMemoryContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        return request;
    }

    private TimeSpan? RetryAfterOf(HttpResponseMessage response) =>
        response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } when date - time.GetUtcNow() is var wait => wait > TimeSpan.Zero ? wait : TimeSpan.Zero,
            _ => null,
        };

    private static Polled Read(Attempt answer)
    {
        if (answer.Status == 404)
            return new Polled(PollOutcome.Unknown, answer.Detail);
        if (answer.Status is not (>= 200 and < 300))
            return new Polled(PollOutcome.Unreachable, answer.Detail);
        try
        {
            var said = JsonSerializer.Deserialize(answer.Body.Span, PollJson.Default.PollAnswer);
            var detail = said?.Detail is { } words ? Excerpt.Of(words) : null;
            return said?.Answer switch
            {
                nameof(PollOutcome.Confirmed) => new Polled(PollOutcome.Confirmed, detail),
                nameof(PollOutcome.Refused) => new Polled(PollOutcome.Refused, detail),
                nameof(PollOutcome.Working) => new Polled(PollOutcome.Working, detail),
                _ => new Polled(PollOutcome.Unreachable, "gave an answer other than Confirmed, Refused or Working"),
            };
        }
        // A text that is not Unicode is found only when it is read, and then not as a JsonException.
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            return new Polled(PollOutcome.Unreachable, "gave an answer that is not JSON");
        }
    }
}

internal sealed record PollAnswer(string? Answer, string? Detail);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(PollAnswer))]
internal sealed partial class PollJson : JsonSerializerContext;
