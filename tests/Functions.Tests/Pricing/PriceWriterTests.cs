using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using Stockgate.Domain;
using Stockgate.Domain.Catalog;
using Stockgate.Domain.Events;
using Stockgate.Domain.Operations;
using Stockgate.Domain.Pricing;
using Stockgate.Platform.Operations;
using Stockgate.Platform.Pricing.Publishing;
using Stockgate.Platform.Pricing.Signals;
using Stockgate.Platform.Pricing.Writing;
using Stockgate.TestSupport;

namespace Stockgate.Functions.Tests.Pricing;

public sealed class PriceWriterTests(AzuriteFixture fixture) : PricesOnAzurite(fixture)
{
    [Fact]
    public async Task A_price_is_decided_published_and_confirmed()
    {
        await PolicyAsync();
        var sku = (await OverstockAsync())[0];
        Assert.Single((await WorkAsync()).SelectMany(static r => r.Published));

        var message = Assert.Single(Received);
        var price = Assert.Single(message.Prices);
        Assert.Equal(
            (PriceMessage.PublishType, "pos", sku, "north", 1, 9.49m),
            (message.Type, message.Channel.Value, price.Sku, price.Region.Value, price.Revision, price.Price)
        );
        var state = await StateAsync(sku);
        Assert.True(
            state is { Revision: 1, Publication: { Open: true, SentAt: not null } }
                && state.Price == Pounds(9.49m)
                && state.Regular == Pounds(10),
            $"{state}"
        );
        Assert.Single(await Store.OpenAsync(default), o => o.Key.Sku == sku);

        await AnswerAsync(sku, 1);
        await WorkAsync();

        Assert.NotNull((await StateAsync(sku)).Publication!.ConfirmedAt);
        Assert.DoesNotContain(await Store.OpenAsync(default), o => o.Key.Sku == sku);
        var record = Assert.Single(await RecordsAsync(sku));
        Assert.Equal(
            (price.Decision, PriceFate.Confirmed, PriceOutcome.Publish, PriceMode.Markdown),
            (record.Id, record.Fate, record.Decision.Outcome, record.Decision.Mode)
        );
        Assert.Equal("W1 (source wms)", record.Facts!.Stock!.Value.Source);
        var chain = await Get<DecisionLog>().ReadAsync(SubjectOf(sku), default);
        Assert.Null(DecisionRecord.FirstBreak(chain));
        Assert.Equal($"POST /api/v1/pricing/decisions/{record.Id}/revert", Assert.Single(chain).TakeBack);
    }

    [Fact]
    public async Task Without_a_leash_nothing_is_asked_of_anybody()
    {
        await PolicyAsync("Off");
        var sku = (await OverstockAsync())[0];
        Assert.Equal(0, Bus.Waiting);
        await Get<PriceQueue>().LookAsync([sku], "by hand", default);
        Assert.Equal(0, Assert.Single(await WorkAsync()).Looked);
        Assert.Empty(await Store.OfAsync(sku, default));
    }

    [Fact]
    public async Task A_batch_that_is_delivered_again_changes_nothing()
    {
        await PolicyAsync();
        var sku = (await OverstockAsync())[0];
        var batch = Assert.Single(Bus.Take(Time.GetUtcNow()));
        var first = await Get<PriceWriter>().WorkAsync(batch, default);
        var before = await FootprintAsync(sku);
        var again = await Get<PriceWriter>().WorkAsync(batch, default);

        // Whoever has to be told is told again.
        Assert.Equal(first.Published.Select(static p => p.Id), again.Published.Select(static p => p.Id));
        Assert.Equal(before, await FootprintAsync(sku));
        Assert.Single(await Get<DecisionLog>().ReadAsync(SubjectOf(sku), default));
    }

    [Fact]
    public async Task Of_two_writers_the_second_decides_again_from_what_the_first_wrote()
    {
        await PolicyAsync();
        var sku = (await OverstockAsync())[0];
        var batch = Assert.Single(Bus.Take(Time.GetUtcNow()));
        // Both believe to be the one: the same work is handed to two processes at once.
        await Task.WhenAll(new[] { App, Process() }.Select(process => process.GetRequiredService<PriceWriter>().WorkAsync(batch, default)));
        var state = await StateAsync(sku);
        Assert.Equal((1, 1), (state.Revision, state.Moves.Count));
        Assert.Single(await RecordsAsync(sku));
    }

