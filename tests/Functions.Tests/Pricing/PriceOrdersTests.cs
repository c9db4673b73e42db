using System.Text.Json.Nodes;
using Stockgate.Domain;
using Stockgate.Domain.Events;
using Stockgate.Domain.Pricing;
using Stockgate.Domain.Promotions;
using Stockgate.Functions.Tests.Promotions;
using Stockgate.Platform;
using Stockgate.Platform.Pricing.Commands;
using Stockgate.Platform.Pricing.Publishing;
using Stockgate.Platform.Pricing.Reverts;
using Stockgate.Platform.Pricing.Signals;
using Stockgate.Platform.Pricing.Writing;
using Stockgate.Platform.Promotions.Records;
using Stockgate.Platform.Promotions.Requests;
using Stockgate.TestSupport;

namespace Stockgate.Functions.Tests.Pricing;

public sealed class PriceOrdersTests(AzuriteFixture fixture) : PricesOnAzurite(fixture)
{
    private PriceReverts Reverts => Get<PriceReverts>();

    [Fact]
    public async Task A_question_is_asked_once_and_a_yes_publishes_it()
    {
        await PolicyAsync("Ask");
        var sku = (await OverstockAsync())[0];
        var asked = Assert.Single((await WorkAsync()).SelectMany(static r => r.ToAsk));
        Assert.Contains(asked.Id, await Store.AskedAsync(default));
        await CountAsync(sku, 399);
        Assert.Equal(asked.Id, Assert.Single((await WorkAsync()).SelectMany(static r => r.ToAsk)).Id);
        Assert.Single(await RecordsAsync(sku));
        Assert.Empty(Received);

        for (var times = 0; times < 2; times++)
        {
            await Get<PriceQueue>().DecidedAsync(asked, approved: true, "Lea", "fine", default);
            await WorkAsync();
        }
        Assert.Equal(asked.Id, Assert.Single(Received).Prices[0].Decision);
        Assert.True(Assert.Single(await RecordsAsync(sku)) is { Fate: PriceFate.Published, Revision: 1 });
        Assert.DoesNotContain(asked.Id, await Store.AskedAsync(default));
    }

    [Fact]
    public async Task A_no_leaves_the_price_alone_for_a_while()
    {
        await PolicyAsync("Ask");
        var sku = (await OverstockAsync())[0];
        var asked = Assert.Single((await WorkAsync()).SelectMany(static r => r.ToAsk));
        await Get<PriceQueue>().DecidedAsync(asked, approved: false, "Lea", "not before the weekend", default);
        await WorkAsync();
        await CountAsync(sku, 399);
        Assert.Empty((await WorkAsync()).SelectMany(static r => r.ToAsk));
        Assert.Equal(PriceRule.HeldAfterRevert, (await LookAsync(sku)).Rule);
        Assert.Equal(
            (PriceFate.Rejected, "Lea: not before the weekend"),
            (await Store.FindAsync(asked.Id, default)) is { } record ? (record.Fate, record.Detail) : default
        );
    }

    [Fact]
    public async Task A_yes_to_a_price_that_has_moved_since_publishes_nothing()
    {
        await PolicyAsync("Ask");
        var sku = (await OverstockAsync())[0];
        var asked = Assert.Single((await WorkAsync()).SelectMany(static r => r.ToAsk));
        Time.Advance(TimeSpan.FromSeconds(1));
        await PriceAsync(sku, 12);
        await Get<PriceQueue>().DecidedAsync(asked, approved: true, "Lea", "fine", default);
        await WorkAsync();
        Assert.Empty(Received);
        var record = await Store.FindAsync(asked.Id, default);
        Assert.Equal(PriceFate.Superseded, record!.Fate);
    }

    [Fact]
    public async Task A_revert_brings_back_the_exact_price_and_leaves_it_alone()
    {
        await PolicyAsync();
        var sku = await ConfirmedAsync();
        var record = Assert.Single(await RecordsAsync(sku));
        Assert.Equal(Pounds(10), (await Reverts.OneAsync(record.Id, "Lea", "a mistake", default)).Decision.From);
        await WorkAsync();
        await AnswerAsync(sku, 2);
        await CountAsync(sku, 398);
        await WorkAsync();

        var state = await StateAsync(sku);
        Assert.True(
            state is { Revision: 2, Publication: { Open: false, CompareAt: null, Cause: PriceMoveCause.Revert } }
                && state.Price == Pounds(10)
                && state.HeldUntil > Time.GetUtcNow(),
            $"{state}"
        );
        Assert.Equal((2, 10m), (Received.Last().Prices[0].Revision, Received.Last().Prices[0].Price));
        Assert.Equal(PriceRule.HeldAfterRevert, (await LookAsync(sku)).Rule);
        var taken = await Store.FindAsync(record.Id, default);
        Assert.Equal((PriceFate.Reverted, PriceFate.Confirmed), (taken!.Fate, (await Store.FindAsync(taken.RevertedBy!, default))!.Fate));
        Assert.Equal("price-decision-reverted", (await RefusedAsync(record.Id)).Slug);
    }

