using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Polly.CircuitBreaker;
using Stockgate.Domain;
using Stockgate.Domain.Events;
using Stockgate.Domain.Promotions.Launch;
using Stockgate.Platform.Ingest.Registry;
using Stockgate.Platform.Outbound;
using Stockgate.Platform.Outbound.Sent;
using Stockgate.Platform.Signatures;

namespace Stockgate.Functions.Tests.Outbound;

public sealed class ChannelClientTests : IDisposable
{
    private static readonly byte[] Body = """{"type":"stockgate.promotion.prepare.v1"}"""u8.ToArray();
    private static readonly SendLimits Quick = new()
    {
        Pause = TimeSpan.FromMilliseconds(5),
        LongestPause = TimeSpan.FromMilliseconds(20),
        BreakerAttempts = 100,
    };

    private readonly ShiftedTime time = new();
    private readonly OutboundHttp http = new(allowPrivate: true, Dns.GetHostAddressesAsync);
    private readonly ConcurrentQueue<(int? Status, string Detail)> saw = new();
    private readonly ConcurrentQueue<SentMessage> kept = new();
    private ChannelClient? client;

    public void Dispose()
    {
        client?.Dispose();
        http.Dispose();
    }

    private ChannelClient Client(SendLimits? limits = null) =>
        client ??= new ChannelClient(
            http,
            (_, status, detail, _) =>
            {
                saw.Enqueue((status, detail));
                return Task.CompletedTask;
            },
            (sent, _, _) =>
            {
                kept.Enqueue(sent);
                return Task.CompletedTask;
            },
            limits ?? Quick,
            time
        );

    private Task<Delivery> SendAsync(
        OutboundChannel channel,
        string id = "p.1.pos.prepare",
        CancellationToken cancellationToken = default
    ) => Client().SendAsync(channel, id, Body, cancellationToken);

    private SignatureVerdict Verify(Seen seen) =>
        StandardWebhooksSignature.Verify(
            [StandardWebhooksSignature.ParseSecret(StubChannel.Secret)],
            seen.Headers["webhook-id"],
            seen.Headers["webhook-timestamp"],
            seen.Headers["webhook-signature"],
            seen.Body,
            time.GetUtcNow()
        );

    [Fact]
    public async Task A_message_is_signed_and_carries_its_id_twice()
    {
        await using var stub = await StubChannel.StartAsync(202);
        Assert.Equal(new Delivery(DeliveryOutcome.Accepted, 202, "accepted"), await SendAsync(stub.Channel));
        var seen = Assert.Single(stub.Requests);
        Assert.Equal(
            ("POST", "/in", "application/json", "p.1.pos.prepare", "p.1.pos.prepare"),
            (seen.Method, seen.Path, seen.Headers["Content-Type"], seen.Headers["webhook-id"], seen.Headers["Idempotency-Key"])
        );
        Assert.Equal(Body, seen.Body);
        Assert.Equal(SignatureVerdict.Valid, Verify(seen));
        Assert.Equal((202, "accepted"), Assert.Single(saw));
    }

    [Fact]
    public async Task Every_attempt_has_the_same_id_and_a_signature_of_its_own_time()
    {
        var attempts = 0;
        await using var stub = await StubChannel.StartAsync(answer =>
        {
            time.Advance(TimeSpan.FromSeconds(2));
            answer.Response.StatusCode = Interlocked.Increment(ref attempts) < 3 ? 503 : 202;
            return Task.CompletedTask;
        });
        Assert.Equal(DeliveryOutcome.Accepted, (await SendAsync(stub.Channel)).Outcome);
        Assert.Equal(3, stub.Requests.Count);
        Assert.Single(stub.Requests.Select(static r => r.Headers["webhook-id"]).Distinct());
        var times = stub.Requests.Select(static r => long.Parse(r.Headers["webhook-timestamp"], CultureInfo.InvariantCulture)).ToList();
        Assert.True(times[0] < times[1] && times[1] < times[2], string.Join(" ", times));
        Assert.All(stub.Requests, r => Assert.Equal(SignatureVerdict.Valid, Verify(r)));
        var sent = Assert.Single(kept);
        Assert.Equal(("p.1.pos.prepare", DeliveryOutcome.Accepted, Body.Length), (sent.MessageId, sent.Outcome, sent.Bytes));
        Assert.Equal([503, 503, 202], sent.Attempts.Select(static a => a.Status));
    }

