using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Stockgate.Platform.Ingest;

namespace Stockgate.Functions.Ingest;

/// <summary>Where every system posts its events. The signature is the key, so no function key is asked for.</summary>
public sealed class AcceptChannelEvents(Intake intake)
{
    [Function("AcceptChannelEvents")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/channels/{channel}/events")] HttpRequest request,
        string channel,
        CancellationToken cancellationToken
    )
    {
        return new ReceiptResult(await intake.AcceptAsync(request.Whole(channel), request, cancellationToken));
    }
}
