namespace Stockgate.Domain.Promotions.Gates;

/// <summary>An item's economics under the promotion, per unit and without tax.</summary>
/// <param name="Sku">The item.</param>
/// <param name="Price">The promotional price per unit.</param>
/// <param name="Cost">Null if nobody knows it.</param>
/// <param name="Funding">What the supplier pays per unit sold; zero where nothing.</param>
/// <param name="Expected">Units expected to sell, 0 or more.</param>
/// <param name="MinimumPercent">The least margin of the price, in percent; may be negative for a loss leader.</param>
public readonly record struct MarginItem(Sku Sku, Money Price, Money? Cost, Money Funding, Quantity Expected, decimal MinimumPercent);

/// <param name="Now">The moment to judge by.</param>
/// <param name="Currency">What everything is in.</param>
/// <param name="Items">The items of the promotion, each once.</param>
/// <param name="MinimumPercent">The least margin of the whole, in percent of sales.</param>
/// <param name="CostsAsOf">When the costs were read.</param>
/// <param name="Source">The system that knows the costs.</param>
public sealed record MarginInput(
    DateTimeOffset Now,
    Currency Currency,
    MarginItem[] Items,
    decimal MinimumPercent,
    DateTimeOffset CostsAsOf,
    string Source
);

/// <summary>After funding, every item and the whole keep their least margin.</summary>
public static class MarginGate
{
    public static GateVerdict Judge(MarginInput input)
    {
        var items = input.Items;
        Worst thin = new(),
            unlike = new(),
            unknown = new();
        decimal sales = 0,
            margin = 0,
            funding = 0;
        for (var i = 0; i < items.Length; i++)
        {
            ref readonly var item = ref items[i];
            if (item.Cost is not { } cost)
                unknown.Add(i, item.Price.Amount * item.Expected.Value);
            else if (item.Price.Currency != input.Currency || cost.Currency != input.Currency || item.Funding.Currency != input.Currency)
                unlike.Add(i, 0);
            else
            {
                var percent = Percent(item);
                if (percent < item.MinimumPercent)
                    thin.Add(i, item.MinimumPercent - percent);
                sales += item.Price.Amount * item.Expected.Value;
                margin += PerUnit(item) * item.Expected.Value;
                funding += item.Funding.Amount * item.Expected.Value;
            }
        }
        var findings = new Judgement(
            GateNames.Margin,
            $"After funding, each item keeps its own least margin and the whole promotion keeps {Figures.Percent(input.MinimumPercent)} of sales."
        );
        var whole = Share(margin, sales);
        var age = Figures.Age(input.Now, input.CostsAsOf);
        findings.See("expected sales", Figures.Amount(new Money(sales, input.Currency)), null, "the forecast and the promotional prices");
        findings.See(
            "expected margin after funding",
            $"{Figures.Amount(new Money(margin, input.Currency))} ({Figures.Percent(whole)})",
            age,
            input.Source
        );
        findings.See("supplier funding included", Figures.Amount(new Money(funding, input.Currency)), age, input.Source);
        if (thin.Count > 0)
            findings.Red(
                $"{Figures.Count(thin.Count, "item")} below the least margin: {thin.Names(i => $"{items[i].Sku} at {Figures.Percent(Percent(items[i]))} ({Figures.Amount(new Money(PerUnit(items[i]), input.Currency))} per unit), least {Figures.Percent(items[i].MinimumPercent)}")}.",
                "Raise these prices, agree on more supplier funding, or remove the items.",
                "the merchandiser"
            );
        if (sales > 0 && whole < input.MinimumPercent)
        {
            var missing = new Money((sales * input.MinimumPercent / 100) - margin, input.Currency);
            findings.Red(
                $"The whole promotion keeps {Figures.Percent(whole)}, below {Figures.Percent(input.MinimumPercent)}: {Figures.Amount(missing)} are missing.",
                $"Find {Figures.Amount(missing)} more margin in prices or supplier funding.",
                "the merchandiser"
            );
        }
        if (unlike.Count > 0)
            findings.Red(
                $"{Figures.Count(unlike.Count, "item")} with amounts not in {input.Currency}: {unlike.Names(i => items[i].Sku.Value)}.",
                $"State price, cost and funding in {input.Currency}.",
                "the pricing team"
            );
        if (unknown.Count > 0)
            findings.Amber(
                $"The cost of {Figures.Count(unknown.Count, "item")} is not known: {unknown.Names(i => items[i].Sku.Value)}.",
                "State the cost of these items.",
                "the buyer"
            );
        return findings.Verdict(
            $"After funding the promotion is expected to keep {Figures.Amount(new Money(margin, input.Currency))} of {Figures.Amount(new Money(sales, input.Currency))}, {Figures.Percent(whole)}."
        );
    }

    private static decimal PerUnit(in MarginItem item) => item.Price.Amount + item.Funding.Amount - item.Cost!.Value.Amount;

    private static decimal Percent(in MarginItem item) => Share(PerUnit(item), item.Price.Amount);

    // Of something given away the margin is all or nothing.
    private static decimal Share(decimal margin, decimal sales) => sales != 0 ? margin / sales * 100 : Math.Sign(margin) * 100;
}
