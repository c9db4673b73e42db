using Stockgate.Domain.Events;

namespace Stockgate.Domain.Orders.Actions;

/// <summary>Scores the risk of an action.</summary>
/// <param name="Score">0 to 100: the reasons' points, cut at 100.</param>
/// <param name="Band">By the policy's bounds.</param>
/// <param name="Reasons">What added points, most first; empty if nothing did.</param>
public sealed record ActionRisk(int Score, RiskBand Band, IReadOnlyList<RiskReason> Reasons)
{
    // A refund in the time for which goods may be sent back without a reason is nothing odd (Directive 2011/83/EU, article 9).
    private const decimal UsualDays = 14;

    // One refund of one order is no habit.
    private const int OrdersForAHabit = 3;

    internal static ActionRisk Of(OrderActionRequest request, OrderActionFacts facts, ActionEffect effect, OrderActionPolicy policy)
    {
        var (reasons, weights) = (new List<RiskReason>(), policy.RiskWeights);
        // What only stops goods for a while can't be wrong by much.
        if (request.Action != OrderActionKind.Hold)
        {
            if (effect.Exposure is { Amount: > 0 } exposure)
                Add(reasons, "value", weights.Value, exposure.Amount / weights.ValueFullAt, $"{exposure} are at stake.");
            Customer(reasons, facts.Customer, weights);
            if (request.Action == OrderActionKind.ChangeAddress)
                Address(reasons, facts.Order.ShipTo(), request.ShipTo, weights);
            if (effect.Exposure is not null)
                Promotion(reasons, request, facts, weights);
            Age(reasons, request, facts, weights);
        }
        var score = Math.Min(100, reasons.Sum(static r => r.Points));
        return new ActionRisk(
            score,
            score >= weights.High ? RiskBand.High
                : score >= weights.Medium ? RiskBand.Medium
                : RiskBand.Low,
            [.. reasons.OrderByDescending(static r => r.Points).ThenBy(static r => r.Name, StringComparer.Ordinal)]
        );
    }

    private static void Customer(List<RiskReason> reasons, CustomerHistory? customer, RiskWeights weights)
    {
        if (customer is null)
        {
            Add(reasons, "customer", weights.UnknownCustomer, 1, "The customer is unknown.");
            return;
        }
        if (customer.Orders >= OrdersForAHabit)
        {
            var share = Math.Max((decimal)customer.Refunds / customer.Orders, customer.Gross > 0 ? customer.Refunded / customer.Gross : 0);
            Add(
                reasons,
                "returns",
                weights.Returns,
                share / weights.ReturnsFullAt,
                $"{customer.Refunds} of {customer.Orders} orders had a refund; {customer.Refunded} of {customer.Gross} was refunded."
            );
        }
        var pace = Math.Max(customer.ActionsLast24Hours, customer.ActionsLast30Days / 3m);
        Add(
            reasons,
            "velocity",
            weights.Velocity,
            pace / weights.VelocityFullAt,
            $"{customer.ActionsLast24Hours} actions within 24 hours and {customer.ActionsLast30Days} within 30 days were requested on this customer's orders."
        );
    }

    private static void Address(List<RiskReason> reasons, ShipTo? from, ShipTo? to, RiskWeights weights)
    {
        if (from?.Country is { } before && to?.Country is { } after && !string.Equals(before, after, StringComparison.OrdinalIgnoreCase))
            Add(reasons, "address", weights.Address, 1, $"The goods go to {after} instead of {before}.");
        else if (Place.Of(from) is { } here && Place.Of(to) is { } there)
            Add(
                reasons,
                "address",
                weights.Address,
                here.KilometresTo(there) / weights.AddressFullAt,
                $"The new address is {here.KilometresTo(there)} km from the previous one."
            );
        else if (from?.PostalArea is null || from.PostalArea != to?.PostalArea)
            Add(reasons, "address", weights.Address, 0.5m, "The distance of the new address from the previous one is unknown.");
    }

    private static void Promotion(List<RiskReason> reasons, OrderActionRequest request, OrderActionFacts facts, RiskWeights weights)
    {
        var named = request.Lines.Select(static l => l.Sku).ToHashSet();
        var odd = facts
            .Order.Lines()
            .FirstOrDefault(l =>
                (named.Count == 0 || named.Contains(l.Sku))
                && facts.PromotionPrices.TryGetValue(l.Sku, out var price)
                && Math.Abs(l.Amount / l.Quantity.Value - price) >= 0.005m
            );
        if (odd is not null)
            Add(
                reasons,
                "promotion",
                weights.Promotion,
                1,
                $"{odd.Sku} was sold at {Math.Round(odd.Amount / odd.Quantity.Value, 2)} a unit; the promotion's price was {facts.PromotionPrices[odd.Sku]}."
            );
    }

    private static void Age(List<RiskReason> reasons, OrderActionRequest request, OrderActionFacts facts, RiskWeights weights)
    {
        if (facts.Order.Placed is not { } placed)
            return;
        var days = (decimal)(facts.Now - placed.At).TotalDays;
        var usual = request.Action == OrderActionKind.Refund ? UsualDays : 0;
        if (days > usual && days >= 1)
            Add(
                reasons,
                "age",
                weights.Age,
                (days - usual) / Math.Max(1, weights.AgeFullAt - usual),
                $"The order is {Plural.Of(Math.Floor(days), "day")} old."
            );
    }

    private static void Add(List<RiskReason> reasons, string name, int most, decimal share, string words)
    {
        var points = (int)Math.Round(most * Math.Clamp(share, 0, 1), MidpointRounding.AwayFromZero);
        if (points > 0)
            reasons.Add(new RiskReason(name, points, words));
    }
}
