using MathNet.Numerics;

namespace Stockgate.Domain.Pricing.Deciding;

/// <summary>
/// What is sold at a price, and what it earns. How sales follow the price is not known exactly: the value and both ends of its interval
/// are weighed by 2/3 and 1/6 each.
/// </summary>
internal readonly struct ExpectedSales
{
    private const double Edge = 1.0 / 6,
        Middle = 2.0 / 3,
        Furthest = 1e12;

    private readonly ElasticityBelief _elasticity;
    private readonly DemandOutlook _outlook;
    private readonly double _price,
        _cost,
        _supply,
        _leftover;

    /// <param name="price">That the outlook is of.</param>
    /// <param name="cost">Of a unit.</param>
    /// <param name="outlook">At that price.</param>
    /// <param name="elasticity">How sales follow it.</param>
    /// <param name="supply">Units that there are to sell over the outlook's days, 0 or more.</param>
    /// <param name="leftover">What is lost on a unit that is left over, money, 0 or more.</param>
    public ExpectedSales(decimal price, decimal cost, DemandOutlook outlook, ElasticityBelief elasticity, double supply, double leftover) =>
        (_price, _cost, _outlook, _elasticity, _supply, _leftover) = ((double)price, (double)cost, outlook, elasticity, supply, leftover);

    public WeighedPrice At(decimal price)
    {
        var p = (double)price;
        var ratio = Math.Log(p / _price);
        var units =
            ratio == 0
                ? Sold(1)
                : Edge * (Sold(Factor(ratio, _elasticity.Low)) + Sold(Factor(ratio, _elasticity.High)))
                    + Middle * Sold(Factor(ratio, _elasticity.Value));
        return new WeighedPrice(price, units, units * (p - _cost) - _leftover * Math.Max(0, _supply - units));
    }

    private static double Factor(double ratio, double elasticity) => Math.Min(Furthest, Math.Exp(ratio * elasticity));

    // The normal loss function: what is wanted less what is wanted beyond the supply. A mean that a wide deviation would turn below zero
    // is cut there.
    private double Sold(double factor)
    {
        var (mean, deviation) = (_outlook.Mean * factor, _outlook.Deviation * factor);
        if (!(deviation > 0))
            return Math.Min(mean, _supply);
        var z = (_supply - mean) / deviation;
        if (z > 8)
            return mean;
        var beyond = deviation * (Math.Exp(-z * z / 2) / Constants.Sqrt2Pi - z * 0.5 * SpecialFunctions.Erfc(z / Constants.Sqrt2));
        return Math.Clamp(mean - beyond, 0, Math.Min(mean, _supply));
    }
}
