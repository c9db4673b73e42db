using Stockgate.Domain.Orders.Actions;

namespace Stockgate.Domain.Tests.Orders.Actions;

/// <summary>Requests and facts that tests of actions begin with.</summary>
internal static class Asked
{
    public static readonly CustomerHistory Regular = new(10, 0, 500, 0, 0, 0);

    public static readonly LocationId L1 = new("L1"),
        L2 = new("L2");

    public static readonly ShipTo London =
            new()
            {
                AddressReference = "adr-1",
                Country = "GB",
                Latitude = 51.5m,
                Longitude = -0.1m,
            },
        Leeds =
            new()
            {
                AddressReference = "adr-2",
                Country = "GB",
                Latitude = 53.8m,
                Longitude = -1.5m,
            };

    public static OrderActionRequest For(OrderActionKind action, params OrderActionLine[] lines) =>
        new()
        {
            Action = action,
            Reason = "customer called",
            RequestedBy = "ada",
            Lines = lines,
        };

    public static OrderActionRequest Money(decimal? amount = null) => For(OrderActionKind.Refund) with { Amount = amount };

    public static OrderActionLine Units(string sku = "A", decimal quantity = 1, string? substitute = null) =>
        new()
        {
            Sku = new Sku(sku),
            Quantity = new Quantity(quantity),
            Substitute = substitute is null ? null : new Sku(substitute),
        };

    public static OrderActionFacts Facts(OrderDocument order, params EarlierAction[] earlier) =>
        new()
        {
            Order = order,
            Now = Given.Now.AddHours(1),
            Customer = Regular,
            Earlier = earlier,
            Locations = new Dictionary<LocationId, Place> { [L1] = new(51.5m, -0.1m), [L2] = new(53.8m, -1.5m) },
        };

    public static OrderActionFacts With(
        this OrderActionFacts facts,
        string sku,
        string location,
        decimal available,
        TimeSpan? age = null
    ) =>
        facts with
        {
            Stock = new Dictionary<(Sku, LocationId), StockSeen>(facts.Stock)
            {
                [(new Sku(sku), new LocationId(location))] = new(new(available), age ?? TimeSpan.FromMinutes(5)),
            },
        };

    public static EarlierAction Earlier(
        string id,
        OrderActionRequest request,
        decimal? promised = null,
        EarlierActionState state = EarlierActionState.Waiting
    ) => new(new ActionId(id), request, promised is { } amount ? new Money(amount, Given.Gbp) : null, state);

    public static OrderActionReview Review(this OrderActionRequest request, OrderActionFacts facts) =>
        OrderActionReview.Of(request, facts, OrderActionPolicy.Default);

    public static OrderActionReview Review(this OrderActionRequest request, params OrderEvent[] events) =>
        request.Review(Facts(Given.After(events)));

    public static string? Failed(this OrderActionReview review) => review.Feasibility.Checks.FirstOrDefault(static c => !c.Passed)?.Rule;
}
