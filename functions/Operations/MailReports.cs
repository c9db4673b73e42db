using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Stockgate.Functions.Api;
using Stockgate.Functions.Approvals;
using Stockgate.Platform.Approvals.Links;
using Stockgate.Platform.Http;
using Stockgate.Platform.Mail;

namespace Stockgate.Functions.Operations;

/// <summary>
/// Webhook for Event Grid's delivery reports of Azure Communication Services mails, in the CloudEvents schema. Event Grid carries a key in
/// the subscription's URL alone, so that the Functions host checks a function key here.
/// </summary>
public sealed class MailReports(MailBounces bounces)
{
    /// <summary>Event Grid asks whether it may post here (CloudEvents webhook 1.0, section 4); a key was requested before.</summary>
    [Function("AllowMailReports")]
    [Summary("Allows Event Grid to post delivery reports")]
    [Answers(200)]
    public IResult Allow([HttpTrigger(AuthorizationLevel.Function, "options", Route = "v1/mail/reports")] HttpRequest request)
    {
        if (request.Headers["WebHook-Request-Origin"].ToString() is not { Length: > 0 and <= 253 } origin)
            return Results.BadRequest();
        (request.HttpContext.Response.Headers["WebHook-Allowed-Origin"], request.HttpContext.Response.Headers.Allow) = (
            origin,
            "POST, OPTIONS"
        );
        return Results.Ok();
    }

    [Function("TakeMailReports")]
    [Summary("Takes delivery reports of mails")]
    [Accepts(null)]
    [Answers(204)]
    public async Task<IResult> Take(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "v1/mail/reports")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken
    )
    {
        using var body = await RequestBody.ReadAsync(request, cancellationToken);
        foreach (var unreached in await bounces.TakeAsync(DeliveryReports.Read(body.Memory), cancellationToken))
            await ApprovalOwner.SignalAsync(client, unreached, cancellationToken);
        return Results.NoContent();
    }
}