    [Fact]
    public async Task Of_a_channel_that_asks_for_patience_the_log_says_until_when()
    {
        await using var stub = await StubChannel.StartAsync(answer =>
        {
            answer.Response.StatusCode = 503;
            answer.Response.Headers.RetryAfter = "120";
            return Task.CompletedTask;
        });
        await SendAsync(stub.Channel);
        var sent = Assert.Single(kept);
        Assert.Equal(503, Assert.Single(sent.Attempts).Status);
        Assert.InRange(sent.NextTryAt!.Value - sent.At, TimeSpan.FromSeconds(119), TimeSpan.FromSeconds(150));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(409)]
    [InlineData(422)]
    public async Task What_a_channel_refuses_is_not_sent_again(int status)
    {
        await using var stub = await StubChannel.StartAsync(answer =>
        {
            answer.Response.StatusCode = status;
            return answer.Response.WriteAsync("no such\r\n\u001b[31mitem\u202e " + new string('x', 20_000));
        });
        var delivery = await SendAsync(stub.Channel);
        Assert.Equal((DeliveryOutcome.Refused, (int?)status), (delivery.Outcome, delivery.Status));
        Assert.StartsWith($"answered {status}: no such [31mitem\ufffd xxx", delivery.Detail, StringComparison.Ordinal);
        Assert.True(delivery.Detail.Length < 330, $"{delivery.Detail.Length}");
        Assert.DoesNotContain(delivery.Detail, char.IsControl);
        Assert.Single(stub.Requests);
    }

    [Theory]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task What_may_pass_is_tried_again_and_then_given_up(int status)
    {
        await using var stub = await StubChannel.StartAsync(status);
        var delivery = await SendAsync(stub.Channel);
        Assert.Equal(
            (DeliveryOutcome.Unreachable, (int?)status, $"answered {status}"),
            (delivery.Outcome, delivery.Status, delivery.Detail)
        );
        Assert.Equal(1 + Quick.Retries, stub.Requests.Count);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var inside = await StubChannel.StartAsync(202);
        await using var stub = await StubChannel.StartAsync(answer =>
        {
            answer.Response.Redirect(inside.Url.AbsoluteUri, permanent: false, preserveMethod: true);
            return Task.CompletedTask;
        });
        var delivery = await SendAsync(stub.Channel);
        Assert.Equal((DeliveryOutcome.Unreachable, (int?)307), (delivery.Outcome, delivery.Status));
        Assert.Single(stub.Requests);
        Assert.Empty(inside.Requests);
    }

    [Fact]
    public async Task Nobody_there_is_unreachable_and_seen()
    {
        await using var stub = await StubChannel.StartAsync(202);
        var channel = stub.Channel;
        await stub.DisposeAsync();
        var delivery = await SendAsync(channel);
        Assert.Equal((DeliveryOutcome.Unreachable, null), (delivery.Outcome, delivery.Status));
        Assert.StartsWith("is unreachable", delivery.Detail, StringComparison.Ordinal);
        Assert.Null(Assert.Single(saw).Status);
    }

    [Fact]
    public async Task An_address_inside_is_refused_at_once()
    {
        await using var stub = await StubChannel.StartAsync(202);
        using var strict = new OutboundHttp(allowPrivate: false, Dns.GetHostAddressesAsync);
        using var guarded = new ChannelClient(strict, (_, _, _, _) => Task.CompletedTask, (_, _, _) => Task.CompletedTask, Quick, time);
        var delivery = await guarded.SendAsync(
            StubChannel.ChannelAt(new UriBuilder(stub.Url) { Scheme = "https" }.Uri),
            "m",
            Body,
            CancellationToken.None
        );
        Assert.Equal(DeliveryOutcome.Unreachable, delivery.Outcome);
        Assert.Contains("OutboundAllowPrivateAddresses", delivery.Detail, StringComparison.Ordinal);
        Assert.Empty(stub.Requests);
    }

