using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Stockgate.Domain;
using Stockgate.Domain.Access;
using Stockgate.Functions.Access;
using Stockgate.Functions.Api;
using Stockgate.Functions.Approvals;
using Stockgate.Platform;
using Stockgate.Platform.Promotions.Gating;
using Stockgate.Platform.Promotions.Live;
using Stockgate.Platform.Promotions.Requests;
using static Stockgate.Functions.CommandBody;
using static Stockgate.Functions.Promotions.PromotionRequests;

namespace Stockgate.Functions.Promotions;

/// <summary>
/// API for decisions about a promotion: approvals, gate overrides, orders to suppliers. Each is on the audit chain before it takes effect.
/// </summary>
public sealed class PromotionDecisions(PromotionDesk desk, PromotionSupply supply, PromotionMonitor monitor)
{
    private sealed record Decision(string? Role, int? Terms, bool? Approved, string? Reason);

    private sealed record Override(string? Gate, string? Reason, DateTimeOffset? ExpiresAt);

    private sealed record Order(Sku? Sku, RegionId? Region, decimal? Units);

    /// <summary>
    /// A yes or no in a role of the approval matrix: <c>{"role":"finance","terms":1,"approved":true}</c>; a no needs a reason.
    /// </summary>
    [Function("DecidePromotion")]
    [Summary("Says yes or no to a promotion in a role")]
    [Accepts(typeof(Decision))]
    [Answers(202)]
    public async Task<IResult> Decide(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/promotions/{id}/decisions")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken
    )
    {
        const string form = "{\"role\":\"finance\",\"terms\":1,\"approved\":true,\"reason\":\"required when approved is false\"}";
        var asked = await ReadAsync<Decision>(request, form, cancellationToken);
        if (string.IsNullOrWhiteSpace(asked.Role))
            throw Unfit("role", form);
        var by = request.Require(asked.Role);
        await desk.DecideAsync(
            Id(request, id),
            asked.Role,
            asked.Terms ?? throw Unfit("terms", form),
            asked.Approved ?? throw Unfit("approved", form),
            asked.Reason,
            by,
            cancellationToken
        );
        return await AcceptedAsync(Id(request, id), client, new { id = request.Whole(id) }, cancellationToken);
    }

    /// <summary>
    /// Overrides a gate until a time; without the role gate owner it asks a gate owner to do so:
    /// <c>{"gate":"freshness","reason":"…","expiresAt":"…"}</c>.
    /// </summary>
    [Function("OverrideGate")]
    [Summary("Overrides a gate until a time, or asks a gate owner to")]
    [Accepts(typeof(Override))]
    [Answers(202)]
    public async Task<IResult> OverrideGate(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/promotions/{id}/overrides")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken
    )
    {
        const string form = "{\"gate\":\"freshness\",\"reason\":\"why\",\"expiresAt\":\"2026-12-01T00:00:00Z\"}";
        var (by, owner) = (request.Caller().Name, request.Caller().Has(Role.GateOwner));
        var asked = await ReadAsync<Override>(request, form, cancellationToken);
        if (!owner)
        {
            var question = await desk.AskOverrideAsync(
                Id(request, id),
                asked.Gate ?? throw Unfit("gate", form),
                asked.Reason,
                asked.ExpiresAt,
                by,
                cancellationToken
            );
            await ApprovalOwner.EnsureAsync(client, question, cancellationToken);
            return Results.Accepted($"/api/v1/cases/{question}", new { id = request.Whole(id), asked = question });
        }
        await desk.OverrideAsync(
            Id(request, id),
            asked.Gate ?? throw Unfit("gate", form),
            asked.Reason,
            asked.ExpiresAt,
            by,
            cancellationToken
        );
        return await AcceptedAsync(Id(request, id), client, new { id = request.Whole(id) }, cancellationToken);
    }

    /// <summary>
    /// Approves a purchase order for a region's shortage: <c>{"sku":"…","region":"…"}</c>, optionally with other units than recommended.
    /// Returns the purchase order's number.
    /// </summary>
    [Function("OrderReplenishment")]
    [Summary("Approves a purchase order for a region's shortage")]
    [Accepts(typeof(Order))]
    [Answers(202)]
    public async Task<IResult> OrderReplenishment(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/promotions/{id}/replenishment")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken
    )
    {
        const string form = "{\"sku\":\"A\",\"region\":\"north\",\"units\":40}";
        var by = request.Caller().Name;
        var asked = await ReadAsync<Order>(request, form, cancellationToken);
        var order = await supply.OrderAsync(
            Id(request, id),
            asked.Sku ?? throw Unfit("sku", form),
            asked.Region ?? throw Unfit("region", form),
            asked.Units,
            by,
            cancellationToken
        );
        return await AcceptedAsync(
            Id(request, id),
            client,
            new
            {
                purchaseOrder = order.Number,
                order.Sku,
                order.Region,
                order.Units,
            },
            cancellationToken
        );
    }

    /// <summary>Approves a recommendation of the live monitor; no body is needed.</summary>
    [Function("ApproveAction")]
    [Summary("Approves a recommendation of the live monitor")]
    [Answers(202)]
    public async Task<IResult> ApproveAction(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/promotions/{id}/actions/{anomaly}")] HttpRequest request,
        string id,
        string anomaly,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken
    )
    {
        var by = request.Caller().Name;
        await RequireNoFieldsAsync(request, cancellationToken);
        var record = await desk.FindAsync(Id(request, id), cancellationToken);
        var done =
            await monitor.ApproveAsync(record, request.Whole(anomaly), by, cancellationToken)
            ?? throw new ProblemException(
                StatusCodes.Status409Conflict,
                "nothing-recommended",
                "Nothing to approve",
                $"Promotion '{record.Id}' has no open recommendation '{anomaly}' that can be approved: it was carried out, its cause has ended, or a person has to carry it out.",
                "anomaly"
            );
        return await AcceptedAsync(
            record.Id,
            client,
            new
            {
                id = record.Id,
                action = done.Decision.Action.Kind,
                done.DoneAt,
            },
            cancellationToken
        );
    }
}
