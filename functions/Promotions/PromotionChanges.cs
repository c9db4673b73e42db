using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Stockgate.Domain;
using Stockgate.Domain.Promotions;
using Stockgate.Functions.Access;
using Stockgate.Functions.Api;
using Stockgate.Platform.Http;
using Stockgate.Platform.Promotions.Requests;
using static Stockgate.Functions.CommandBody;
using static Stockgate.Functions.Promotions.PromotionRequests;

namespace Stockgate.Functions.Promotions;

/// <summary>API for changes to a promotion. Each change is stored and answered 202; the orchestration carries it out at once.</summary>
public sealed class PromotionChanges(PromotionDesk desk)
{
    private sealed record Command(PromotionCommandKind? Kind, string? Reason);

    private sealed record Extension([property: JsonConverter(typeof(EndOfWindowConverter))] DateTime? End, string? Reason);

    /// <summary>
    /// Takes it back, pauses it, resumes it or ends it: <c>{"kind":"Cancel","reason":"…"}</c>; also <c>Pause</c>, <c>Resume</c>,
    /// <c>End</c>.
    /// </summary>
    [Function("CommandPromotion")]
    [Summary("Cancels, pauses, resumes or ends a promotion")]
    [Accepts(typeof(Command))]
    [Answers(202)]
    public async Task<IResult> Give(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/promotions/{id}/commands")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken
    )
    {
        const string form = "{\"kind\":\"Cancel\",\"reason\":\"why\"}, where kind is Cancel, Pause, Resume or End";
        var by = request.Caller().Name;
        var asked = await ReadAsync<Command>(request, form, cancellationToken);
        if (asked.Kind is not { } kind || kind is PromotionCommandKind.Edit or PromotionCommandKind.Extend)
            throw Unfit("kind", form);
        await desk.CommandAsync(Id(request, id), kind, asked.Reason, by, cancellationToken);
        return await AcceptedAsync(Id(request, id), client, new { id = request.Whole(id) }, cancellationToken);
    }

    /// <summary>
    /// New terms: the whole request as it shall be, the reason in <c>X-Reason</c>. Gates are judged again, approvals are given again.
    /// </summary>
    [Function("EditPromotion")]
    [Summary("Replaces the terms of a promotion that is not with the channels yet")]
    [Accepts(typeof(PromotionRequest))]
    [Answers(202)]
    public async Task<IResult> Edit(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "v1/promotions/{id}")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken
    )
    {
        var by = request.Caller().Name;
        using var body = await RequestBody.ReadAsync(request, cancellationToken);
        var terms = await desk.EditAsync(Id(request, id), body.Memory, request.Headers["X-Reason"].ToString(), by, cancellationToken);
        return await AcceptedAsync(Id(request, id), client, new { id = request.Whole(id), terms }, cancellationToken);
    }

    /// <summary>A later end: <c>{"end":"2026-12-01T00:00:00","reason":"…"}</c>, local time of the promotion's time zone.</summary>
    [Function("ExtendPromotion")]
    [Summary("Moves the end of a promotion")]
    [Accepts(typeof(Extension))]
    [Answers(202)]
    public async Task<IResult> Extend(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/promotions/{id}/extend")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken
    )
    {
        const string form = "{\"end\":\"2026-12-01T00:00:00\",\"reason\":\"why\"}";
        var by = request.Caller().Name;
        var asked = await ReadAsync<Extension>(request, form, cancellationToken);
        var terms = await desk.ExtendAsync(Id(request, id), asked.End ?? throw Unfit("end", form), asked.Reason, by, cancellationToken);
        return await AcceptedAsync(Id(request, id), client, new { id = request.Whole(id), terms }, cancellationToken);
    }
}
