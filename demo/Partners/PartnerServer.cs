using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Stockgate.Demo.Local;
using Stockgate.Domain;
using Stockgate.Domain.Events;
using Stockgate.Domain.Orders.Actions;
using Stockgate.Domain.Pricing;
using Stockgate.Domain.Promotions;
using Stockgate.Domain.Promotions.Gates;
using Stockgate.Domain.Promotions.Launch;
using Stockgate.Local.Run;
using Stockgate.Platform.Ingest.Registry;
using Stockgate.Platform.Orders.Accuracy;
using Stockgate.Platform.Promotions.Launch;
using Stockgate.Platform.Promotions.Live;
using Stockgate.Platform.Promotions.Settlement;
using Stockgate.Platform.Signatures;

namespace Stockgate.Demo.Partners;

/// <summary>
/// Every system of a simulated retailer on one port of 127.0.0.1, each under <c>/NAME</c>: takes signed messages, keeps prices, confirms
/// by callback or when asked, and goes wrong as it is told to. Its books outlive the app: what the app did not take is posted until it
/// does.
/// </summary>
public sealed class PartnerServer : IAsyncDisposable
{
    private readonly Dictionary<string, (PartnerChannel Channel, PartnerBooks Books, PartnerFaults Faults)> channels;
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { AllowOutOfOrderMetadataProperties = true };

    private readonly ConcurrentDictionary<(string Channel, PromotionId Promotion), PartnerFaults> overrides = new();
    private readonly ConcurrentQueue<(string Channel, string WebhookId, object Message)> others = new();
    private readonly CancellationTokenSource ended = new();
    private readonly TimeProvider time;
    private readonly PartnerEvents events;
    private readonly Confirmations confirmations;
    private readonly Readiness readiness;
    private readonly WebApplication web;

    private PartnerServer(PartnerSettings settings, int port, TimeProvider time)
    {
        this.time = time;
        events = new PartnerEvents(time);
        Orders = new PartnerOrders(events, time);
        Prices = new PartnerPrices(events, time, ended.Token);
        confirmations = new Confirmations(events, time, ended.Token);
        readiness = new Readiness(events, time, ended.Token);
        channels = settings.Channels.ToDictionary(
            static c => c.Name,
            c => (c, new PartnerBooks(c.Name, time), new PartnerFaults()),
            StringComparer.Ordinal
        );
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        web = builder.Build();
        web.MapGet("/{channel}/health", (HttpContext http, string channel) => Open(channel) ? Results.Ok() : Closed(http, channel));
        web.MapPost("/{channel}", ReceiveAsync);
        web.MapGet("/{channel}/prices/{sku}/{region}/{revision:int}", PollPrice);
        web.MapGet("/{channel}/promotions/{promotion}/{revision:int}/{step}", Poll);
        Address = new Uri($"http://127.0.0.1:{port}/");
    }

    public Uri Address { get; }

    /// <summary>Where the app is; may be said, and changed, at any time. Callbacks wait for it.</summary>
    public Uri? App
    {
        get => events.App;
        set => events.App = value;
    }

    /// <summary>Every message of every channel, in the order in which each channel first got it.</summary>
    public IReadOnlyList<ReceivedMessage> Messages => [.. channels.Values.SelectMany(static c => c.Books.Messages)];

    /// <summary>
    /// What was received besides the steps of launches: announcements, claims, requests to sell less; one that came twice stands twice.
    /// </summary>
    public IReadOnlyList<(string Channel, string WebhookId, object Message)> Others => [.. others];

    /// <summary>What was asked of orders, and done.</summary>
    public PartnerOrders Orders { get; }

    /// <summary>Prices that were published by themselves, not by a promotion.</summary>
    public PartnerPrices Prices { get; }

    /// <summary>The events that the app took, in that order; one that was posted twice stands twice.</summary>
    public IReadOnlyList<PostedEvent> Posted => events.Posted;

    /// <summary>Why the last callback that the app did not take wasn't; null where every one was.</summary>
    public string? LastTrouble => events.LastTrouble;

    /// <param name="port">Where to listen; a free port where it is left out.</param>
    public static async Task<PartnerServer> StartAsync(
        PartnerSettings settings,
        int? port = null,
        TimeProvider? time = null,
        CancellationToken cancellationToken = default
    )
    {
        // Two tries more: another process may take a free port before this one listens on it.
        for (var attempt = 1; ; attempt++)
        {
            var server = new PartnerServer(settings, port ?? Ports.Free(), time ?? TimeProvider.System);
            try
            {
                await server.web.StartAsync(cancellationToken);
                return server;
            }
            catch (IOException taken)
            {
                await server.DisposeAsync();
                if (port is not null)
                    throw new LocalSetupException($"Port {port} is taken: end what listens there.", taken);
                if (attempt == 3)
                    throw;
            }
        }
    }

