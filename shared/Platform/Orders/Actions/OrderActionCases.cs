using System.Globalization;
using Stockgate.Domain;
using Stockgate.Domain.Approvals;
using Stockgate.Domain.Orders;
using Stockgate.Domain.Orders.Actions;
using Stockgate.Platform.Approvals;

namespace Stockgate.Platform.Orders.Actions;

/// <summary>Approval cases of order actions.</summary>
public sealed class OrderActionCases(OrderActionStore store, OrderActionDesk desk, TimeProvider time) : ICaseSubject
{
    private const string SubjectPrefix = "order ";

    private const int LinesShown = 20;

    public CaseKind Kind => CaseKind.OrderAction;

    /// <summary>The question that an action waits for, as its last review has it.</summary>
    public static ApprovalCase Of(OrderActionRecord record, OrderActionReview review, OrderDocument order)
    {
        var (request, autonomy) = (record.Request, review.Autonomy);
        return new ApprovalCase
        {
            Id = record.Case!.Value,
            Kind = CaseKind.OrderAction,
            Subject = OrderActionStore.SubjectOf(record.OrderId),
            Reference = record.Id.Value,
            Title = $"{Verb(request.Action)}{(review.Effect.Money is { } money ? $" {Amount(money)} of" : "")} order {NameOf(order)}",
            Asked = review.Effect.Words,
            Reasons =
            [
                $"{request.RequestedBy}{(request.RequestedByAgent ? " (an agent)" : "")} asks: {request.Reason}",
                .. review.Risk.Reasons.Select(static r => r.Words),
                autonomy.Words,
            ],
            Figures = Figures(request, review, order),
            Recommendation = $"{Advice(review.Recommendation.Advice)}: {review.Recommendation.Words}",
            Amount = review.Effect.Money ?? review.Effect.Exposure,
            CodeNeeded = autonomy.NeedsCode,
            IfSilent = $"If nobody answers in time, nothing is done to the order; {request.RequestedBy} can ask again.",
            Revision = review.Revision,
            RequestedBy = request.RequestedBy,
            // Whom policy does not ask has no time to answer in.
            Stages = autonomy.Sla is { } sla
                ? [.. autonomy.Roles.Select(role => new ApprovalStage(role, sla, autonomy.EscalateTo, autonomy.Invite))]
                : [],
        };
    }

    public async Task<ApprovalCase?> CurrentAsync(ApprovalCase asked, CancellationToken cancellationToken)
    {
        var record = await store.FindAsync(KeyOf(asked), cancellationToken);
        if (record is not { State: OrderActionState.Waiting } || record.Case != asked.Id)
            return null;
        if (
            await desk.ReviewAsync(record, await store.ListAsync(record.OrderId, cancellationToken), cancellationToken)
            is not var (order, review)
        )
            return null;
        // Infeasible actions, and those that policy now decides automatically, need no case.
        return review.Feasibility.Possible && review.Autonomy.Level is AutonomyLevel.AskOne or AutonomyLevel.AskTwoInOrder
            ? Of(record, review, order)
            : null;
    }

    public async Task<string> TakeOverAsync(ApprovalRecord closed, CancellationToken cancellationToken)
    {
        var record = await store.ChangeAsync(KeyOf(closed.Case), action => action.Decided(closed, time.GetUtcNow()), cancellationToken);
        return $"action {record.Id} is {record.State}";
    }

    private static OrderActionKey KeyOf(ApprovalCase asked) =>
        new(new OrderId(asked.Subject[SubjectPrefix.Length..]), new ActionId(asked.Reference));

    private static List<CaseFigure> Figures(OrderActionRequest request, OrderActionReview review, OrderDocument order)
    {
        var currency = order.Currency();
        var figures = new List<CaseFigure>
        {
            new(
                "Order",
                $"{order.QualifiedId()}, {order.Status()}, placed {order.Placed!.At.UtcDateTime:yyyy-MM-dd HH:mm} UTC through {order.Placed.Channel}"
            ),
            new("Order value", Amount(order.Total(), currency)),
            new("Refunded so far", Amount(order.Refunded(), currency)),
            new("Can still be refunded", Amount(order.RefundableAmount(), currency)),
        };
        if (review.Effect.Money is { } money)
            figures.Add(new("To the customer", Amount(money)));
        foreach (var unit in review.Effect.Units.Take(LinesShown))
            figures.Add(
                new(
                    $"Item {unit.Sku}",
                    $"{unit.Quantity.Value:0.###} units{(unit.Substitute is { } instead ? $", {instead} instead" : "")}"
                )
            );
        if (review.Effect.Units.Count > LinesShown)
            figures.Add(new("More items", $"{review.Effect.Units.Count - LinesShown}"));
        if (request.Location is { } location)
            figures.Add(new("Shipped from", location.Value));
        if (review.Effect.NewDeliveryBy is { } by)
            figures.Add(new("New delivery by", $"{by.UtcDateTime:yyyy-MM-dd}"));
        figures.Add(new("Risk", $"{review.Risk.Score} of 100 ({review.Risk.Band})"));
        figures.Add(new("Can be taken back", review.Effect.Reversible ? "yes" : "no"));
        return figures;
    }

    // With its channel where the number alone would name two orders.
    private static string NameOf(OrderDocument order) =>
        order.SharesNumber() && order.QualifiedId() is { } qualified ? qualified : order.OrderId.Number.Value;

    private static string Advice(ActionAdvice advice) =>
        advice switch
        {
            ActionAdvice.Approve => "Approve",
            ActionAdvice.Reject => "Reject",
            _ => "Look closely",
        };

    private static string Verb(OrderActionKind action) =>
        action switch
        {
            OrderActionKind.Cancel => "Cancel",
            OrderActionKind.CancelLines => "Cancel lines:",
            OrderActionKind.Refund => "Refund",
            OrderActionKind.ChangeAddress => "Change the address of",
            OrderActionKind.Reroute => "Reroute",
            OrderActionKind.Substitute => "Substitute in",
            OrderActionKind.Hold => "Hold",
            _ => "Release",
        };

    private static string Amount(Money money) => Amount(money.Amount, money.Currency);

    private static string Amount(decimal amount, Currency? currency) =>
        $"{amount.ToString($"F{currency?.MinorUnits ?? 2}", CultureInfo.InvariantCulture)}{(currency is { } known ? $" {known}" : "")}";
}
