namespace Stockgate.Domain.Forecasting.Replenishment;

/// <summary>The ordering terms of an item.</summary>
public sealed record SupplierTerms
{
    public required SupplierId Supplier { get; init; }

    /// <summary>What a unit costs.</summary>
    public required Money UnitCost { get; init; }

    /// <summary>From the day of the order to the day it can be sold, days, 0 or more.</summary>
    public required int LeadTime { get; init; }

    /// <summary>Days from an order to the next at least; 1 or more.</summary>
    public int Review { get; set; } = 1;

    /// <summary>Only whole packs are delivered; units, above 0.</summary>
    public Quantity Pack { get; set; } = new(1);

    /// <summary>Fewer units are not delivered; 0 or more.</summary>
    public Quantity MinimumOrder { get; set; }

    /// <summary>When orders are taken; empty: every day.</summary>
    public IReadOnlyList<DayOfWeek> OrderDays { get; set; } = [];

    /// <summary>The first order day from this day.</summary>
    public DateOnly NextOrderDay(DateOnly from)
    {
        while (OrderDays.Count > 0 && !OrderDays.Contains(from.DayOfWeek))
            from = from.AddDays(1);
        return from;
    }

    /// <summary>Whole packs of at least this many units, and no fewer than the minimum.</summary>
    internal Quantity Packs(Quantity units) => new(Math.Ceiling(Math.Max(units.Value, MinimumOrder.Value) / Pack.Value) * Pack.Value);

    /// <exception cref="ArgumentException">A figure is out of its range.</exception>
    internal void Check()
    {
        if (LeadTime < 0 || Review < 1 || Pack <= Quantity.Zero || MinimumOrder < Quantity.Zero || UnitCost.Amount < 0)
            throw new ArgumentException(
                $"Terms of {Supplier}: lead time {LeadTime} (0 or more), review {Review} (1 or more), pack {Pack} (above 0), minimum {MinimumOrder} and cost {UnitCost} (0 or more)."
            );
    }
}