    [Fact]
    public async Task What_was_not_sent_is_sent_by_the_sweep()
    {
        await PolicyAsync();
        var sku = (await OverstockAsync())[0];
        Status = 503;
        await WorkAsync();
        Assert.Null((await StateAsync(sku)).Publication!.SentAt);
        Assert.DoesNotContain(sku, await Get<PriceSweep>().RunAsync(default));

        Time.Advance(TimeSpan.FromSeconds(11));
        Status = 202;
        Assert.Contains(sku, await Get<PriceSweep>().RunAsync(default));
        await WorkAsync();

        Assert.True((await StateAsync(sku)) is { Revision: 1, Publication.SentAt: not null });
        Assert.All(Received, static m => Assert.Equal(1, Assert.Single(m.Prices).Revision));
        Assert.Single(Received.Select(static m => m.Id).Distinct());
    }

    [Fact]
    public async Task A_channel_that_does_not_answer_is_told_of_once_and_until_it_does()
    {
        await PolicyAsync();
        var sku = (await OverstockAsync())[0];
        await WorkAsync();
        Time.Advance(TimeSpan.FromMinutes(6));
        for (var i = 0; i < 2; i++)
        {
            await Get<PriceSweep>().RunAsync(default);
            await WorkAsync();
        }
        Assert.Equal(1, (await TroubleAsync(PriceTroubles.NotConfirmed, SubjectOf(sku)))?.Count);
        await AnswerAsync(sku, 1);
        await WorkAsync();
        Assert.Null(await TroubleAsync(PriceTroubles.NotConfirmed, SubjectOf(sku)));
    }

    [Fact]
    public async Task Answers_of_others_and_of_other_revisions_are_passed_over()
    {
        await PolicyAsync();
        var sku = (await OverstockAsync())[0];
        await WorkAsync();
        await AnswerAsync(sku, 1, from: "erp");
        await AnswerAsync(sku, 2);
        await WorkAsync();
        Assert.True((await StateAsync(sku)).Publication!.Open);
        await AnswerAsync(sku, 1);
        await WorkAsync();
        Assert.False((await StateAsync(sku)).Publication!.Open);
    }

    [Fact]
    public async Task A_refused_price_never_held_and_the_item_waits_for_a_person()
    {
        await PolicyAsync();
        var sku = (await OverstockAsync())[0];
        await WorkAsync();
        await AnswerAsync(sku, 1, PriceAnswer.Refused, detail: "no such item");
        await WorkAsync();

        var state = await StateAsync(sku);
        Assert.Equal((Pounds(10), "pos refused 9.49 GBP (revision 1): no such item", 0), (state.Price, state.Stopped, state.Moves.Count));
        Assert.Equal(PriceFate.Refused, Assert.Single(await RecordsAsync(sku)).Fate);
        Assert.NotNull(await TroubleAsync(PriceTroubles.Stopped, SubjectOf(sku)));

        await Get<PriceQueue>().ResumeAsync(sku, "Lea", "it is listed now", default);
        await WorkAsync();
        Assert.Null(await TroubleAsync(PriceTroubles.Stopped, SubjectOf(sku)));
        Assert.True(await StateAsync(sku) is { Revision: 2, Stopped: null, Publication.Open: true });
    }

    [Fact]
    public async Task The_same_reason_again_is_no_new_record()
    {
        await PolicyAsync();
        var sku = NewSku();
        await ForecastAsync(sku);
        await ProductAsync(sku);
        await PriceAsync(sku, 10);
        await WorkAsync();
        var first = await LookAsync(sku);
        Assert.Equal((PriceOutcome.Hold, PriceRule.StockFreshness), (first.Outcome, first.Rule));
        Time.Advance(TimeSpan.FromMinutes(1));
        await PriceAsync(sku, 10);
        await WorkAsync();
        Assert.True((await LookAsync(sku)).At > first.At);
        Assert.Single(await RecordsAsync(sku));

        Assert.Empty(Received);

        await CountAsync(sku, 3);
        await WorkAsync();
        Assert.Equal(2, (await RecordsAsync(sku)).Count);
        // Nearly sold out: whatever it is, it is no discount.
        Assert.True((await StateAsync(sku)).Price.Amount >= 10);
    }

