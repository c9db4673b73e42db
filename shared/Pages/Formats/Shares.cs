namespace Stockgate.Pages.Formats;

/// <summary>Shares of one, as percentages.</summary>
public static class Shares
{
    /// <summary>Rounded: one decimal below a tenth, none above.</summary>
    public static string Percent(double share) =>
        double.IsFinite(share)
            ? Figures.Signed((share * 100).ToString(Math.Abs(share) < 0.095 ? "0.#" : "0", Figures.Culture)) + " %"
            : Figures.None;

    /// <summary>One decimal, rounded down: 99.96 % that is short of 100 % must not read as 100 %.</summary>
    public static string Reached(decimal share) => Figures.Write(Math.Floor(share * 1000) / 10, "0.#") + " %";

    /// <summary>One decimal, rounded.</summary>
    public static string Of(decimal share) => Figures.Write(decimal.Round(share * 100, 1), "#,##0.#") + " %";

    /// <summary>A change, with its sign and one decimal.</summary>
    public static string Change(double share) =>
        double.IsFinite(share) ? (share * 100).ToString("+0.0;−0.0;0.0", Figures.Culture) + " %" : Figures.None;

    /// <summary>A change, rounded as a share is.</summary>
    public static string Step(double share) => double.IsFinite(share) ? (share >= 0 ? "+" : "−") + Percent(Math.Abs(share)) : Figures.None;
}