    public PartnerBooks Books(string channel) => channels[channel].Books;

    /// <summary>What goes wrong at a channel.</summary>
    public PartnerFaults Faults(string channel) => channels[channel].Faults;

    /// <summary>What goes wrong at a channel with one promotion; once asked for, it holds in place of the channel's own.</summary>
    public PartnerFaults Faults(string channel, PromotionId promotion) =>
        overrides.GetOrAdd((channels[channel].Channel.Name, promotion), static _ => new PartnerFaults());

    /// <summary>Sets a regular price at every channel.</summary>
    public void Seed(Sku sku, Money price, RegionId? region = null)
    {
        foreach (var (_, books, _) in channels.Values)
            books.Seed(sku, region, price);
    }

    /// <summary>What a customer of the channel sees; null where it has no price.</summary>
    public Money? PriceOf(string channel, Sku sku, RegionId? region = null) => Books(channel).PriceOf(sku, region);

    /// <summary>How often the promotion's prices became what customers of the channel see.</summary>
    public int ActivationsOf(PromotionId promotion, string channel) => Books(channel).ActivationsOf(promotion);

    /// <summary>Posts an event of a channel's own, such as that it is ready; ends when the app has it.</summary>
    /// <param name="channel">Who says it.</param>
    /// <param name="eventId">The same id and content is the same event, however often it is posted.</param>
    /// <param name="data">What is said.</param>
    /// <param name="at">When it became so; now where it is left out.</param>
    /// <param name="cancellationToken">Ends the try.</param>
    public Task PostAsync(
        string channel,
        string eventId,
        ChannelEvent data,
        DateTimeOffset? at = null,
        CancellationToken cancellationToken = default
    ) =>
        events.PostAsync(
            channels[channel].Channel,
            eventId,
            PartnerEvents.Write(channels[channel].Channel, eventId, at ?? time.GetUtcNow(), data),
            cancellationToken
        );

