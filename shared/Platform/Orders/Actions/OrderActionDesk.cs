using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Stockgate.Domain;
using Stockgate.Domain.Orders;
using Stockgate.Domain.Orders.Actions;
using Stockgate.Platform.Http;
using Stockgate.Platform.Outbound;

namespace Stockgate.Platform.Orders.Actions;

/// <summary>Accepts order actions: validates, prepares and stores them; the action's orchestration executes them.</summary>
public sealed class OrderActionDesk(
    OrderActionStore store,
    ActionClaims claims,
    OrderActionFactsReader facts,
    OrderActionPolicies policies,
    OutboundChannels channels,
    TimeProvider time
)
{
    private const int MostActions = 200;

    /// <summary>Reviews a request without storing it.</summary>
    public async Task<OrderActionReview> PreviewAsync(
        OrderId order,
        ReadOnlyMemory<byte> body,
        Requester by,
        CancellationToken cancellationToken
    )
    {
        var (request, document) = (Read(body, by), await OrderAsync(order, cancellationToken));
        return await ReviewAsync(
            new(document, request, default, int.MaxValue, await store.ListAsync(order, cancellationToken)),
            cancellationToken
        );
    }

    /// <param name="order">The order.</param>
    /// <param name="body">An <see cref="OrderActionRequest"/> in JSON.</param>
    /// <param name="idempotencyKey">
    /// The caller's own; the same key and person make one action, however often it is sent. Null: every request makes one.
    /// </param>
    /// <param name="by">Who asks.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="ProblemException">The request can't be reviewed, or can't be done as the order stands.</exception>
    public async Task<OrderActionRecord> SubmitAsync(
        OrderId order,
        ReadOnlyMemory<byte> body,
        string? idempotencyKey,
        Requester by,
        CancellationToken cancellationToken
    )
    {
        var (request, placed) = (Read(body, by), await OrderAsync(order, cancellationToken));
        var key = new OrderActionKey(
            order,
            ActionNumber.Of(order, idempotencyKey is null ? Guid.NewGuid().ToString() : $"{by.Name}\n{idempotencyKey}")
        );
        if (await store.FindAsync(key, cancellationToken) is { } there)
            return Same(there, request);
        var now = time.GetUtcNow();
        var record =
            await store.AddAsync(
                key,
                async (number, others) =>
                {
                    if (others.Count >= MostActions)
                        return null;
                    // An infeasible action is refused at once instead of being stored. Checked against the same head row that adds it, so
                    // that concurrent requests never exceed the available money.
                    await CheckAsync(
                        new(await OrderAsync(order, cancellationToken), request, key.Action, number, others),
                        cancellationToken
                    );
                    return new OrderActionRecord
                    {
                        Id = key.Action,
                        OrderId = order,
                        Number = number,
                        Request = request,
                        RequestedAt = now,
                    };
                },
                cancellationToken
            )
            ?? throw new ProblemException(
                StatusCodes.Status409Conflict,
                "many-actions",
                "Too many actions",
                $"Order '{order}' has {MostActions} actions; no more are taken.",
                "id"
            );
        await claims.NoteAsync(record, placed.Customer(), cancellationToken);
        return Same(record, request);
    }

    private async Task CheckAsync(OrderActionSubject subject, CancellationToken cancellationToken)
    {
        var feasibility = OrderActionReview.Check(subject.Request, await facts.ReadAsync(subject, cancellationToken));
        if (feasibility.Possible)
            return;
        var why = string.Join(" ", feasibility.Checks.Where(static c => !c.Passed).Select(static c => c.Reason));
        throw new ProblemException(StatusCodes.Status409Conflict, "not-feasible", "It can't be done", why, "action");
    }

    /// <exception cref="ProblemException">There is no such action.</exception>
    public async Task<OrderActionRecord> FindAsync(OrderActionKey key, CancellationToken cancellationToken) =>
        await store.FindAsync(key, cancellationToken)
        ?? throw new ProblemException(
            StatusCodes.Status404NotFound,
            "unknown-action",
            "Not found",
            $"Order '{key.Order}' has no action '{key.Action}'. GET /api/v1/orders/{key.Order}/actions lists them.",
            "action"
        );

    /// <summary>The review of an action as everything stands now.</summary>
    internal async Task<OrderActionReview> ReviewAsync(OrderActionSubject subject, CancellationToken cancellationToken)
    {
        var policy = await policies.CurrentAsync(cancellationToken);
        return OrderActionReview.Of(subject.Request, await facts.ReadAsync(subject, policy.Sums, cancellationToken), policy);
    }

    /// <summary>The review of a kept action by these actions of its order; null if nothing is known of the order.</summary>
    internal async Task<(OrderDocument Order, OrderActionReview Review)?> ReviewAsync(
        OrderActionRecord record,
        IReadOnlyList<OrderActionRecord> all,
        CancellationToken cancellationToken
    ) =>
        await facts.OrderAsync(record.OrderId, cancellationToken) is { } order
            ? (order, await ReviewAsync(new(order, record.Request, record.Id, record.Number, all), cancellationToken))
            : null;

    private async Task<OrderDocument> OrderAsync(OrderId order, CancellationToken cancellationToken)
    {
        var document = await facts.OrderAsync(order, cancellationToken);
        if (document?.Placed is not { } placed)
            throw new ProblemException(
                StatusCodes.Status404NotFound,
                "unknown-order",
                "Not found",
                $"Order '{order}' was not placed, as far as is known. An event is visible a moment after it was accepted.",
                "id"
            );
        var origin = document.Origin() ?? placed.Channel;
        return channels.ForOrdersOf(origin) is not null
            ? document
            : throw new ProblemException(
                StatusCodes.Status409Conflict,
                "no-order-channel",
                "Nobody can carry it out",
                $"No outbound channel takes actions on orders of {origin}. Name it in Outbound__NAME__OrdersOf.",
                "id"
            );
    }

    // The same key with another request is a mistake of the caller, and the earlier answer would hide it.
    private static OrderActionRecord Same(OrderActionRecord record, OrderActionRequest request) =>
        Json(record.Request) == Json(request)
            ? record
            : throw new ProblemException(
                StatusCodes.Status422UnprocessableEntity,
                "key-used",
                "Idempotency-Key reused",
                $"This Idempotency-Key was sent with another request, which created action {record.Id}. Use a new key for this request.",
                "Idempotency-Key"
            );

    private static string Json(OrderActionRequest request) =>
        JsonSerializer.Serialize(request, OrderActionsJson.Default.OrderActionRequest);

    private static OrderActionRequest Read(ReadOnlyMemory<byte> body, Requester by)
    {
        // The requester is the signed-in person, regardless of the body.
        var request = JsonBody.Read(
            body,
            OrderActionsJson.Default.OrderActionRequest,
            static mistake => Unfit(mistake.Field, mistake.Reason)
        ) with
        {
            RequestedBy = by.Name,
            RequestedByAgent = by.IsAgent,
        };
        var mistakes = request.Check();
        return mistakes.Count == 0
            ? request
            : throw Unfit(
                mistakes[0].Field,
                string.Join("; ", mistakes.Take(20).Select(static (m, i) => i == 0 ? m.Reason : $"{m.Field} {m.Reason}"))
            );
    }

    private static ProblemException Unfit(string field, string reason) =>
        new(StatusCodes.Status400BadRequest, "unfit-action", "Invalid request", $"{field} {reason}.", field);
}
