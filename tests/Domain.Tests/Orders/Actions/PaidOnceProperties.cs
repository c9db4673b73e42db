using Stockgate.Domain.Orders.Actions;

namespace Stockgate.Domain.Tests.Orders.Actions;

/// <summary>Requests, reviews, approvals, executions and crashes in any order: see <see cref="PaymentWorld"/>.</summary>
public class PaidOnceProperties
{
    private const int Steps = 250;

    [Fact]
    public void Whatever_happens_at_once_no_more_is_paid_back_than_was_paid_and_nothing_twice() => Hold(2_000);

    [LongFact]
    public void Whatever_happens_at_once_no_more_is_paid_back_than_was_paid_and_nothing_twice_in_a_hundred_thousand_cases() =>
        Hold(100_000);

    private static void Hold(int cases)
    {
        var (all, some) = (0, 0);
        var seeds = Arb.From(Gen.Choose(0, int.MaxValue - 1));
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(cases),
            Prop.ForAll(
                seeds,
                seed =>
                {
                    var world = new PaymentWorld(seed);
                    for (var step = 0; step < Steps; step++)
                    {
                        world.Step();
                        if (Broken(world) is { } words)
                            return false.Label(words);
                    }
                    world.Settle();
                    var paid = world.PaidOut.Sum(static p => p.Amount);
                    if (paid > 0)
                        some++;
                    if (paid > 0 && paid >= world.PaidIn)
                        all++;
                    return (Broken(world) is null).Label(Broken(world) ?? "");
                }
            )
        );
        // Where nothing, or never all of it, is paid back, nothing is shown.
        Assert.True(some > cases / 2 && all > cases / 20, $"{some} of {cases} paid something back, {all} all of it");
    }

    private static string? Broken(PaymentWorld world)
    {
        var paid = world.PaidOut.Sum(static p => p.Amount);
        if (paid > world.PaidIn)
            return $"{paid} of {world.PaidIn} went back: {string.Join(", ", world.PaidOut.Select(static p => $"{p.Message.Id} {p.Message.Action} {p.Amount}"))}";
        var twice = world.PaidOut.GroupBy(static p => p.Message.ActionId).FirstOrDefault(static g => g.Count() > 1);
        return twice is null ? null : $"{twice.Key} was paid {twice.Count()} times";
    }
}
