using System.Xml.Linq;
using Stockgate.Domain;
using Stockgate.Domain.Events;
using Stockgate.Domain.Pricing;
using Stockgate.Domain.Pricing.Effects;
using Stockgate.Domain.Pricing.Simulation;
using Stockgate.Domain.Tests.Pricing;
using Stockgate.Pages.Pricing;
using static Stockgate.Domain.Tests.Pricing.PriceCases;

namespace Stockgate.Functions.Tests.Pages;

public class PricingPagesTests
{
    private static PricingFacts Markdown(int i = 0) =>
        Facts(price: 12.99m, stock: 900, mean: 56) with
        {
            Regular = Euros(12.99m),
            Key = new PriceKey(new Sku($"=S{i}"), Key.Channel, Key.Region),
        };

    private static PriceRunReport Report(int moved) =>
        new()
        {
            Run = "run-<1>",
            At = Now,
            PolicyVersion = 2,
            Leash = PricingLeash.Off,
            Stops = ["Toys <b>stopped</b>"],
            Items =
            [
                .. Enumerable
                    .Range(0, moved)
                    .Select(static i => new PricedItem(
                        PriceDecider.Decide(Markdown(i)),
                        i % 2 == 0 ? "Toys & more" : "",
                        "<script>alert(1)</script>"
                    )),
                .. Enumerable
                    .Range(0, 7)
                    .Select(static _ => new PricedItem(PriceDecider.Decide(Facts() with { Stock = null }), "Books", "")),
            ],
        };

    private static string Page(Action<TextWriter> write)
    {
        using var to = new StringWriter();
        write(to);
        return to.ToString();
    }

    // Well formed apart from the tags that HTML leaves open.
    private static XDocument Holds(string page)
    {
        Assert.Contains("default-src 'none'", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        var closed = System
            .Text.RegularExpressions.Regex.Replace(page.Replace("<!doctype html>", "", StringComparison.Ordinal), "<meta[^>]*>", "")
            .Replace("<details open>", "<details>", StringComparison.Ordinal);
        var document = XDocument.Parse(closed);
        Assert.All(document.Descendants().Attributes(), static a => Assert.DoesNotMatch("NaN|∞|Infinity", a.Value));
        return document;
    }

    [Fact]
    public void A_dry_run_shows_what_would_change_and_what_is_held_by_what()
    {
        var page = Page(static to => PricingPages.RunHtml(to, Report(3)));
        var html = Holds(page);
        Assert.Equal(2, html.Descendants("svg").Count());
        Assert.Contains("a dry run", page, StringComparison.Ordinal);
        Assert.Contains("Age of the stock figure: 7", page, StringComparison.Ordinal);
        Assert.Contains("and 2 more", page, StringComparison.Ordinal);
        Assert.Contains("Toys &amp; more", page, StringComparison.Ordinal);
        Assert.Contains("Toys &lt;b&gt;stopped", page, StringComparison.Ordinal);
        Assert.Contains(html.Descendants("td"), static c => c.Value == "12.99 EUR");
    }

    [Fact]
    public void A_page_of_many_is_bounded_and_the_file_has_all()
    {
        var many = Report(1) with { Items = [.. Enumerable.Repeat(Report(1).Items[0], PricingPages.MostRows + 3)] };
        var page = Page(to => PricingPages.RunHtml(to, many));
        Assert.Contains("and 3 more; the CSV file has all", page, StringComparison.Ordinal);
        Assert.Equal(PricingPages.MostRows + 4, Page(to => PricingPages.RunCsv(to, many)).Count(static c => c == '\n'));
        Holds(Page(static to => PricingPages.RunHtml(to, Report(0) with { Items = [] })));
    }

    [Fact]
    public void No_cell_of_the_file_is_a_formula()
    {
        var lines = Page(static to => PricingPages.RunCsv(to, Report(1))).Split('\n');
        Assert.StartsWith("sku,channel,region", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("'=S0,web,north,<script>", lines[1], StringComparison.Ordinal);
        Assert.Contains(",EUR,12.99,", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_decision_shows_its_inputs_with_ages_each_guardrail_and_the_prices_that_were_weighed()
    {
        var facts = Markdown() with { Competitors = [new("Ann & Co", Euros(12), Now.AddHours(-3))], Inbound = new(5) };
        var decision = PriceDecider.Decide(facts);
        var effect = PriceEffect.Measure(PriceEffectInput.Of(decision, Euros(6), new DateOnly(2026, 3, 3), 7, 80, 0, [])!);
        var page = Page(to => PricingPages.DecisionHtml(to, decision, facts, effect));
        var html = Holds(page);
        Assert.Single(html.Descendants("svg"));
        Assert.Contains("warehouse W1 (source wms), 1 hour old", page, StringComparison.Ordinal);
        Assert.Contains("Ann &amp; Co", page, StringComparison.Ordinal);
        Assert.Equal(2, html.Descendants("line").Count(static l => l.Attribute("class")?.Value == "lim"));
        Assert.Equal(2, html.Descendants("circle").Count());
        Assert.All(decision.Verdicts, v => Assert.Contains(html.Descendants("td"), c => c.Value == v.Words));
        Assert.Contains("What came of it", page, StringComparison.Ordinal);
        var held = Facts() with { Stock = null, Cost = null, Demand = null };
        Holds(Page(to => PricingPages.DecisionHtml(to, PriceDecider.Decide(held), held)));
        Holds(Page(to => PricingPages.DecisionHtml(to, PriceDecider.Decide(held))));
    }

    [Fact]
    public void Any_decision_at_all_can_be_shown()
    {
        var generator = new FactsGenerator(11);
        for (var i = 0; i < 300; i++)
        {
            var facts = generator.Next();
            var decision = PriceDecider.Decide(facts);
            if (facts.Price.Currency.Code is not null && facts.Moves is not null)
                Holds(Page(to => PricingPages.DecisionHtml(to, decision, decision.Weighed.Count > 0 ? facts : null)));
        }
    }

    [Fact]
    public void A_replay_shows_its_range()
    {
        static SimulatedRun Run(double elasticity, double margin) =>
            new(
                elasticity,
                new(10, 100, 40, 0),
                new(11, 105, margin, 1),
                5,
                1,
                2,
                50,
                0.5,
                0.2,
                new("S1 <x>", -3),
                null,
                new Dictionary<PriceRule, int> { [PriceRule.Hysteresis] = 45 },
                0
            );
        var page = Page(static to =>
            PricingPages.SimulationHtml(
                to,
                new PriceSimulationResult
                {
                    First = new(2025, 1, 1),
                    Last = new(2025, 3, 1),
                    Series = 10,
                    Currency = Eur,
                    PolicyVersion = 1,
                    Words = "in words",
                    Runs = [Run(-3, 38), Run(-2, 42), Run(-1, 44)],
                }
            )
        );
        Holds(page);
        Assert.Contains("40 → 42 (+5.0 %)", System.Net.WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        Assert.Contains("S1 &lt;x&gt;: −3", page, StringComparison.Ordinal);
    }
}