    [Fact]
    public async Task A_cost_ten_times_as_high_stops_the_item_until_a_person_lets_it_go_on()
    {
        await PolicyAsync();
        var sku = NewSku();
        await ForecastAsync(sku);
        await ProductAsync(sku, cost: 0.4m);
        await PriceAsync(sku, 10);
        await WorkAsync();
        await ProductAsync(sku, cost: 4);
        await CountAsync(sku, 400);
        await WorkAsync();

        Assert.Contains("0.4", (await StateAsync(sku)).Stopped, StringComparison.Ordinal);
        var trouble = await TroubleAsync(PriceTroubles.Stopped, SubjectOf(sku));
        Assert.Contains($"/api/v1/pricing/items/{sku}/resume", trouble!.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(Received);

        await Get<PriceQueue>().ResumeAsync(sku, "Lea", "the cost is right", default);
        await WorkAsync();
        Assert.Null((await StateAsync(sku)).Stopped);
        Assert.Equal(9.49m, Assert.Single(Received).Prices[0].Price);
    }

    [Fact]
    public async Task A_price_that_is_shown_wrongly_is_sent_again_three_times_a_day_at_most()
    {
        await PolicyAsync();
        var sku = (await OverstockAsync())[0];
        await WorkAsync();
        await AnswerAsync(sku, 1);
        await WorkAsync();
        for (var revision = 2; revision <= 5; revision++)
        {
            Time.Advance(TimeSpan.FromMinutes(2));
            await ShownAsync(sku, 10);
            await WorkAsync();
            Assert.Equal(Math.Min(revision, 4), (await StateAsync(sku)).Revision);
            await AnswerAsync(sku, revision);
            await WorkAsync();
        }
        Assert.All(Received, static m => Assert.Equal(9.49m, m.Prices[0].Price));
        Assert.Equal(4, (await TroubleAsync(PriceTroubles.Mismatch, SubjectOf(sku)))?.Count);
        Assert.Single((await StateAsync(sku)).Moves);

        Time.Advance(TimeSpan.FromMinutes(2));
        await ShownAsync(sku, 9.49m);
        await WorkAsync();
        Assert.Null(await TroubleAsync(PriceTroubles.Mismatch, SubjectOf(sku)));
    }

    [Fact]
    public async Task A_channel_that_is_asked_is_asked_for_its_answer()
    {
        await PolicyAsync(channel: "shop");
        var sku = (await OverstockAsync())[0];
        await WorkAsync();
        Assert.True((await StateAsync(sku)).Publication!.Open);
        Time.Advance(TimeSpan.FromSeconds(2));
        await WorkAsync();
        Assert.False((await StateAsync(sku)).Publication!.Open);
        Assert.Equal(PriceFate.Confirmed, Assert.Single(await RecordsAsync(sku)).Fate);
    }

    [Fact]
    public async Task Another_systems_price_is_a_move_and_what_the_ceiling_goes_by()
    {
        await PolicyAsync();
        var sku = (await OverstockAsync())[0];
        await WorkAsync();
        await AnswerAsync(sku, 1);
        await WorkAsync();
        // The echo of our own price is none.
        await PriceAsync(sku, 9.49m);
        await WorkAsync();
        Assert.Equal(Pounds(10), (await StateAsync(sku)).Regular);
        Time.Advance(TimeSpan.FromSeconds(1));
        await PriceAsync(sku, 12);
        await WorkAsync();
        var state = await StateAsync(sku);
        Assert.Equal((Pounds(12), Pounds(12)), (state.Price, state.Regular));
        Assert.Equal([PriceMoveCause.Decision, PriceMoveCause.Outside], state.Moves.Select(static m => m.Cause));
    }

    private Task ShownAsync(Sku sku, decimal price) =>
        SayAsync(
            "crawler",
            new PriceObserved
            {
                Sku = sku,
                SalesChannel = new("pos"),
                Region = "north",
                Price = price,
                Currency = Currency.Parse("GBP"),
            }
        );

    private async Task<string> FootprintAsync(Sku sku)
    {
        var rows = new List<string>();
        await foreach (
            var row in Tables.Prices.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {Tables.PartitionOf(sku)}"))
        )
            if (row.RowKey.Contains(sku.Value, StringComparison.Ordinal) || row.GetString("Sku") == sku.Value)
                rows.Add($"{row.RowKey} {row.GetString("Document")} {row.GetString("Fate")}");
        return string.Join('\n', rows);
    }
}
