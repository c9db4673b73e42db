namespace Stockgate.Domain.Promotions.Gates;

/// <summary>An item's promotional price and the floor under it.</summary>
/// <param name="Sku">The item.</param>
/// <param name="Price">The promotional price per unit.</param>
/// <param name="Floor">The legal or agreed minimum per unit; null if <paramref name="FloorSource"/> says that there is none.</param>
/// <param name="FloorSource">The law, agreement or system that sets the floor or says that there is none; null if nobody was asked.</param>
/// <param name="FloorAge">How long ago the source said so.</param>
public readonly record struct FlooredPrice(Sku Sku, Money Price, Money? Floor, string? FloorSource, TimeSpan? FloorAge = null);

public sealed record PriceFloorInput(FlooredPrice[] Items);

/// <summary>Every promotional price is at or above its floor.</summary>
public static class PriceFloorGate
{
    public static GateVerdict Judge(PriceFloorInput input)
    {
        var items = input.Items;
        Worst below = new(),
            unlike = new(),
            unknown = new();
        var floors = 0;
        for (var i = 0; i < items.Length; i++)
        {
            if (items[i].FloorSource is null)
                unknown.Add(i, 0);
            else if (items[i].Floor is not { } floor)
                continue;
            else if (floor.Currency != items[i].Price.Currency)
                unlike.Add(i, 0);
            // By share of the floor, so that a cheap item far below it is not hidden by a dear one just below it.
            else if (items[i].Price.Amount < floor.Amount)
                below.Add(i, (floor.Amount - items[i].Price.Amount) / Math.Abs(floor.Amount == 0 ? 1 : floor.Amount));
            else
                floors++;
        }
        var findings = new Judgement(GateNames.PriceFloor, "Every promotional price is at or above the item's legal or agreed floor.");
        foreach (var i in below.Indexes)
            findings.See(
                $"price of {items[i].Sku}",
                $"{Figures.Exact(items[i].Price)}, floor {Figures.Exact(items[i].Floor!.Value)}",
                items[i].FloorAge,
                items[i].FloorSource!
            );
        if (below.Count == 0 && items.Length > 0)
            findings.See(
                "prices at or above their floor",
                $"{Figures.Number(floors)} of {Figures.Count(items.Length, "item")}",
                null,
                "the price list"
            );
        if (below.Count > 0)
            findings.Red(
                $"{Figures.Count(below.Count, "item")} priced below the floor: {below.Names(i => $"{items[i].Sku} at {Figures.Exact(items[i].Price)}, floor {Figures.Exact(items[i].Floor!.Value)} by {items[i].FloorSource}")}.",
                "Raise these prices to their floor or remove the items.",
                "the merchandiser"
            );
        if (unlike.Count > 0)
            findings.Red(
                $"{Figures.Count(unlike.Count, "price")} not in the floor's currency: {unlike.Names(i => $"{items[i].Sku} in {items[i].Price.Currency}, floor in {items[i].Floor!.Value.Currency}")}.",
                "State price and floor in one currency.",
                "the pricing team"
            );
        if (unknown.Count > 0)
            findings.Amber(
                $"The floor is unknown for {Figures.Count(unknown.Count, "item")}: {unknown.Names(i => items[i].Sku.Value)}.",
                "Set the floor of these items, or state that they have none.",
                "the pricing team"
            );
        return findings.Verdict(
            $"{Figures.Count(items.Length, "price")} checked, none below a floor; {Figures.Count(items.Length - floors, "item")} without a floor."
        );
    }
}
