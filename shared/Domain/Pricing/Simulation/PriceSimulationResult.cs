namespace Stockgate.Domain.Pricing.Simulation;

/// <summary>The simulated effect of the policy compared with unchanged prices.</summary>
public sealed record PriceSimulationResult
{
    public required DateOnly First { get; init; }

    public required DateOnly Last { get; init; }

    public required int Series { get; init; }

    /// <summary>Series that were left out, since too little is known of them before the first day.</summary>
    public int LeftOut { get; init; }

    public required Currency Currency { get; init; }

    public required int PolicyVersion { get; init; }

    /// <summary>With customers that follow the price strongly, as believed, and weakly: in this order.</summary>
    public required IReadOnlyList<SimulatedRun> Runs { get; init; }

    /// <summary>What was assumed, and what was found: for a person.</summary>
    public required string Words { get; init; }
}

/// <summary>One replay.</summary>
/// <param name="Elasticity">That the simulated customers went by.</param>
/// <param name="Kept">With the prices of the history.</param>
/// <param name="Moved">With those of the policy.</param>
/// <param name="Changes">Prices that moved by a decision; those that would have gone to a person are among them.</param>
/// <param name="Asked">Of them, those that would have gone to a person.</param>
/// <param name="Raised">Of them.</param>
/// <param name="Decisions">That were made.</param>
/// <param name="ChangesPerItem">A mean.</param>
/// <param name="LowestMarginShare">
/// Of any day's sales at a price that a decision set: (price − cost) ÷ price; null if none was sold.
/// </param>
/// <param name="WorstItem">The series that lost most by the policy; null if none lost.</param>
/// <param name="WorstDay">The day on which all series together lost most; null if none did.</param>
/// <param name="Held">How often each guardrail held a price.</param>
/// <param name="Beyond">
/// Days of series on which the simulated price was more than twice or less than half of the history's; customers are taken to follow it no
/// further than that.
/// </param>
public sealed record SimulatedRun(
    double Elasticity,
    SimulatedSales Kept,
    SimulatedSales Moved,
    int Changes,
    int Asked,
    int Raised,
    int Decisions,
    double ChangesPerItem,
    double? LowestMarginShare,
    WorstCase? WorstItem,
    WorstCase? WorstDay,
    IReadOnlyDictionary<PriceRule, int> Held,
    int Beyond
);

/// <summary>Sales over all days of a replay.</summary>
/// <param name="Units">Sold.</param>
/// <param name="Revenue">Money.</param>
/// <param name="Margin">Money: sales × (price − cost).</param>
/// <param name="Missed">Units that were wanted while nothing was left.</param>
public readonly record struct SimulatedSales(double Units, double Revenue, double Margin, double Missed);

/// <summary>The worst result of the policy.</summary>
/// <param name="Name">The series or the day.</param>
/// <param name="Margin">Money against keeping prices, below 0.</param>
public sealed record WorstCase(string Name, double Margin);