    /// <summary>A channel says how far it is with what it prepares itself; ends when the app has it.</summary>
    public Task SayReadyAsync(
        string channel,
        PromotionId promotion,
        ChannelAnswer answer = ChannelAnswer.Ready,
        string? detail = null,
        CancellationToken cancellationToken = default
    ) =>
        PostAsync(
            channel,
            $"{promotion}.{channel}.ready.{Guid.NewGuid():N}",
            new ChannelReadyReported
            {
                Promotion = promotion,
                Channel = new SalesChannelId(channel),
                Answer = answer,
                Detail = detail,
            },
            cancellationToken: cancellationToken
        );

    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync();
        await web.DisposeAsync();
        await confirmations.EndedAsync();
        await readiness.EndedAsync();
        await Orders.EndedAsync();
        await Prices.EndedAsync();
        Orders.Dispose();
        events.Dispose();
        ended.Dispose();
    }

    private bool Open(string channel) => channels.TryGetValue(channel, out var own) && own.Faults.Outage == PartnerOutage.None;

    private IResult Closed(HttpContext http, string channel)
    {
        if (!channels.TryGetValue(channel, out var own))
            return Results.NotFound();
        if (own.Faults.Outage == PartnerOutage.Cut)
            http.Abort();
        return Results.StatusCode(503);
    }

    private async Task<IResult> ReceiveAsync(HttpContext http, string channel)
    {
        if (!Open(channel))
            return Closed(http, channel);
        using var buffer = new MemoryStream();
        await http.Request.Body.CopyToAsync(buffer, http.RequestAborted);
        var body = buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
        var own = channels[channel];
        if (!IsSigned(http.Request, own.Channel, body.Span))
            return Results.Text("the signature does not fit", statusCode: 401);
        if (Other(body.Span) is { } other)
        {
            if (other is OrderActionMessage action)
                return await TakeAsync(http, own.Faults.OrderAction, id => Orders.Take(own.Channel, id, action, own.Faults.OrderAction));
            if (other is AllocationMessage allocation)
                return await TakeAsync(http, own.Faults.Allocation, id => Orders.Take(own.Channel, id, allocation, own.Faults.Allocation));
            if (other is PriceMessage prices)
                return await TakeAsync(http, own.Faults.Price, id => Prices.Take(own.Channel, id, prices, own.Faults.Price, own.Books));
            others.Enqueue((channel, http.Request.Headers[StandardWebhooksSignature.IdHeader].ToString(), other));
            if (other is AnnouncementMessage announcement)
                readiness.Begin(own.Channel, announcement, FaultsOf(channel, announcement.Promotion));
            if (other is ClaimMessage claim)
                readiness.Pay(own.Channel, claim, FaultsOf(channel, claim.Promotion));
            return Results.StatusCode(202);
        }
        if (Read(body.Span) is not { } message)
            return Results.Text("not a message that is known here", statusCode: 400);
        if (message.Channel.Value != channel)
            return Results.Text("the message is for another channel", statusCode: 400);
        var id = http.Request.Headers[StandardWebhooksSignature.IdHeader].ToString();
        own.Books.Note(id, message);
        var faults = FaultsOf(channel, message.Promotion);
        var step = faults.On(message.Step);
        if (step.AnswerAfter > TimeSpan.Zero)
            await Task.Delay(step.AnswerAfter, time, http.RequestAborted);
        var fails = step.TakeFailure();
        if (!fails || step.TakenAllTheSame)
            confirmations.Begin(own.Channel, own.Books.Take(id, step.Refuse), faults);
        return Results.StatusCode(fails ? step.Status : 202);
    }

    private async Task<IResult> TakeAsync(HttpContext http, StepFaults faults, Action<string> take)
    {
        if (faults.AnswerAfter > TimeSpan.Zero)
            await Task.Delay(faults.AnswerAfter, time, http.RequestAborted);
        var fails = faults.TakeFailure();
        if (!fails || faults.TakenAllTheSame)
            take(http.Request.Headers[StandardWebhooksSignature.IdHeader].ToString());
        return Results.StatusCode(fails ? faults.Status : 202);
    }

    private IResult Poll(HttpContext http, string channel, string promotion, int revision, string step)
    {
        if (!Open(channel))
            return Closed(http, channel);
        var own = channels[channel];
        if (!IsSigned(http.Request, own.Channel, []))
            return Results.Text("the signature does not fit", statusCode: 401);
        var named = new PromotionId(Unescaped(promotion));
        if (!Enum.TryParse<LaunchStep>(step, ignoreCase: true, out var asked) || own.Books.Find(named, revision, asked) is not { } found)
            return Results.NotFound();
        return found.Answer is { } answer && confirmations.IsDue(found)
            ? Results.Json(new { answer = answer.ToString(), detail = found.Detail })
            : Results.Json(new { answer = "Working", detail = (string?)null });
    }

    private IResult PollPrice(HttpContext http, string channel, string sku, string region, int revision)
    {
        if (!Open(channel))
            return Closed(http, channel);
        var own = channels[channel];
        if (!IsSigned(http.Request, own.Channel, []))
            return Results.Text("the signature does not fit", statusCode: 401);
        return
            Prices.Find(channel, new Sku(Unescaped(sku)), new RegionId(Unescaped(region)), revision, own.Faults.Price)
                is var (answer, detail)
            ? Results.Json(new { answer, detail })
            : Results.NotFound();
    }

    // The server leaves an escaped slash as it is.
    private static string Unescaped(string segment) => segment.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);

    private PartnerFaults FaultsOf(string channel, PromotionId promotion) =>
        overrides.TryGetValue((channel, promotion), out var own) ? own : channels[channel].Faults;

    private bool IsSigned(HttpRequest request, PartnerChannel channel, ReadOnlySpan<byte> body) =>
        StandardWebhooksSignature.Verify(
            [channel.Secret],
            request.Headers[StandardWebhooksSignature.IdHeader],
            request.Headers[StandardWebhooksSignature.TimestampHeader],
            request.Headers[StandardWebhooksSignature.SignatureHeader],
            body,
            time.GetUtcNow()
        ) == SignatureVerdict.Valid;

    // What is not a step of a launch: announcements, claims, requests to sell less, actions on orders.
    private static object? Other(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            var type = JsonDocument.ParseValue(ref reader).RootElement.TryGetProperty("type", out var named) ? named.GetString() : null;
            return type switch
            {
                AnnouncementMessage.TypeName => JsonSerializer.Deserialize<AnnouncementMessage>(body, Json),
                ClaimMessage.TypeName => JsonSerializer.Deserialize<ClaimMessage>(body, Json),
                ThrottleMessage.TypeName => JsonSerializer.Deserialize<ThrottleMessage>(body, Json),
                OrderActionMessage.TypeName => JsonSerializer.Deserialize(body, OrderActionsJson.Default.OrderActionMessage),
                AllocationMessage.TypeName => JsonSerializer.Deserialize(body, OrderAccuracyJson.Default.AllocationMessage),
                PriceMessage.PublishType => JsonSerializer.Deserialize<PriceMessage>(body, Json),
                ExtendMessage.TypeName => JsonSerializer.Deserialize<ExtendMessage>(body, Json),
                _ => null,
            };
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static ChannelMessage? Read(ReadOnlySpan<byte> body)
    {
        try
        {
            // The step travels as the type; as a property of its own it would be a second truth.
            var message = JsonSerializer.Deserialize(body, PromotionsJson.Default.ChannelMessage);
            foreach (var step in Enum.GetValues<LaunchStep>())
                if (message?.Type == $"stockgate.promotion.{step.ToString().ToLowerInvariant()}.v1")
                    return message with { Step = step };
            return null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
