using System.Net.Mime;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Stockgate.Domain;
using Stockgate.Functions.Api;
using Stockgate.Functions.Ingest;
using Stockgate.Platform;
using Stockgate.Platform.Outbound;
using Stockgate.Platform.Outbound.Sent;

namespace Stockgate.Functions.Outbound;

/// <summary>
/// API of the log of sent messages. It has no command to send one again: what a channel did not accept is sent again by the flow that
/// knows whether it is still true, and an old price that is sent again would be a wrong one.
/// </summary>
public sealed class SentMessages(SentLog log, OutboundChannels channels, TimeProvider time)
{
    // Whoever looks for something older says so; a look goes over a month at most.
    private static readonly TimeSpan LookedBack = TimeSpan.FromDays(7),
        Longest = TimeSpan.FromDays(31);

    [Function("ListSentMessages")]
    [Summary("Lists what was sent to a channel, the newest first: by order or SKU, outcome and time")]
    [Answers(200)]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/outbound/{channel}/messages")] HttpRequest request,
        string channel,
        CancellationToken cancellationToken
    )
    {
        var (from, to) = Window(request);
        var filter = new SentFilter(
            ChannelOf(request, channel),
            from,
            to,
            QueryParameters.Text(request, "about"),
            QueryParameters.Named<DeliveryOutcome>(request, "outcome")
        );
        var (messages, next) = await Paging.PageAsync(request, after => log.ListAsync(filter, Paging.Size, after, cancellationToken));
        return Results.Json(
            new
            {
                from,
                to,
                messages,
                after = next,
            },
            Answer.Json
        );
    }

    [Function("GetSentMessage")]
    [Summary("Shows how often a message was sent, and how each attempt was answered")]
    [Answers(200, typeof(SentMessage[]))]
    public async Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/outbound/{channel}/messages/{id}")] HttpRequest request,
        string channel,
        string id,
        CancellationToken cancellationToken
    ) => Results.Json(await FindAsync(request, channel, id, cancellationToken), Answer.Json);

    [Function("GetSentMessageBody")]
    [Summary("Reads the body of a message as it was sent last")]
    [Answers(200, MediaType = "text/plain")]
    public async Task<IResult> Body(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/outbound/{channel}/messages/{id}/body")] HttpRequest request,
        string channel,
        string id,
        CancellationToken cancellationToken
    )
    {
        var last = (await FindAsync(request, channel, id, cancellationToken))[0];
        var body = await log.BodyAsync(last, cancellationToken) ?? throw NotFound("This body was too large to be kept.", "id");
        return Results.Text(Encoding.UTF8.GetString(body.Span), $"{MediaTypeNames.Text.Plain}; charset=utf-8");
    }

    private async Task<IReadOnlyList<SentMessage>> FindAsync(
        HttpRequest request,
        string channel,
        string id,
        CancellationToken cancellationToken
    )
    {
        var (from, to) = Window(request);
        var found = await log.FindAsync(ChannelOf(request, channel), request.Whole(id), from, to, cancellationToken);
        return found.Count > 0
            ? found
            : throw NotFound(
                $"Nothing with this id was sent to the channel from {from:u} to {to:u}. Another time is given by 'from' and 'to'.",
                "id"
            );
    }

    // Whoever may read what the channel answers may read what it is asked.
    private SalesChannelId ChannelOf(HttpRequest request, string channel)
    {
        var found =
            channels.Find(new SalesChannelId(request.Whole(channel)))
            ?? throw NotFound("Nothing is sent to a channel of this name. GET /api/v1/outbound lists the channels.", "channel");
        OwnChannel.Require(request, found.AnswersFrom.Value);
        return found.Id;
    }

    private (DateTimeOffset From, DateTimeOffset To) Window(HttpRequest request)
    {
        var to = QueryParameters.Moment(request, "to") ?? time.GetUtcNow();
        var from = QueryParameters.Moment(request, "from") ?? to - LookedBack;
        return to - from <= Longest ? (from, to) : throw QueryParameters.Unfit("from", $"may be at most {Longest.Days} days before 'to'");
    }

    private static ProblemException NotFound(string detail, string field) =>
        new(StatusCodes.Status404NotFound, "unknown-message", "Not found", detail, field);
}
