using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Messaging.ServiceBus;
using Microsoft.AspNetCore.Http;
using Stockgate.Domain;
using Stockgate.Domain.Access;
using Stockgate.Domain.Catalog;
using Stockgate.Domain.Events;
using Stockgate.Domain.Inventory;
using Stockgate.Domain.Operations;
using Stockgate.Domain.Pricing;
using Stockgate.Functions.Pricing;
using Stockgate.Platform;
using Stockgate.Platform.Operations;
using Stockgate.Platform.Pricing;
using Stockgate.Platform.Pricing.Facts;
using Stockgate.Platform.Pricing.Reverts;
using Stockgate.Platform.Pricing.Signals;
using Stockgate.Platform.Pricing.Writing;
using Stockgate.TestSupport;

namespace Stockgate.Functions.Tests.Pricing;

public sealed class PricingFactsTests(AzuriteFixture fixture) : PricesOnAzurite(fixture)
{
    private async Task<PricingFacts> FactsAsync(Sku sku) =>
        (await Get<PricingFactsReader>().ReadAsync([sku], await Get<PricingPolicies>().CurrentAsync(default), default)).Single();

    [Fact]
    public async Task Stock_is_that_of_the_markets_locations_and_as_old_as_the_oldest_of_them()
    {
        await PolicyAsync();
        var sku = NewSku();
        await PriceAsync(sku, 10);
        await SayAsync(
            "wms",
            new StockMoved
            {
                Sku = sku,
                Location = new("W1"),
                Kind = MovementKind.Adjustment,
                Quantity = new(7),
                Reason = "found",
            }
        );
        Assert.Null((await FactsAsync(sku)).Stock);

        await CountAsync(sku, 40, "W1");
        var counted = Time.GetUtcNow();
        Time.Advance(TimeSpan.FromHours(2));
        await CountAsync(sku, 5, "S1");
        await CountAsync(sku, 1_000, "W2");
        var stock = (await FactsAsync(sku)).Stock!.Value;
        Assert.Equal((new Quantity(45), "W1 (source wms)"), (stock.Value, stock.Source));
        Assert.InRange(stock.At, counted - TimeSpan.FromSeconds(30), counted);
    }

    [Fact]
    public async Task Stock_that_a_silent_channel_counted_is_known_as_such_until_it_posts_again()
    {
        await PolicyAsync();
        var sku = NewSku();
        await PriceAsync(sku, 10);
        await CountAsync(sku, 40);
        async Task<SilentSource?> AskedAsync(params SilentSource[] silent)
        {
            await Get<SilentSources>().WriteAsync(silent, default);
            Time.Advance(TimeSpan.FromMinutes(1));
            return (await FactsAsync(sku)).SilentStock;
        }
        SilentSource Of(string channel) => new(new(channel), Time.GetUtcNow().AddHours(-3), TimeSpan.FromHours(1));

        Assert.Null(await AskedAsync(Of("pos")));
        var wms = Of("wms");
        Assert.Equal(wms, await AskedAsync(Of("pos"), wms));
        Assert.Null(await AskedAsync());
    }

    [Fact]
    public async Task The_most_specific_price_counts()
    {
        await PolicyAsync();
        var sku = NewSku();
        await PriceAsync(sku, 10);
        await PriceAsync(sku, 9, region: "north");
        Assert.Equal(Pounds(9), (await FactsAsync(sku)).Price);
        await PriceAsync(sku, 8, channel: "pos");
        await PriceAsync(sku, 5, channel: "web", region: "north");
        Assert.Equal(Pounds(8), (await FactsAsync(sku)).Price);
        await PriceAsync(sku, 7, channel: "pos", region: "north");
        Assert.Equal(Pounds(7), (await FactsAsync(sku)).Price);
    }

    [Fact]
    public async Task Goods_count_that_are_confirmed_for_the_horizon_and_have_not_come()
    {
        await PolicyAsync();
        var sku = NewSku();
        await ForecastAsync(sku);
        await PriceAsync(sku, 10);
        var now = Time.GetUtcNow();
        SupplierConfirmed Confirmed(string order, int days) =>
            new()
            {
                Sku = sku,
                Supplier = new("acme"),
                PurchaseOrder = order,
                Location = new("W1"),
                Quantity = new(20),
                DueAt = now.AddDays(days),
            };
        await SayAsync("erp", Confirmed("overdue", -1), Confirmed("soon", 3), Confirmed("partly", 5), Confirmed("late", 60));
        await SayAsync(
            "wms",
            new StockMoved
            {
                Sku = sku,
                Location = new("W1"),
                Kind = MovementKind.Receipt,
                Quantity = new(15),
                Document = "partly",
                Reason = "delivery",
            }
        );
        var facts = await FactsAsync(sku);
        Assert.Equal((new Quantity(25), now.AddDays(3)), (facts.Inbound, facts.InboundAt));
        Assert.Equal((28, 28.0), facts.Demand is { } demand ? (demand.Value.Days, demand.Value.Mean) : default);
        Assert.Equal(-2.5, facts.Elasticity?.Value);
    }

    [Fact]
    public async Task A_bucket_read_by_scans_has_the_same_facts_as_its_items_read_one_by_one()
    {
        await PolicyAsync();
        var skus = await OverstockAsync(5);
        await SayAsync(
            "crawler",
            new CompetitorPriceObserved
            {
                Sku = skus[0],
                Competitor = "other",
                Price = 9,
                Currency = Currency.Parse("GBP"),
            }
        );
        await WorkAsync();
        var policy = await Get<PricingPolicies>().CurrentAsync(default);
        var (reader, scanned) = (Get<PricingFactsReader>(), new List<PricingFacts>());
        for (var bucket = 0; bucket < Tables.Buckets; bucket++)
            scanned.AddRange(await reader.ReadBucketAsync(bucket, policy, default));
        foreach (var facts in await reader.ReadAsync(skus, policy, default))
            Assert.Equal(Text(facts), Text(scanned.Single(s => s.Key == facts.Key)));

        static string Text(PricingFacts facts) =>
            JsonSerializer.Serialize(
                facts with
                {
                    Now = default,
                    Demand = facts.Demand is { } d ? d with { At = default } : null,
                },
                PricingJson.Default.PricingFacts
            );
    }

