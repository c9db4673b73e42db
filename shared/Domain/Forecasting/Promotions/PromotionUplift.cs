namespace Stockgate.Domain.Forecasting.Promotions;

/// <summary>
/// The uplift factor of a promotion on an item's usual sales. The usual ones are learned without promotion days (see
/// <see cref="Baselines"/>), so that baseline times this counts no unit twice.
/// </summary>
/// <param name="Factor">Sales of a promotion day over those of the same weekday without one; the median.</param>
/// <param name="Low">One item in ten is below.</param>
/// <param name="High">One in ten is above.</param>
/// <param name="Promotions">The item's own that it was learned from.</param>
/// <param name="Days">Their days.</param>
/// <param name="Own">How much of it is the item's own, 0 to 1; the rest is its category's and all items'.</param>
/// <param name="Words">For a planner.</param>
public sealed record PromotionUplift(double Factor, double Low, double High, int Promotions, int Days, double Own, string Words);
