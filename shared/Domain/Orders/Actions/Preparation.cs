using Stockgate.Domain.Events;
using Stockgate.Domain.Operations;

namespace Stockgate.Domain.Orders.Actions;

/// <summary>An action while it is prepared: what was checked, and figures that several actions need.</summary>
internal sealed class Preparation(OrderActionRequest request, OrderActionFacts facts)
{
    // A lorry's day: nine hours at the wheel (Regulation (EC) 561/2006, article 6) at 55 km/h.
    private const decimal KilometresPerDay = 500;

    private readonly List<RuleVerdict> _checks = [];

    public OrderActionRequest Request => request;

    public OrderActionFacts Facts => facts;

    public OrderDocument Order => facts.Order;

    public OrderUnits Units { get; } = OrderUnits.Of(facts.Order, facts.Earlier);

    public Currency Currency { get; } = facts.Order.Currency() ?? default;

    public IReadOnlyList<RuleVerdict> Checks => _checks;

    public bool Possible => _checks.TrueForAll(static c => c.Passed);

    /// <summary>What is promised to other actions and did not go back yet. What an action's own refund gave is not counted twice.</summary>
    public decimal Promised => Order.Outstanding(facts.Earlier);

    /// <summary>What can go back and is not promised yet.</summary>
    public decimal Available => Math.Max(0, Order.RefundableAmount() - Promised);

    /// <summary>Whether what an action is about is still where it was: see <see cref="ActionEffect.Reversible"/>.</summary>
    public bool NothingPicked => Units.PickedOpen == 0;

    public void Check(string rule, bool passed, string good, string bad) => _checks.Add(new RuleVerdict(rule, passed, passed ? good : bad));

    public void Note(string rule, string words) => _checks.Add(new RuleVerdict(rule, true, words));

    public Money? Money(decimal amount) => amount > 0 ? new Money(amount, Currency) : null;

    public void NotePicked() =>
        Note(
            "picked",
            NothingPicked
                ? "No unshipped unit is picked."
                : $"{Plural.Of(Units.PickedOpen, "unit is", "units are")} already picked; the warehouse has to put them back into stock."
        );

    /// <summary>Units held for the order, place by place, until the quantity of each article is reached.</summary>
    public List<AllocatedLine> HeldOf(IEnumerable<(Sku Sku, Quantity Quantity)> wanted, LocationId? elsewhere = null)
    {
        var held = Reservations.Of(Order);
        var lines = new List<AllocatedLine>();
        foreach (var (sku, quantity) in wanted)
        {
            var left = quantity;
            foreach (
                var (at, units) in held.Where(h => h.Key.Sku == sku && h.Value > Quantity.Zero && h.Key.Location != elsewhere)
                    .OrderBy(static h => h.Key.Location.Value, StringComparer.Ordinal)
            )
            {
                var part = Quantity.Min(units, left);
                if (part > Quantity.Zero)
                    lines.Add(
                        new AllocatedLine
                        {
                            Sku = sku,
                            Location = at.Location,
                            Quantity = part,
                        }
                    );
                left -= part;
            }
        }
        return lines;
    }

    /// <summary>Checks that a location can give units, and on what figure.</summary>
    public void CheckStock(Sku sku, LocationId location, Quantity wanted)
    {
        var seen = facts.Stock.GetValueOrDefault((sku, location));
        Check(
            "stock",
            seen is not null && seen.Available >= wanted,
            $"{location} has {seen?.Available} of {sku} available; {wanted} are needed.",
            $"{location} has {seen?.Available ?? Quantity.Zero} of {sku} available; {wanted} are needed. Choose another location or article."
        );
        if (seen is not null)
            Check(
                "stock age",
                seen.Age <= facts.StockFreshFor,
                $"The figure is {Words(seen.Age)} old.",
                $"{(seen.Age is null ? "The stock figure has no time" : $"The figure is {Words(seen.Age)} old")}; let {location} count {sku} again."
            );
    }

    /// <summary>The promised day moved by the longer way, a day for each 500 km begun, and a day where goods have to be unpacked.</summary>
    public DateTimeOffset? DeliveryBy(decimal? kilometresMore)
    {
        if (Order.Placed?.Said.PromisedBy is not { } promised)
            return null;
        var days = Math.Ceiling(Math.Max(0, kilometresMore ?? 0) / KilometresPerDay) + (NothingPicked ? 0 : 1);
        return days == 0 ? null : promised.AddDays((double)days);
    }

    private static string Words(TimeSpan? age) =>
        age is { } value
            ? value.TotalHours < 1
                ? $"{value.TotalMinutes:0} minutes"
                : $"{value.TotalHours:0.#} hours"
            : "an unknown time";
}
