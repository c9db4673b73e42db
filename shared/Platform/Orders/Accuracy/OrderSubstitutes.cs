using System.Text.Json;
using Stockgate.Domain;
using Stockgate.Domain.Orders;
using Stockgate.Domain.Orders.Accuracy;
using Stockgate.Domain.Orders.Actions;
using Stockgate.Platform.Orders.Actions;

namespace Stockgate.Platform.Orders.Accuracy;

/// <summary>
/// Asks for a substitute where an article is missing and the rules have one. It is requested like any action, so that policy says who has
/// to agree; at most once for an article of an order.
/// </summary>
internal sealed class OrderSubstitutes(OrderActionDesk desk, Places places, OrderAccuracySettings settings)
{
    /// <summary>Who the actions are requested by.</summary>
    public const string RequestedBy = "substitution rules";

    // Only the best few, because each needs a review.
    private const int MostTried = 5;

    /// <returns>The articles that were requested, those of earlier looks among them, and the actions that came of it.</returns>
    public async Task<(IReadOnlyList<Sku> Asked, IReadOnlyList<OrderActionKey> Actions)> LookAsync(
        OrderDocument order,
        IReadOnlyList<SkuUnits> nowhere,
        OrderCareState state,
        CareRun run,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var (asked, actions) = (state.Substituted.ToList(), new List<OrderActionKey>());
        if (settings.Substitutions.Rules.Count == 0 || order.Placed is null || order.IsHeld())
            return (asked, actions);
        var notFound = FulfilmentCheck
            .Of(order, now)
            .Where(static f => f is { Fault: FulfilmentFault.ShortPick, Sku: not null })
            .Select(f => (Sku: f.Sku!.Value, f.Units, At: HeldAt(order, f.Sku!.Value)));
        // Unallocated units may come from any location; allocated ones are replaced at their location.
        foreach (
            var (sku, units, at) in notFound
                .Concat(nowhere.Select(static n => (n.Sku, n.Quantity, At: (IReadOnlyList<LocationId>)[])))
                .DistinctBy(static m => m.Sku)
        )
        {
            if (asked.Contains(sku))
                continue;
            if (await AskAsync(order, sku, units, at, run, cancellationToken) is not { } action)
                continue;
            asked.Add(sku);
            actions.Add(action);
        }
        return (asked, actions);
    }

    private static IReadOnlyList<LocationId> HeldAt(OrderDocument order, Sku sku) =>
        [.. Reservations.Of(order).Where(r => r.Key.Sku == sku && r.Value > Quantity.Zero).Select(static r => r.Key.Location)];

    private async Task<OrderActionKey?> AskAsync(
        OrderDocument order,
        Sku sku,
        Quantity units,
        IReadOnlyList<LocationId> at,
        CareRun run,
        CancellationToken cancellationToken
    )
    {
        var lines = order.Lines().Where(l => l.Sku == sku).ToList();
        if (lines.Count == 0)
            return null;
        var placed = order.Placed!;
        var missing = new MissingArticle(
            sku,
            (await run.ProductAsync(sku, cancellationToken))?.Product?.Value.Category,
            lines.Sum(static l => l.Amount) / lines.Sum(static l => l.Quantity.Value),
            units,
            placed.Channel,
            placed.Said.SubstitutionConsent
        );
        // Without offers first: most orders end here, and offers are dear to read.
        var choice = settings.Substitutions.Choose(missing, []);
        if (choice.Checks.Any(static c => !c.Passed))
            return null;
        var rule = settings.Substitutions.Rules.First(r => r.Name == choice.Rule);
        choice = settings.Substitutions.Choose(missing, await OffersAsync(rule, missing, at, placed.Said.Currency, run, cancellationToken));
        foreach (var offer in choice.Substitutes.Take(MostTried))
        {
            var request = new OrderActionRequest
            {
                Action = OrderActionKind.Substitute,
                Reason =
                    $"{units.Value:0.###} of {sku} are missing; rule {rule.Name} offers {offer.Sku} at {offer.Price}{(missing.Consent ? "" : " and asks for no consent")}.",
                Lines =
                [
                    new OrderActionLine
                    {
                        Sku = sku,
                        Quantity = units,
                        Substitute = offer.Sku,
                    },
                ],
                Consent = !missing.Consent,
            };
            try
            {
                var record = await desk.SubmitAsync(
                    order.OrderId,
                    JsonSerializer.SerializeToUtf8Bytes(request, OrderActionsJson.Default.OrderActionRequest),
                    $"substitute {sku}",
                    new Requester(RequestedBy),
                    cancellationToken
                );
                return new OrderActionKey(order.OrderId, record.Id);
            }
            catch (ProblemException refused) when (refused.Slug == "not-feasible")
            {
                // The next one may be.
            }
            catch (ProblemException refused) when (refused.Slug == "key-used")
            {
                // Requested before a crash with another substitute: that action stays, and AdoptOrderActions continues it.
                return null;
            }
        }
        return null;
    }

    private async Task<List<SubstituteOffer>> OffersAsync(
        SubstitutionRule rule,
        MissingArticle missing,
        IReadOnlyList<LocationId> at,
        Currency currency,
        CareRun run,
        CancellationToken cancellationToken
    )
    {
        var offers = new List<SubstituteOffer>();
        foreach (var category in (rule.With.Count > 0 ? rule.With : [missing.Category!]).OfType<string>().Distinct())
        foreach (var product in (await run.InCategoryAsync(category, cancellationToken)).Where(p => p.Active && p.Sku != missing.Sku))
        {
            var price = (await run.ProductAsync(product.Sku, cancellationToken))
                ?.Prices.Select(static p => p.Value)
                .FirstOrDefault(p => p.SalesChannel is null && p.Region is null && p.Currency == currency);
            if (
                price is null
                || price.Price < missing.UnitPrice * (1 - rule.MaxCheaperPercent / 100)
                || price.Price > missing.UnitPrice * (1 + rule.MaxDearerPercent / 100)
            )
                continue;
            offers.Add(
                new SubstituteOffer(
                    product.Sku,
                    product.Category,
                    price.Price,
                    await AvailableAsync(product.Sku, at, run, cancellationToken)
                )
            );
        }
        return offers;
    }

    // At each of the places that the article lies at, or at the best of all.
    private async Task<Quantity> AvailableAsync(Sku sku, IReadOnlyList<LocationId> at, CareRun run, CancellationToken cancellationToken)
    {
        var fresh = (await run.StockAsync(sku, cancellationToken))
            .Where(s => s.Value.Age <= settings.Rules.StockFreshFor)
            .ToDictionary(static s => s.Key, static s => s.Value.Available);
        return at.Count > 0
            ? at.Min(location => fresh.GetValueOrDefault(location))
            : fresh.Where(s => places.All.ContainsKey(s.Key)).Select(static s => s.Value).DefaultIfEmpty().Max();
    }
}