    [Fact]
    public async Task A_policy_is_the_next_version_or_none_and_each_is_on_the_audit_chain()
    {
        var policies = Get<PricingPolicies>();
        await PolicyAsync();
        var text = await policies.TextAsync(default);
        var again = await Assert.ThrowsAsync<ProblemException>(() => policies.PutAsync(Encoding.UTF8.GetBytes(text), "Kim", default));
        Assert.Equal((409, "policy-version"), (again.Status, again.Slug));
        var wrong = JsonNode.Parse(text)!;
        wrong["leash"] = "Loose";
        Assert.Equal(
            "unfit-policy",
            (
                await Assert.ThrowsAsync<ProblemException>(() =>
                    policies.PutAsync(Encoding.UTF8.GetBytes(wrong.ToJsonString()), "Kim", default)
                )
            ).Slug
        );
        var chain = await Get<DecisionLog>().ReadAsync("policy pricing", default);
        Assert.Null(DecisionRecord.FirstBreak(chain));
        Assert.Equal($"put version {(await policies.CurrentAsync(default)).Version}", chain[^1].Decision);
    }

    [Fact]
    public async Task Decisions_are_listed_newest_first_page_by_page()
    {
        await PolicyAsync();
        var category = $"Listed {NewSku()}";
        await OverstockAsync(5, category);
        await WorkAsync();
        var (seen, after) = (new List<PriceDecisionLine>(), (string?)null);
        do
        {
            var page = await Store.ListAsync(new PriceDecisionQuery(Category: category, Most: 2, After: after), default);
            Assert.True(page.Decisions.Count <= 2);
            seen.AddRange(page.Decisions);
            after = page.Next;
        } while (after is not null);
        Assert.Equal(5, seen.Select(static l => l.Id).Distinct().Count());
        Assert.Equal(seen.OrderByDescending(static l => l.At).Select(static l => l.At), seen.Select(static l => l.At));
        Assert.Empty((await Store.ListAsync(new PriceDecisionQuery(Category: category, Until: seen[^1].At), default)).Decisions);
        Assert.Equal(
            5,
            (await Store.ListAsync(new PriceDecisionQuery(Category: category, Since: seen[^1].At, Outcome: PriceOutcome.Publish), default))
                .Decisions
                .Count
        );
        Assert.Empty((await Store.ListAsync(new PriceDecisionQuery(Category: category, Fate: PriceFate.Reverted), default)).Decisions);
    }

    [Fact]
    public async Task A_decision_is_taken_back_with_a_reason_and_is_shown_as_a_page()
    {
        await PolicyAsync();
        var sku = (await OverstockAsync())[0];
        await WorkAsync();
        var record = Assert.Single(await RecordsAsync(sku));
        var decisions = new PriceDecisions(Store, Get<PriceReverts>());
        Assert.Equal(
            "unfit-command",
            (await Assert.ThrowsAsync<ProblemException>(() => decisions.Revert(Request("Lea"), record.Id, default))).Slug
        );
        Assert.Equal(
            StatusCodes.Status202Accepted,
            ((IStatusCodeHttpResult)await decisions.Revert(Request("Lea", """{"reason":"a mistake"}"""), record.Id, default)).StatusCode
        );
        var page = Assert.IsType<Microsoft.AspNetCore.Http.HttpResults.ContentHttpResult>(
            await decisions.Get(Request("Kim"), $"{record.Id}.html", default)
        );
        Assert.Contains("9.49", page.ResponseContent, StringComparison.Ordinal);
        Assert.Equal(
            "unfit-query",
            (await Assert.ThrowsAsync<ProblemException>(() => decisions.List(Request("Kim", query: "?outcome=Maybe"), default))).Slug
        );
    }

    [Fact]
    public async Task A_message_that_can_t_be_read_keeps_nobody_waiting_and_is_told_of_at_last()
    {
        await PolicyAsync();
        var sku = (await OverstockAsync())[0];
        var good = Bus.Take(Time.GetUtcNow()).Single()[^1];
        var received = new[] { "not json", JsonSerializer.Serialize(good.Work, PricingJson.Default.PriceWork) }
            .Select(
                (body, i) =>
                    ServiceBusModelFactory.ServiceBusReceivedMessage(
                        BinaryData.FromString(body),
                        messageId: $"m{i}",
                        sessionId: Tables.PartitionOf(sku),
                        subject: "Look",
                        deliveryCount: PriceMessages.Tries,
                        sequenceNumber: i + 1
                    )
            )
            .ToArray();
        var (result, failed) = await Get<PriceMessages>().WorkAsync(received, default);
        Assert.Single(result.Published);
        Assert.Equal("m0", Assert.Single(failed).Key.MessageId);
        Assert.NotNull(await TroubleAsync("message-dead-lettered", $"prices of bucket {Tables.PartitionOf(sku)}"));
    }

    private static HttpRequest Request(string by, string body = "", string query = "")
    {
        var http = new DefaultHttpContext();
        http.Features.Set(Caller.Of(by, [Role.PricingLead], []));
        http.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
        http.Request.ContentLength = body.Length;
        http.Request.QueryString = new QueryString(query);
        return http.Request;
    }
}
