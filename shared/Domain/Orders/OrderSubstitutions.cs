using Stockgate.Domain.Events;

namespace Stockgate.Domain.Orders;

/// <summary>What an order comes to when its substitutions are in it.</summary>
internal static class OrderSubstitutions
{
    /// <summary>
    /// Oldest first, so that a substitute can be substituted in its turn; a function of the document, whatever the order of arrival.
    /// </summary>
    public static IEnumerable<Fact<OrderSubstituted>> InOrder(OrderDocument order) =>
        order.Handling is not { Substitutions.Count: > 0 } handling ? [] : handling.Substitutions.OrderBy(static s => s.Version);

    /// <returns>The lines as ordered, the same instance, where nothing was substituted.</returns>
    public static IReadOnlyList<OrderLine> LinesOf(OrderDocument order)
    {
        if (order.Placed?.Said is not { } placed)
            return [];
        if (order.Handling is not { Substitutions.Count: > 0 })
            return placed.Lines;
        var lines = placed.Lines.ToList();
        foreach (var substitution in InOrder(order))
            Replace(lines, substitution.Said, placed.Currency);
        return lines;
    }

    private static void Replace(List<OrderLine> lines, OrderSubstituted said, Currency currency)
    {
        var left = said.Quantity;
        for (var i = 0; i < lines.Count && left > Quantity.Zero; i++)
        {
            var line = lines[i];
            if (line.Sku != said.From)
                continue;
            var units = Quantity.Min(line.Quantity, left);
            left -= units;
            var substitute = line with
            {
                Sku = said.To,
                Description = $"{said.To} for {said.From}",
                Quantity = units,
                UnitPrice = said.UnitPrice,
                Discount = 0,
                Tax = 0,
            };
            // What the customer pays with tax on top stays in proportion to the price.
            if (line is { Tax: > 0, Amount: > 0 })
                substitute = substitute with { Tax = Math.Round(line.Tax * substitute.Amount / line.Amount, currency.MinorUnits) };
            if (units == line.Quantity)
            {
                lines[i] = substitute;
                continue;
            }
            var rest = line.Quantity - units;
            // The discount was of the whole line: what stays keeps its share, in payable money.
            var discount = Math.Min(
                Math.Round(line.Discount * rest.Value / line.Quantity.Value, currency.MinorUnits),
                line.UnitPrice * rest.Value
            );
            lines[i] = line with
            {
                Quantity = rest,
                Discount = discount,
                Tax = Math.Round(line.Tax * rest.Value / line.Quantity.Value, currency.MinorUnits),
            };
            lines.Insert(++i, substitute);
        }
    }

    /// <summary>
    /// Moves held units from an article to its substitute, place by place in the order of their names; an allocation that is newer than
    /// the substitution knows of it already.
    /// </summary>
    public static void Move(Dictionary<(Sku Sku, LocationId Location), Quantity> held, OrderDocument order, LevelVersion allocated)
    {
        foreach (var substitution in InOrder(order).Where(s => s.Version.IsNewerThan(allocated)))
        {
            var left = substitution.Said.Quantity;
            foreach (
                var place in held
                    .Keys.Where(h => h.Sku == substitution.Said.From)
                    .OrderBy(static h => h.Location.Value, StringComparer.Ordinal)
                    .ToList()
            )
            {
                var units = Quantity.Min(held[place], left);
                held[place] -= units;
                var to = (substitution.Said.To, place.Location);
                held[to] = held.GetValueOrDefault(to) + units;
                left -= units;
            }
        }
    }
}