    [Fact]
    public async Task An_attempt_that_hangs_is_given_up_and_tried_again()
    {
        var hung = 0;
        await using var stub = await StubChannel.StartAsync(async answer =>
        {
            if (Interlocked.Increment(ref hung) == 1)
                await Task.Delay(Timeout.Infinite, answer.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            answer.Response.StatusCode = 202;
        });
        Assert.Equal(
            DeliveryOutcome.Accepted,
            (await SendAsync(StubChannel.ChannelAt(stub.Url, timeout: TimeSpan.FromSeconds(1)))).Outcome
        );
        Assert.InRange(stub.Requests.Count, 2, 1 + Quick.Retries);
    }

    [Fact]
    public async Task A_channel_that_never_answers_costs_a_bounded_time()
    {
        await using var stub = await StubChannel.StartAsync(answer => Task.Delay(Timeout.Infinite, answer.RequestAborted));
        Client(Quick with { TotalTimeouts = 1.9 });
        var delivery = await SendAsync(StubChannel.ChannelAt(stub.Url, timeout: TimeSpan.FromSeconds(1)));
        Assert.Equal((DeliveryOutcome.Unreachable, null), (delivery.Outcome, delivery.Status));
        Assert.Contains("did not answer within", delivery.Detail, StringComparison.Ordinal);
        Assert.Equal(2, stub.Requests.Count);
    }

    [Fact]
    public async Task A_channel_that_asks_for_a_pause_gets_it()
    {
        var first = 0;
        await using var stub = await StubChannel.StartAsync(answer =>
        {
            answer.Response.Headers.RetryAfter = "1";
            answer.Response.StatusCode = Interlocked.Exchange(ref first, 1) == 0 ? 429 : 202;
            return Task.CompletedTask;
        });
        var started = TimeProvider.System.GetTimestamp();
        Assert.Equal(DeliveryOutcome.Accepted, (await SendAsync(stub.Channel)).Outcome);
        Assert.True(
            TimeProvider.System.GetElapsedTime(started) >= TimeSpan.FromMilliseconds(950),
            "It did not wait the second that it was asked for."
        );
    }

    [Fact]
    public async Task A_channel_that_asks_for_a_long_pause_is_left_alone()
    {
        await using var stub = await StubChannel.StartAsync(answer =>
        {
            (answer.Response.StatusCode, answer.Response.Headers.RetryAfter) = (429, "3600");
            return Task.CompletedTask;
        });
        Assert.Equal(
            (DeliveryOutcome.Unreachable, (int?)429),
            ((await SendAsync(stub.Channel)) is var d ? (d.Outcome, d.Status) : default)
        );
        Assert.Single(stub.Requests);
    }

    [Fact]
    public async Task A_channel_that_keeps_failing_is_left_alone_and_taken_up_again()
    {
        var status = 503;
        await using var stub = await StubChannel.StartAsync(answer =>
        {
            answer.Response.StatusCode = Volatile.Read(ref status);
            return Task.CompletedTask;
        });
        var channel = stub.Channel;
        var sender = Client(Quick with { Retries = 1, BreakerAttempts = 4, BreakerPause = TimeSpan.FromSeconds(15) });
        Assert.Equal(CircuitState.Closed, sender.CircuitOf(channel));
        for (var i = 0; i < 2; i++)
            await SendAsync(channel);
        Assert.Equal(CircuitState.Open, sender.CircuitOf(channel));
        var (heard, known) = (stub.Requests.Count, saw.Count);
        Assert.Equal((DeliveryOutcome.Unreachable, null), ((await SendAsync(channel)) is var d ? (d.Outcome, d.Status) : default));
        // A call that was not made says nothing about the channel.
        Assert.Equal((heard, known), (stub.Requests.Count, saw.Count));
        Volatile.Write(ref status, 202);
        time.Advance(TimeSpan.FromSeconds(16));
        Assert.Equal(DeliveryOutcome.Accepted, (await SendAsync(channel)).Outcome);
        Assert.Equal(CircuitState.Closed, sender.CircuitOf(channel));
    }

    [Fact]
    public async Task One_channels_trouble_is_not_anothers()
    {
        await using var bad = await StubChannel.StartAsync(503);
        await using var good = await StubChannel.StartAsync(202);
        var sender = Client(Quick with { Retries = 1, BreakerAttempts = 2 });
        await SendAsync(bad.Channel);
        Assert.Equal(CircuitState.Open, sender.CircuitOf(bad.Channel));
        Assert.Equal(DeliveryOutcome.Accepted, (await SendAsync(StubChannel.ChannelAt(good.Url, "web"))).Outcome);
    }

    [Fact]
    public async Task Five_hundred_messages_at_once_wait_in_line_and_all_arrive()
    {
        var (now, most) = (0, 0);
        await using var stub = await StubChannel.StartAsync(async answer =>
        {
            var inside = Interlocked.Increment(ref now);
            for (
                var seen = Volatile.Read(ref most);
                inside > seen && Interlocked.CompareExchange(ref most, inside, seen) != seen;
                seen = Volatile.Read(ref most)
            ) { }
            await Task.Yield();
            answer.Response.StatusCode = 202;
            Interlocked.Decrement(ref now);
        });
        var channel = stub.Channel;
        Client(Quick with { AtOnce = 8 });
        var sent = await Task.WhenAll(Enumerable.Range(0, 500).Select(i => Task.Run(() => SendAsync(channel, $"p-{i}.1.pos.prepare"))));
        Assert.All(sent, static d => Assert.Equal(DeliveryOutcome.Accepted, d.Outcome));
        Assert.Equal(500, stub.Requests.Select(static r => r.Headers["webhook-id"]).Distinct().Count());
        Assert.InRange(most, 1, 8);
    }

    [Fact]
    public async Task Beyond_the_line_nothing_is_sent()
    {
        var release = new TaskCompletionSource();
        await using var stub = await StubChannel.StartAsync(async answer =>
        {
            await release.Task;
            answer.Response.StatusCode = 202;
        });
        var channel = stub.Channel;
        Client(Quick with { AtOnce = 1, Waiting = 1 });
        var first = SendAsync(channel, "a");
        await StubChannel.UntilAsync(() => stub.Requests.Count == 1, "the first message is under way");
        var second = SendAsync(channel, "b");
        var third = await SendAsync(channel, "c");
        Assert.Equal(DeliveryOutcome.Unreachable, third.Outcome);
        Assert.Contains("too many", third.Detail, StringComparison.Ordinal);
        release.SetResult();
        Assert.All(await Task.WhenAll(first, second), static d => Assert.Equal(DeliveryOutcome.Accepted, d.Outcome));
    }

    [Fact]
    public async Task Calls_and_retries_are_counted_by_channel()
    {
        var counted = new ConcurrentQueue<string>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = static (instrument, on) =>
        {
            if (instrument.Meter.Name == ChannelClient.MeterName)
                on.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>(
            (instrument, value, tags, _) =>
            {
                // Other tests count at the same time.
                var all = tags.ToArray();
                if (all.Any(static t => t.Value as string == "counted"))
                    counted.Enqueue($"{instrument.Name} {value} {string.Join(' ', all.Select(static t => t.Value))}");
            }
        );
        listener.Start();
        await using var stub = await StubChannel.StartAsync(503);
        await SendAsync(StubChannel.ChannelAt(stub.Url, "counted"));
        Assert.Equal(
            Enumerable
                .Repeat("stockgate.outbound.retries 1 counted", Quick.Retries)
                .Append("stockgate.outbound.calls 1 counted send Unreachable"),
            counted
        );
    }

    [Fact]
    public async Task Who_gives_up_gets_no_outcome()
    {
        await using var stub = await StubChannel.StartAsync(answer => Task.Delay(Timeout.Infinite, answer.RequestAborted));
        using var enough = new CancellationTokenSource();
        var sending = SendAsync(stub.Channel, cancellationToken: enough.Token);
        await StubChannel.UntilAsync(() => stub.Requests.Count == 1, "the message is under way");
        await enough.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        Assert.Empty(saw);
    }

    [Theory]
    [InlineData("plain.1.pos.prepare", "plain.1.pos.prepare")]
    [InlineData("été 1\r\nX: y", "%C3%A9t%C3%A9%201%0D%0AX%3A%20y")]
    [InlineData("a%20b", "a%2520b")]
    public async Task An_id_that_a_header_can_not_hold_is_escaped(string id, string sent)
    {
        await using var stub = await StubChannel.StartAsync(202);
        Assert.Equal(DeliveryOutcome.Accepted, (await SendAsync(stub.Channel, id)).Outcome);
        var seen = Assert.Single(stub.Requests);
        Assert.Equal((sent, SignatureVerdict.Valid), (seen.Headers["webhook-id"], Verify(seen)));
    }

    [Fact]
    public void Long_ids_stay_short_and_apart()
    {
        var (one, other) = (WireId.Of(new string('ü', 250) + "1"), WireId.Of(new string('ü', 250) + "2"));
        Assert.Equal((200, 200), (one.Length, other.Length));
        Assert.NotEqual(one, other);
        Assert.Equal(one, WireId.Of(new string('ü', 250) + "1"));
    }

    public static TheoryData<int, string, PollOutcome, string?> Answers =>
        new()
        {
            { 200, """{"answer":"Confirmed","detail":"ok"}""", PollOutcome.Confirmed, "ok" },
            { 200, """{"answer":"Refused","detail":"no\u0007pe"}""", PollOutcome.Refused, "no pe" },
            { 200, """{"answer":"Working"}""", PollOutcome.Working, null },
            { 200, """{"answer":"confirmed?"}""", PollOutcome.Unreachable, "gave an answer other than Confirmed, Refused or Working" },
            { 200, "null", PollOutcome.Unreachable, "gave an answer other than Confirmed, Refused or Working" },
            { 200, "<html>", PollOutcome.Unreachable, "gave an answer that is not JSON" },
            { 200, """{"answer":"\ud800"}""", PollOutcome.Unreachable, "gave an answer that is not JSON" },
            { 404, "", PollOutcome.Unknown, "answered 404" },
            { 401, "who?", PollOutcome.Unreachable, "answered 401: who?" },
            { 503, "", PollOutcome.Unreachable, "answered 503" },
        };

    [Theory, MemberData(nameof(Answers))]
    public async Task A_channel_that_is_asked_answers_or_not(int status, string body, PollOutcome outcome, string? detail)
    {
        await using var stub = await StubChannel.StartAsync(answer =>
        {
            answer.Response.StatusCode = status;
            return answer.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(body)).AsTask();
        });
        Assert.Equal(
            new Polled(outcome, detail),
            await Client().PollAsync(stub.Channel, new PromotionId("Summer 26"), 2, LaunchStep.Activate, CancellationToken.None)
        );
        var seen = stub.Requests[0];
        Assert.Equal(("GET", "/in/promotions/Summer%2026/2/activate", 0), (seen.Method, seen.Path, seen.Body.Length));
        Assert.Equal(SignatureVerdict.Valid, Verify(seen));
        Assert.Equal("summer%2026.2.pos.activate.poll", seen.Headers["webhook-id"]);
    }

    [Fact]
    public async Task An_answer_without_end_is_not_read_to_its_end()
    {
        await using var stub = await StubChannel.StartAsync(async answer =>
        {
            answer.Response.StatusCode = 200;
            var chunk = Encoding.ASCII.GetBytes(new string('x', 4096));
            while (!answer.RequestAborted.IsCancellationRequested)
                await answer.Response.Body.WriteAsync(chunk, answer.RequestAborted);
        });
        Assert.Equal(
            PollOutcome.Unreachable,
            (await Client().PollAsync(stub.Channel, new PromotionId("p"), 1, LaunchStep.Prepare, CancellationToken.None)).Outcome
        );
        Assert.Single(stub.Requests);
    }
}
