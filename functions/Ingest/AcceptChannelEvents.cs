using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Stockgate.Functions.Api;
using Stockgate.Platform.Ingest.Accepting;
using Stockgate.Platform.Ingest.Signing;

namespace Stockgate.Functions.Ingest;

/// <summary>Webhook for channel events. The signature authenticates the request, so no API key is needed.</summary>
public sealed class AcceptChannelEvents(Intake intake, Handshakes handshakes)
{
    [Function("AcceptChannelEvents")]
    [Summary("Accepts up to 500 signed events of a channel")]
    [Accepts(null)]
    [Answers(202, typeof(DeliveryReceipt))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/channels/{channel}/events")] HttpRequest request,
        string channel,
        CancellationToken cancellationToken
    )
    {
        var name = request.Whole(channel);
        return await handshakes.OfPostAsync(name, request, cancellationToken)
            ?? new ReceiptResult(await intake.AcceptAsync(name, request, cancellationToken));
    }

    /// <summary>Vendors' tests of the address. The channel's settings say who may make one.</summary>
    [Function("AnswerChannelHandshake")]
    [Summary("Answers a vendor's check that the address is a channel's")]
    [Answers(200)]
    public Task<IResult> Answer(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "options", Route = "v1/channels/{channel}/events")] HttpRequest request,
        string channel,
        CancellationToken cancellationToken
    )
    {
        var name = request.Whole(channel);
        return HttpMethods.IsGet(request.Method)
            ? handshakes.OfGetAsync(name, request, cancellationToken)
            : handshakes.OfOptionsAsync(name, request, cancellationToken);
    }
}
