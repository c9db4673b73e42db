using Stockgate.Domain;
using Stockgate.Domain.Pricing;
using Stockgate.Domain.Pricing.Effects;
using Stockgate.Domain.Pricing.Simulation;

namespace Stockgate.Pages.Pricing;

/// <summary>What is decided about prices, as pages and files that need nothing else.</summary>
public static class PricingPages
{
    /// <summary>Rows of a page; the file beside it has all.</summary>
    public const int MostRows = 2_000;

    /// <summary>A row for each price of a run (RFC 4180), for a spreadsheet.</summary>
    public static void RunCsv(TextWriter to, PriceRunReport report) => PriceRunCsv.Write(to, report);

    /// <summary>What would change and why, sums by category, and what is held by which guardrail.</summary>
    public static void RunHtml(TextWriter to, PriceRunReport report) =>
        to.Write(PageRenderer.Render<RunPage>(new() { [nameof(RunPage.Report)] = report }));

    /// <summary>One decision: its grounds, the guardrails one by one, the prices that were weighed.</summary>
    /// <param name="to">Where it is written.</param>
    /// <param name="decision">That is shown.</param>
    /// <param name="facts">What it was made from; null where they are no longer known.</param>
    /// <param name="effect">What came of it; null until it is measured.</param>
    public static void DecisionHtml(TextWriter to, PriceDecision decision, PricingFacts? facts = null, PriceEffect? effect = null) =>
        to.Write(
            PageRenderer.Render<DecisionPage>(
                new()
                {
                    [nameof(DecisionPage.Decision)] = decision,
                    [nameof(DecisionPage.Facts)] = facts,
                    [nameof(DecisionPage.Effect)] = effect,
                }
            )
        );

    /// <summary>What the policy would have brought, as a range.</summary>
    public static void SimulationHtml(TextWriter to, PriceSimulationResult result) =>
        to.Write(PageRenderer.Render<SimulationPage>(new() { [nameof(SimulationPage.Result)] = result }));
}
