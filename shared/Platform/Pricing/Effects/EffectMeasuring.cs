using Stockgate.Domain;
using Stockgate.Domain.Pricing;
using Stockgate.Domain.Pricing.Effects;
using Stockgate.Platform.Inventory;
using Stockgate.Platform.Pricing.Writing;

namespace Stockgate.Platform.Pricing.Effects;

/// <summary>
/// Measures the effect of price decisions after some days: sales against the forecast and against items of the category with an unchanged
/// price.
/// </summary>
public sealed class EffectMeasuring(PriceStore store, PricingPolicies policies, InventoryReader inventory, TimeProvider time)
{
    // Of one hour: what is left is measured in the next.
    private const int MostDecisions = 500,
        MostHeld = 30;

    // After a longer outage old decisions are not measured.
    private static readonly TimeSpan Oldest = TimeSpan.FromDays(60);

    /// <returns>Decisions that were measured.</returns>
    public async Task<int> MeasureAsync(CancellationToken cancellationToken)
    {
        var (policy, today, measured) = (
            await policies.CurrentAsync(cancellationToken),
            DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime),
            0
        );
        string? after = null;
        do
        {
            var page = await store.ListAsync(
                new PriceDecisionQuery
                {
                    Fate = PriceFate.Confirmed,
                    Since = time.GetUtcNow() - Oldest,
                    After = after,
                    Most = MostDecisions,
                },
                cancellationToken
            );
            after = page.Next;
            foreach (var line in page.Decisions.Where(static l => !l.Reverts))
            {
                if (
                    await store.FindAsync(line.Id, cancellationToken)
                    is not { Effect: null, Facts: { Cost: { } cost } facts, ConfirmedAt: { } confirmed } record
                )
                    continue;
                var (first, days) = (DateOnly.FromDateTime(confirmed.UtcDateTime).AddDays(1), facts.Rules.EffectDays);
                if (first.AddDays(days) > today)
                    continue;
                if (await EffectAsync(record, facts, cost.Value, first, days, policy, cancellationToken) is not { } effect)
                    continue;
                await store.MeasuredAsync(record.Id, effect, cancellationToken);
                if (++measured == MostDecisions)
                    return measured;
            }
        } while (after is not null);
        return measured;
    }

    private async Task<PriceEffect?> EffectAsync(
        PriceDecisionRecord record,
        PricingFacts facts,
        Money cost,
        DateOnly first,
        int days,
        PricePolicy policy,
        CancellationToken cancellationToken
    )
    {
        if (policy.Markets.FirstOrDefault(m => m.Channel == facts.Key.Channel && m.Region == facts.Key.Region) is not { } market)
            return null;
        // A price that changed again within the period can't be measured.
        var state = (await store.OfAsync(facts.Key.Sku, cancellationToken))
            .Select(static s => s.State)
            .FirstOrDefault(s => s?.Key == facts.Key);
        var (from, to) = (
            new DateTimeOffset(first, TimeOnly.MinValue, TimeSpan.Zero),
            new DateTimeOffset(first.AddDays(days), TimeOnly.MinValue, TimeSpan.Zero)
        );
        if (state is null || state.Moves.Any(m => m.At >= from && m.At < to))
            return null;
        var held = new List<HeldItem>();
        foreach (var line in await HeldAsync(record, from, to, cancellationToken))
            if (await store.FindAsync(line.Id, cancellationToken) is { Decision: { Kept: { Units: > 0 } kept, Days: > 0 } decision })
                held.Add(
                    new HeldItem(
                        line.Key,
                        kept.Units * days / decision.Days,
                        await SoldAsync(line.Key.Sku, market, first, days, cancellationToken)
                    )
                );
        return
            PriceEffectInput.Of(
                record.Decision,
                cost,
                first,
                days,
                await SoldAsync(facts.Key.Sku, market, first, days, cancellationToken),
                0,
                held
            )
                is { } input
            ? PriceEffect.Measure(input)
            : null;
    }

    // Kept or held within a day of this decision, of the same category in the same market, and not moved since.
    private async Task<List<PriceDecisionLine>> HeldAsync(
        PriceDecisionRecord record,
        DateTimeOffset from,
        DateTimeOffset to,
        CancellationToken cancellationToken
    )
    {
        var (found, seen) = (new List<PriceDecisionLine>(), new HashSet<Sku> { record.Decision.Key.Sku });
        foreach (var outcome in new[] { PriceOutcome.Keep, PriceOutcome.Hold })
        {
            var page = await store.ListAsync(
                new PriceDecisionQuery
                {
                    Category = record.Category,
                    Outcome = outcome,
                    Since = from.AddDays(-7),
                    Until = from,
                    Most = MostHeld * 4,
                },
                cancellationToken
            );
            foreach (
                var line in page.Decisions.Where(l =>
                    l.Key.Channel == record.Decision.Key.Channel && l.Key.Region == record.Decision.Key.Region
                )
            )
            {
                if (found.Count == MostHeld || !seen.Add(line.Key.Sku))
                    continue;
                var state = (await store.OfAsync(line.Key.Sku, cancellationToken))
                    .Select(static s => s.State)
                    .FirstOrDefault(s => s?.Key == line.Key);
                if (state is not null && !state.Moves.Any(m => m.At >= line.At && m.At < to))
                    found.Add(line);
            }
        }
        return found;
    }

    private async Task<double> SoldAsync(Sku sku, PriceMarket market, DateOnly first, int days, CancellationToken cancellationToken) =>
        (double)
            (await inventory.SalesAsync(sku, first, first.AddDays(days - 1), cancellationToken))
                .Where(s => market.Locations.Contains(s.Location))
                .SelectMany(static s => s.Days)
                .Sum(static d => d.Sold.Value - d.Cancelled.Value);
}
