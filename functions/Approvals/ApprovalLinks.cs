using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Stockgate.Platform.Approvals.Links;

namespace Stockgate.Functions.Approvals;

/// <summary>
/// The page behind a link that was mailed. The link is the key, so no function key is asked for; looking changes nothing, and posting the
/// page's form decides.
/// </summary>
public sealed class ApprovalLinks(LinkDesk desk)
{
    [Function("ShowApproval")]
    public async Task<IResult> Show(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "v1/approvals/{token}")] HttpRequest request,
        string token,
        CancellationToken cancellationToken
    ) => (await desk.ShowAsync(request, token, cancellationToken)).Page;

    [Function("AnswerApproval")]
    public async Task<IResult> Answer(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/approvals/{token}")] HttpRequest request,
        string token,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken
    )
    {
        var reply = await desk.AnswerAsync(request, token, cancellationToken);
        // Lost in a crash before this line, it is made up for by AdoptApprovals.
        if (reply.Decided is { } decided)
            await ApprovalOwner.SignalAsync(client, decided, cancellationToken);
        return reply.Page;
    }
}