    [Fact]
    public async Task What_was_not_published_or_has_moved_since_is_not_taken_back()
    {
        await PolicyAsync();
        var held = NewSku();
        await ProductAsync(held);
        await PriceAsync(held, 10);
        await WorkAsync();
        Assert.Equal("price-not-published", (await RefusedAsync(Assert.Single(await RecordsAsync(held)).Id)).Slug);
        Assert.Equal(
            (404, "unknown-price-decision"),
            await RefusedAsync("prc-0123456789abc000") is var unknown ? (unknown.Status, unknown.Slug) : default
        );

        var moved = await ConfirmedAsync();
        Time.Advance(TimeSpan.FromSeconds(1));
        await PriceAsync(moved, 12);
        await WorkAsync();
        var refused = await RefusedAsync((await RecordsAsync(moved)).Single(static r => r.Revision is not null).Id);
        Assert.Equal((409, "price-moved-since"), (refused.Status, refused.Slug));
    }

    [Fact]
    public async Task Everything_of_a_category_since_a_moment_is_taken_back_together()
    {
        await PolicyAsync(change: static p => p["categories"] = new JsonObject { ["Games"] = new JsonObject { ["breakerShare"] = 1 } });
        var since = Time.GetUtcNow();
        var skus = await OverstockAsync(6, "Games");
        await WorkAsync();
        foreach (var sku in skus)
            await AnswerAsync(sku, 1);
        await WorkAsync();
        Time.Advance(TimeSpan.FromSeconds(1));
        await PriceAsync(skus[0], 12);
        await WorkAsync();

        var revert = await Reverts.SinceAsync(since, "Games", "Lea", "the feed was wrong", default);
        Assert.Equal(6, revert.Prices);
        await WorkAsync();
        Assert.Equal(5, (await Reverts.ProgressAsync(revert.Id, default))!.Open);
        foreach (var sku in skus[1..])
            await AnswerAsync(sku, 2);
        await WorkAsync();

        var progress = await Reverts.ProgressAsync(revert.Id, default);
        Assert.Equal((5, 0), (progress!.Confirmed, progress.Open));
        Assert.Contains("another system has changed the price since", Assert.Single(progress.Failed).Reason, StringComparison.Ordinal);
        foreach (var sku in skus[1..])
            Assert.Equal(Pounds(10), (await StateAsync(sku)).Price);
        Assert.Equal(Pounds(12), (await StateAsync(skus[0])).Price);
    }

    [Fact]
    public async Task A_category_that_moves_as_a_whole_stops_itself()
    {
        await PolicyAsync(change: static p =>
            p["categories"] = new JsonObject
            {
                ["Lamps"] = new JsonObject { ["breakerShare"] = 0.3, ["breakerLeast"] = 2 },
            }
        );
        await OverstockAsync(6, "Lamps");
        await WorkAsync();
        Assert.True(Received.Sum(static m => m.Prices.Count) <= 1, $"{Received.Count} messages");
        Assert.NotNull(await TroubleAsync(PriceTroubles.Breaker, "category Lamps"));
        var another = (await OverstockAsync(1, "Lamps"))[0];
        await WorkAsync();
        Assert.Equal(
            (PriceOutcome.Hold, PriceRule.CircuitBreaker),
            await LookAsync(another) is var look ? (look.Outcome, look.Rule) : default
        );

        Assert.Contains(
            "lowered",
            await Get<PriceDesk>().ResumeCategoryAsync("Lamps", "Lea", "it is right", default),
            StringComparison.Ordinal
        );
        Assert.Null(await TroubleAsync(PriceTroubles.Breaker, "category Lamps"));
        await CountAsync(another, 399);
        await WorkAsync();
        Assert.Equal(Pounds(9.49m), (await StateAsync(another)).Price);
        Assert.Equal(
            "category-not-stopped",
            (await Assert.ThrowsAsync<ProblemException>(() => Get<PriceDesk>().ResumeCategoryAsync("Lamps", "Lea", "again", default))).Slug
        );
    }

