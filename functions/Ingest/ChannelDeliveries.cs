using System.Net.Mime;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Stockgate.Domain;
using Stockgate.Functions.Access;
using Stockgate.Functions.Api;
using Stockgate.Platform;
using Stockgate.Platform.Ingest.Accepting;
using Stockgate.Platform.Ingest.Archive;
using Stockgate.Platform.Ingest.Registry;
using Stockgate.Platform.Ingest.Replays;

namespace Stockgate.Functions.Ingest;

/// <summary>API of the log of deliveries: what a channel sent, and what became of each record.</summary>
public sealed class ChannelDeliveries(DeliveryLog log, DeliveryResend resend, TimeProvider time)
{
    // Whoever looks for something older says so.
    private static readonly TimeSpan LookedBack = TimeSpan.FromDays(7);

    [Function("ListDeliveries")]
    [Summary("Lists a channel's deliveries, the newest first: by record or event id, order, SKU, status and time")]
    [Answers(200)]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/channels/{channel}/deliveries")] HttpRequest request,
        string channel,
        CancellationToken cancellationToken
    )
    {
        OwnChannel.Require(request, request.Whole(channel));
        return await PageAsync(request, FilterOf(request, request.Whole(channel), QueryParameters.Text(request, "id")), cancellationToken);
    }

    [Function("FindEventDeliveries")]
    [Summary("Lists the deliveries that an event came in with")]
    [Answers(200)]
    public async Task<IResult> OfEvent(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/channels/{channel}/events/{id}")] HttpRequest request,
        string channel,
        string id,
        CancellationToken cancellationToken
    )
    {
        OwnChannel.Require(request, request.Whole(channel));
        return await PageAsync(request, FilterOf(request, request.Whole(channel), request.Whole(id)), cancellationToken);
    }

    [Function("GetDelivery")]
    [Summary("Shows a delivery")]
    [Answers(200, typeof(ArchivedDelivery))]
    public async Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/channels/{channel}/deliveries/{id}")] HttpRequest request,
        string channel,
        string id,
        CancellationToken cancellationToken
    )
    {
        OwnChannel.Require(request, request.Whole(channel));
        return Results.Json((await FindAsync(request, channel, id, cancellationToken)).Delivery, Answer.Json);
    }

    [Function("GetDeliveryBody")]
    [Summary("Reads the body of a delivery as it was sent")]
    [Answers(200, MediaType = "text/plain")]
    public async Task<IResult> Body(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/channels/{channel}/deliveries/{id}/body")] HttpRequest request,
        string channel,
        string id,
        CancellationToken cancellationToken
    )
    {
        OwnChannel.Require(request, request.Whole(channel));
        var (_, body) = await FindAsync(request, channel, id, cancellationToken);
        // Always text/plain: external content must not be executed.
        return Results.Text(Encoding.UTF8.GetString(body.Span), $"{MediaTypeNames.Text.Plain}; charset=utf-8");
    }

    [Function("ResendDelivery")]
    [Summary("Takes a delivery in again, by today's mapping")]
    [Answers(202, typeof(DeliveryReceipt))]
    public async Task<IResult> Resend(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/channels/{channel}/deliveries/{id}/resend")] HttpRequest request,
        string channel,
        string id,
        CancellationToken cancellationToken
    )
    {
        await CommandBody.RequireNoFieldsAsync(request, cancellationToken);
        var (delivery, body) = await FindAsync(request, channel, id, cancellationToken);
        var receipt = await resend.ResendAsync(delivery, body, request.Caller().Name, cancellationToken);
        return Results.Json(receipt, Answer.Json, statusCode: StatusCodes.Status202Accepted);
    }

    private async Task<IResult> PageAsync(HttpRequest request, DeliveryFilter filter, CancellationToken cancellationToken)
    {
        var (deliveries, next) = await Paging.PageAsync(request, after => log.ListAsync(filter, Paging.Size, after, cancellationToken));
        return Results.Json(
            new
            {
                from = filter.From,
                to = filter.To,
                deliveries,
                after = next,
            },
            Answer.Json
        );
    }

    private DeliveryFilter FilterOf(HttpRequest request, string channel, string? id)
    {
        var to = QueryParameters.Moment(request, "to") ?? time.GetUtcNow();
        return new DeliveryFilter(
            new ChannelId(channel),
            QueryParameters.Moment(request, "from") ?? to - LookedBack,
            to,
            id,
            QueryParameters.Text(request, "order"),
            QueryParameters.Text(request, "sku"),
            QueryParameters.Text(request, "status")
        );
    }

    private async Task<(ArchivedDelivery Delivery, ReadOnlyMemory<byte> Body)> FindAsync(
        HttpRequest request,
        string channel,
        string id,
        CancellationToken cancellationToken
    ) =>
        await log.FindAsync(new ChannelId(request.Whole(channel)), request.Whole(id), cancellationToken)
        ?? throw new ProblemException(
            StatusCodes.Status404NotFound,
            "unknown-delivery",
            "Not found",
            $"Channel '{request.Whole(channel)}' has no delivery '{request.Whole(id)}'. GET /api/v1/channels/{Uri.EscapeDataString(request.Whole(channel))}/deliveries lists them.",
            "id"
        );
}
