using System.Diagnostics;
using Stockgate.Domain;
using Stockgate.Domain.Pricing;

namespace Stockgate.Benchmarks.Pricing;

/// <summary>How fast a catalogue's prices are decided from memory.</summary>
internal static class DecisionSpeed
{
    public const int Items = 100_000;

    private const int Rounds = 5;

    private static readonly DateTimeOffset Now = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    /// <param name="PerSecond">On all cores, the best of five rounds.</param>
    /// <param name="MicrosecondsOfCore">Of one core's time for a decision, as the process was charged in that round: beside other work
    /// the wall clock says less.</param>
    /// <param name="BytesEach">Allocated for a decision.</param>
    /// <param name="Moved">Of the items.</param>
    public sealed record Result(double PerSecond, double MicrosecondsOfCore, double BytesEach, int Moved);

    public static Result Run()
    {
        var facts = Facts();
        var moved = facts.AsParallel().Count(static f => PriceDecider.Decide(f).Moves);
        var best = new Result(0, double.MaxValue, 0, moved);
        using var process = Process.GetCurrentProcess();
        for (var round = 0; round < Rounds; round++)
        {
            process.Refresh();
            var (cpu, bytes, started) = (process.TotalProcessorTime, GC.GetTotalAllocatedBytes(), Stopwatch.GetTimestamp());
            Parallel.For(0, Items, i => PriceDecider.Decide(facts[i]));
            var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            process.Refresh();
            best = new Result(
                Math.Max(best.PerSecond, Items / seconds),
                Math.Min(best.MicrosecondsOfCore, (process.TotalProcessorTime - cpu).TotalMicroseconds / Items),
                (double)(GC.GetTotalAllocatedBytes() - bytes) / Items,
                moved
            );
        }
        return best;
    }

    // Whatever a shop has: every tenth nearly sold out, every fifth with overstock, some with competitors, other channels and a past.
    private static PricingFacts[] Facts()
    {
        var (random, eur, policy) = (new Random(7), Currency.Parse("EUR"), PricePolicy.Default);
        var rules = policy.RulesFor(new Sku("S"), "Toys", Now);
        var watching = rules with { AboveCompetitor = 0.05m, Parity = 0.1m };
        return
        [
            .. Enumerable
                .Range(0, Items)
                .Select(i =>
                {
                    var price = random.Next(3, 120) + (i % 2 == 0 ? 0.99m : 0.49m);
                    var (mean, value) = (5 + random.NextDouble() * 300, -1.2 - random.NextDouble() * 2);
                    var cover =
                        i % 10 == 0 ? 2
                        : i % 5 == 1 ? 90
                        : 10 + random.Next(45);
                    return new PricingFacts
                    {
                        Key = new PriceKey(new Sku($"S{i / 2}"), new SalesChannelId(i % 2 == 0 ? "web" : "till"), new RegionId("north")),
                        Category = $"C{i % 40}",
                        Now = Now,
                        Price = new Money(price, eur),
                        Regular = new Money(price, eur),
                        Rules = i % 4 == 0 ? watching : rules,
                        Stock = new Reading<Quantity>(
                            new Quantity((decimal)Math.Round(mean / 28 * cover)),
                            "warehouse W1 (source wms)",
                            Now.AddMinutes(-random.Next(200))
                        ),
                        Cost = new Reading<Money>(
                            new Money(decimal.Round(price * (0.4m + random.Next(45) / 100m), 2), eur),
                            "erp",
                            Now.AddDays(-random.Next(28))
                        ),
                        Demand = new Reading<DemandOutlook>(new DemandOutlook(mean, 1 + mean * 0.3, 28), "run 7", Now.AddHours(-8)),
                        Elasticity = new ElasticityBelief(value, value * 1.3, value * 0.7),
                        Competitors =
                            i % 4 == 0
                                ?
                                [
                                    new CompetitorPrice("Ann", new Money(price * 0.98m, eur), Now.AddHours(-3)),
                                    new CompetitorPrice("Ben", new Money(price * 1.05m, eur), Now.AddHours(-9)),
                                ]
                                : [],
                        Others = i % 4 == 0 ? [new ChannelPrice(new SalesChannelId("market"), new Money(price, eur))] : [],
                        Moves =
                            i % 3 == 0
                                ?
                                [
                                    new PriceMove(
                                        Now.AddDays(-9),
                                        new Money(price + 1, eur),
                                        new Money(price, eur),
                                        PriceMoveCause.Decision,
                                        "d1"
                                    ),
                                ]
                                : [],
                        ChangesLeft = 100,
                    };
                }),
        ];
    }
}
