using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Stockgate.Functions.Api;
using Stockgate.Platform.Ingest;

namespace Stockgate.Functions.Ingest;

/// <summary>Webhook for channel events. The signature authenticates the request, so no function key is needed.</summary>
public sealed class AcceptChannelEvents(Intake intake)
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
        return new ReceiptResult(await intake.AcceptAsync(request.Whole(channel), request, cancellationToken));
    }
}
