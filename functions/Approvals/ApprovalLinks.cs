using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Stockgate.Functions.Api;
using Stockgate.Platform.Approvals.Links;

namespace Stockgate.Functions.Approvals;

/// <summary>
/// The page behind a mailed link. The link's token authorizes the request, so no API key is needed. GET changes nothing; posting the
/// form decides.
/// </summary>
public sealed class ApprovalLinks(LinkDesk desk)
{
    [Function("ShowApproval")]
    [Summary("Shows the case of an approval link; decides nothing")]
    [Answers(200, MediaType = "text/html")]
    public async Task<IResult> Show(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "v1/approvals/{token}")] HttpRequest request,
        string token,
        CancellationToken cancellationToken
    ) => (await desk.ShowAsync(request, token, cancellationToken)).Page;

    [Function("AnswerApproval")]
    [Summary("Answers the case of an approval link")]
    [Accepts(null, MediaType = "application/x-www-form-urlencoded")]
    [Answers(200, MediaType = "text/html")]
    public async Task<IResult> Answer(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/approvals/{token}")] HttpRequest request,
        string token,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken
    )
    {
        var reply = await desk.AnswerAsync(request, token, cancellationToken);
        // AdoptApprovals repeats a signal lost in a crash before this line.
        if (reply.Decided is { } decided)
            await ApprovalOwner.SignalAsync(client, decided, cancellationToken);
        return reply.Page;
    }
}
