using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.DurableTask.Client;
using Stockgate.Domain.Access;
using Stockgate.Domain.Orders.Actions;
using Stockgate.Functions.Orders.Actions;
using Stockgate.Platform;
using Stockgate.Platform.Orders;
using Stockgate.Platform.Orders.Actions;

namespace Stockgate.Functions.Agents;

/// <summary>Units of an article that a proposed action is about.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record ProposedLine(string Sku, decimal Quantity, string? Substitute = null);

/// <summary>A proposed action on an order, and where its progress is seen.</summary>
internal sealed record Proposal(string Id, string State, string Url, string Next);

/// <summary>The tool that asks for an action on an order. What an agent asks for, a person decides.</summary>
public sealed class AskingTools(OrderActionDesk desk, OrderNames names)
{
    private const int LongestKey = 256;

    internal AgentTool ProposeFor(Caller caller, DurableTaskClient client)
    {
        return new AgentTool(
            "propose_order_action",
            "PostOrderAction",
            "Asks for a cancellation, refund or change of an order. It is reviewed and goes to a person, who decides; you can't approve it.",
            ProposeAsync
        )
        {
            Asks = true,
        };

        Task<Proposal> ProposeAsync(
            [Description("The order's number, or CHANNEL:NUMBER.")] string order,
            OrderActionKind action,
            [Description("Why, for the person who decides; at most 512 characters.")] string reason,
            [Description("Your own id of this proposal: the same one proposes once, however often it is sent.")] string idempotencyKey,
            CancellationToken cancellationToken,
            [Description("Of a refund of money, in the order's currency.")] decimal? amount = null,
            [Description("Units to cancel, substitute, refund or reroute; none for the whole order.")] ProposedLine[]? lines = null,
            [Description("The location that is to ship; with Reroute.")] string? location = null
        )
        {
            if (idempotencyKey is not { Length: > 0 and <= LongestKey })
                throw new ProblemException(
                    400,
                    "unfit-key",
                    "Invalid request",
                    $"idempotencyKey must have 1 to {LongestKey} characters.",
                    "idempotencyKey"
                );
            // The desk reads and checks the same body that the API takes.
            var body = JsonSerializer.SerializeToUtf8Bytes(
                new
                {
                    action,
                    reason,
                    amount,
                    lines,
                    location,
                },
                Answer.Json
            );
            return AskAsync(order, body, idempotencyKey, new Requester(caller.Name, caller.IsAgent), client, cancellationToken);
        }
    }

    private async Task<Proposal> AskAsync(
        string asked,
        ReadOnlyMemory<byte> body,
        string idempotencyKey,
        Requester by,
        DurableTaskClient client,
        CancellationToken cancellationToken
    )
    {
        var order = await names.ResolveAsync(asked, cancellationToken);
        var record = await desk.SubmitAsync(order, body, idempotencyKey, by, cancellationToken);
        if (!record.Closed)
            await OrderActionOwner.EnsureAsync(client, new OrderActionKey(order, record.Id), cancellationToken);
        return new Proposal(
            record.Id.Value,
            record.State.ToString(),
            $"/api/v1/orders/{Uri.EscapeDataString(order.Value)}/actions/{record.Id}",
            by.IsAgent
                ? "A person decides; list_cases shows the case."
                : "The policy says whether a person decides; list_cases shows the case."
        );
    }
}
