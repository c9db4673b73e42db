using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Polly.CircuitBreaker;
using Stockgate.Domain;
using Stockgate.Domain.Events;
using Stockgate.Domain.Promotions.Launch;
using Stockgate.Platform.Outbound.Sent;

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
    private readonly Func<SentMessage, ReadOnlyMemory<byte>, CancellationToken, Task> kept;
    private readonly SendLimits limits;
    private readonly TimeProvider time;

    public ChannelClient(OutboundHttp http, ChannelHealth health, SentLog log, SendLimits limits, TimeProvider time)
        : this(http, health.SawAsync, log.KeepAsync, limits, time) { }

    internal ChannelClient(
        OutboundHttp http,
        Func<OutboundChannel, int?, string, CancellationToken, Task> saw,
        Func<SentMessage, ReadOnlyMemory<byte>, CancellationToken, Task> kept,
        SendLimits limits,
        TimeProvider time
    ) => (this.http, this.saw, this.kept, this.limits, this.time) = (http, saw, kept, limits, time);

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
        var (at, attempts) = (time.GetUtcNow(), new CallAttempts(time));
        var answer = await CallAsync(channel, HttpMethod.Post, channel.Url, messageId, body, attempts, cancellationToken);
        var delivery = answer switch
        {
            { Status: >= 200 and < 300 } => new Delivery(DeliveryOutcome.Accepted, answer.Status, "accepted"),
            { Status: >= 400 and < 500, Transient: false } => new Delivery(
                DeliveryOutcome.Refused,
                answer.Status,
                answer.Detail,
                attempts.Doubtful
            ),
            _ => new Delivery(DeliveryOutcome.Unreachable, answer.Status, answer.Detail, attempts.Doubtful),
        };
        Calls.Add(1, new("channel", channel.Id.Value), new("call", "send"), new("outcome", delivery.Outcome.ToString()));
        await kept(
            new SentMessage(
                channel.Id,
                WireId.Of(messageId),
                at,
                delivery.Outcome,
                attempts.All,
                answer.Detail,
                delivery.Outcome == DeliveryOutcome.Unreachable ? NextTry(answer) : null,
                body.Length
            ),
            body,
            cancellationToken
        );
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
        var polled = PollAnswer.Read(await GetAsync(channel, address, id, cancellationToken));
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
        var id = $"price.{sku.Value}.{region.Value}.{number}.poll";
        var polled = PollAnswer.Read(await GetAsync(channel, address, id, cancellationToken));
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

    private Task<Attempt> GetAsync(OutboundChannel channel, Uri address, string messageId, CancellationToken cancellationToken) =>
        CallAsync(channel, HttpMethod.Get, address, messageId, default, new CallAttempts(time), cancellationToken);

    private async Task<Attempt> CallAsync(
        OutboundChannel channel,
        HttpMethod method,
        Uri address,
        string messageId,
        ReadOnlyMemory<byte> body,
        CallAttempts attempts,
        CancellationToken cancellationToken
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
        var answer = await pipeline.RunAsync(
            token =>
                attempts.RunAsync(
                    cancellation =>
                        AttemptAsync(SignedRequest.Of(channel, method, address, messageId, body, time.GetUtcNow()), cancellation),
                    token
                ),
            cancellationToken
        );
        Seconds.Record(time.GetElapsedTime(started).TotalSeconds, new KeyValuePair<string, object?>("channel", channel.Id.Value));
        if (answer.Tried)
            await saw(channel, answer.Status, answer.Detail, cancellationToken);
        return answer;
    }

    private async ValueTask<Attempt> AttemptAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var disposed = request;
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

    private DateTimeOffset? NextTry(Attempt answer)
    {
        var wait = answer.Tried ? answer.RetryAfter : limits.BreakerPause;
        return wait is { } longest ? time.GetUtcNow() + longest : null;
    }

    private TimeSpan? RetryAfterOf(HttpResponseMessage response) =>
        response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } when date - time.GetUtcNow() is var wait => wait > TimeSpan.Zero ? wait : TimeSpan.Zero,
            _ => null,
        };
}