    [Fact]
    public async Task A_category_makes_no_more_changes_a_day_than_it_may()
    {
        await PolicyAsync(change: static p => p["categories"] = new JsonObject { ["Chairs"] = new JsonObject { ["changesPerDay"] = 2 } });
        var skus = await OverstockAsync(5, "Chairs");
        await WorkAsync();
        Assert.Equal(2, Received.Sum(static m => m.Prices.Count));
        var looks = await Task.WhenAll(skus.Select(LookAsync));
        Assert.Equal(3, looks.Count(static l => l is { Outcome: PriceOutcome.Hold, Rule: PriceRule.ChangeBudget }));
    }

    [Fact]
    public async Task A_price_that_a_promotion_owns_is_left_to_it()
    {
        await PolicyAsync();
        var sku = NewSku();
        await ForecastAsync(sku);
        await ProductAsync(sku);
        await PriceAsync(sku, 10);
        var record = await Get<PromotionDesk>()
            .SubmitAsync(
                PromotionsOnAzurite.Body(r => (r["items"], r["channels"]) = (new JsonArray(sku.Value), new JsonArray("pos"))),
                null,
                "Sam",
                default
            );
        var stored = await Get<PromotionStore>().GetAsync(record.Id, default);
        await Get<PromotionStore>().SaveAsync(stored, stored.Record with { State = PromotionState.Live }, default);
        await CountAsync(sku, 400);
        Time.Advance(TimeSpan.FromSeconds(2));
        await WorkAsync();
        Assert.Equal(PriceRule.PromotionLock, (await LookAsync(sku)).Rule);
        Assert.Empty(Received);
    }

    /// <summary>Measured: from the request to the last confirmation, by a channel that confirms at once.</summary>
    [LongFact]
    public async Task A_thousand_prices_are_back_within_a_minute()
    {
        await PolicyAsync(change: static p =>
            p["categories"] = new JsonObject
            {
                ["Bulk"] = new JsonObject { ["breakerShare"] = 1, ["changesPerDay"] = 10_000 },
            }
        );
        Sku[] skus = [.. Enumerable.Range(0, 1_000).Select(static _ => NewSku())];
        var since = Time.GetUtcNow();
        await ForecastAsync(skus);
        await SayAsync(
            "erp",
            [
                .. skus.Select(static s => new ProductUpdated
                {
                    Sku = s,
                    Title = "A toy",
                    Category = "Bulk",
                    UnitCost = 4,
                    Currency = Currency.Parse("GBP"),
                }),
            ]
        );
        await SayAsync(
            "erp",
            [
                .. skus.Select(static s => new PriceChanged
                {
                    Sku = s,
                    Price = 10,
                    Currency = Currency.Parse("GBP"),
                }),
            ]
        );
        await SayAsync(
            "wms",
            [
                .. skus.Select(static s => new StockCounted
                {
                    Sku = s,
                    Location = new("W1"),
                    Quantity = new(400),
                }),
            ]
        );
        Assert.Equal(1_000, (await WorkAsync()).Sum(static r => r.Published.Count));
        await ConfirmAllAsync();

        var started = System.Diagnostics.Stopwatch.GetTimestamp();
        var revert = await Reverts.SinceAsync(since, "Bulk", "Lea", "the feed was wrong", default);
        await WorkAsync();
        await ConfirmAllAsync();
        var took = System.Diagnostics.Stopwatch.GetElapsedTime(started);

        Assert.Equal(
            (1_000, 1_000),
            await Reverts.ProgressAsync(revert.Id, default) is { } progress ? (progress.Revert.Prices, progress.Confirmed) : default
        );
        Assert.True(took < TimeSpan.FromMinutes(1), $"{took}");
    }

    private async Task ConfirmAllAsync()
    {
        await SayAsync(
            "pos",
            [
                .. Received
                    .SelectMany(static m => m.Prices)
                    .GroupBy(static p => p.Sku)
                    .Select(static g => g.MaxBy(static p => p.Revision)!)
                    .Select(static p => new PriceAnswered
                    {
                        Sku = p.Sku,
                        SalesChannel = new("pos"),
                        Region = p.Region,
                        Revision = p.Revision,
                        Answer = PriceAnswer.Confirmed,
                    }),
            ]
        );
        await WorkAsync();
    }

    private async Task<Sku> ConfirmedAsync()
    {
        var sku = (await OverstockAsync())[0];
        await WorkAsync();
        await AnswerAsync(sku, 1);
        await WorkAsync();
        return sku;
    }

    private Task<ProblemException> RefusedAsync(string id) =>
        Assert.ThrowsAsync<ProblemException>(() => Reverts.OneAsync(id, "Lea", "a mistake", default));
}
