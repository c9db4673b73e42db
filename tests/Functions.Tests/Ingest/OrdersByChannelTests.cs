using System.Text.Json;
using Azure.Data.Tables;
using Stockgate.Domain;
using Stockgate.Domain.Events;
using Stockgate.Domain.Ingest;
using Stockgate.Domain.Orders;
using Stockgate.Domain.Orders.Origins;
using Stockgate.Platform;
using Stockgate.Platform.Ingest.Projecting;
using Stockgate.Platform.Ingest.Registry;
using Stockgate.Platform.Messaging;
using Stockgate.Platform.Operations;
using Stockgate.Platform.Orders;
using Stockgate.Platform.Storage;
using Stockgate.TestSupport;

namespace Stockgate.Functions.Tests.Ingest;

/// <summary>Orders of several channels with one number, from the queue to what a person asks for.</summary>
public class OrdersByChannelTests(AzuriteFixture fixture) : IngestOnAzurite(fixture)
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    private static int numbers;

    private readonly string number = $"N-{Interlocked.Increment(ref numbers)}";

    private int minutes;

    [TrialFact("same-order-id-two-shops")]
    public async Task The_trial_is_two_orders_and_people_are_told()
    {
        foreach (var said in TrialCase.Read("same-order-id-two-shops").EnumerateArray())
            await ByAsync(said.GetProperty("channel").GetString()!, said.GetProperty("data").Deserialize(EventJson.Default.OrderPlaced)!);
        await ProjectAsync();
        var (till, web) = (await ViewAsync("till:1001"), await ViewAsync("web:1001"));
        Assert.Equal((50m, "till", "till:1001"), (till!.Gross, till.Channel?.Value, till.QualifiedId));
        Assert.Equal((14m, "web", "web:1001"), (web!.Gross, web.Channel?.Value, web.QualifiedId));
        Assert.Equal((1m, 2m), (Assert.Single(till.Reserved).Quantity.Value, Assert.Single(web.Reserved).Quantity.Value));
        Assert.Contains(
            await ExceptionsAsync(SharedNumber.SharedType),
            static e => e.RecommendedAction.Contains("till:1001 and web:1001", StringComparison.Ordinal)
        );
        Assert.Equal(["till:1001", "web:1001"], await CandidatesAsync("1001"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_number_of_one_order_is_enough_and_of_two_is_answered_with_both(bool inOneBatch)
    {
        await ByAsync("till", Placed(1, 50));
        if (!inOneBatch)
            await ProjectAsync();
        Assert.Equal(inOneBatch ? null : 50m, (await ViewAsync(number))?.Gross);
        await ByAsync("web", Shipped("S1", 2));
        await ByAsync("web", Placed(2, 7));
        await ProjectAsync();
        Assert.Equal([$"till:{number}", $"web:{number}"], await CandidatesAsync(number));
        Assert.Equal((OrderStatus.Placed, 50m), (await StatusAsync("till"), await GrossAsync($"till:{number}")));
        Assert.Equal((OrderStatus.Shipped, 14m), (await StatusAsync("web"), await GrossAsync($"web::{number}")));
        Assert.Null(await ViewAsync($"app:{number}"));
        var stock = Assert.Single((await StockAsync(number))!.Locations);
        Assert.Equal((-2m, 1m), (stock.OnHand!.Value.Value, stock.Reserved.Value));
    }

    [Fact]
    public async Task What_names_two_orders_is_kept_and_told_until_it_says_whose()
    {
        await ByAsync("till", Placed(1, 50));
        await ByAsync("web", Placed(2, 7));
        await ByAsync("wms", Shipped("S1", 2), "parcel");
        await ProjectAsync();
        var told = Assert.Single(await ExceptionsAsync(SharedNumber.AmbiguousType), e => e.Subject == $"order {number}");
        Assert.Contains($"till:{number} and web:{number}", told.Failure, StringComparison.Ordinal);
        Assert.Equal("stockgate.order.shipped.v1", Assert.Single((await ViewAsync($"till:{number}"))!.Undecided!).Type);

        await ByAsync("wms", Shipped("S1", 2) with { OrderChannel = new("web") }, "parcel");
        await ProjectAsync();
        Assert.Equal((OrderStatus.Placed, OrderStatus.Shipped), (await StatusAsync("till"), await StatusAsync("web")));
        Assert.Null((await ViewAsync($"till:{number}"))!.Undecided);
        Assert.DoesNotContain(await ExceptionsAsync(SharedNumber.AmbiguousType), e => e.Subject == $"order {number}");
    }

    [Fact]
    public async Task A_number_that_looks_like_a_channel_and_a_number_is_told_from_the_order_of_that_channel()
    {
        await ByAsync("till", Placed(1, 50) with { OrderId = new($"web:{number}") });
        await ByAsync("web", Placed(2, 7));
        await ProjectAsync();
        Assert.Equal([$"till:web:{number}", $"web::{number}"], await CandidatesAsync($"web:{number}"));
        Assert.Equal((50m, 14m), (await GrossAsync($"till:web:{number}"), await GrossAsync($"web::{number}")));
        Assert.Equal(14m, await GrossAsync(number));
    }

    [Fact]
    public async Task A_crash_between_the_two_rows_is_made_good_when_the_events_come_again()
    {
        await ByAsync("till", Placed(1, 50));
        await ByAsync("web", Shipped("S1", 2), "parcel");
        await ProjectAsync();
        var (tables, key) = (Get<StateTables>(), OrderForm.Key(new(number)));
        var before = (await tables.Orders.GetEntityAsync<TableEntity>(tables.PartitionOf(new OrderId(number)), key)).Value;
        await ByAsync("web", Placed(2, 7), "placed", Noon.AddMinutes(2));
        await ProjectAsync();
        // The other order was written, this one not yet.
        await tables.Orders.UpsertEntityAsync(before, TableUpdateMode.Replace);
        await ByAsync("web", Placed(2, 7), "placed", Noon.AddMinutes(2));
        await ProjectByAnotherAsync();
        Assert.Equal((OrderStatus.Placed, OrderStatus.Shipped), (await StatusAsync("till"), await StatusAsync("web")));
        Assert.Equal(14m, await GrossAsync($"web:{number}"));
    }

    [Fact]
    public async Task Orders_of_one_channel_are_placed_without_asking_for_others()
    {
        await ByAsync("till", Placed(1, 5));
        await ProjectAsync();
        var before = Requests;
        var tips = Placed(1, 5) with
        {
            Lines = [],
            Unstocked =
            [
                new()
                {
                    Description = "x",
                    Quantity = new(1),
                    UnitPrice = 1,
                },
            ],
        };
        for (var i = 0; i < 20; i++)
            await ByAsync("till", tips with { OrderId = new($"{number}-{i}") });
        await ProjectAsync();
        // One transaction for the orders' rows and one for those that are looked after.
        Assert.Equal(2, Requests - before);
    }

    private OrderPlaced Placed(decimal units, decimal price) =>
        new()
        {
            OrderId = new(number),
            Currency = Currency.Parse("USD"),
            Location = new("store-1"),
            Lines =
            [
                new()
                {
                    Sku = new(number),
                    Description = "x",
                    Quantity = new(units),
                    UnitPrice = price,
                },
            ],
        };

    private OrderShipped Shipped(string id, decimal units) =>
        new()
        {
            OrderId = new(number),
            ShipmentId = id,
            Lines =
            [
                new()
                {
                    Sku = new(number),
                    Location = new("store-1"),
                    Quantity = new(units),
                },
            ],
        };

    private Task ByAsync(string channel, OrderEvent said, string? id = null, DateTimeOffset? at = null)
    {
        var header = new EventHeader(
            new(channel),
            channel,
            $"{number}-{id ?? $"e{minutes}"}",
            at ?? Noon.AddMinutes(id == "parcel" ? 30 : ++minutes),
            0
        );
        return Get<EventQueue>()
            .SendAsync([new QueuedEvent(header, said, said.BucketIn(1), CloudEventWriter.Write(header, said))], CancellationToken.None);
    }

    private Task<OrderView?> ViewAsync(string name) => Get<OrderReader>().FindAsync(name, CancellationToken.None);

    private async Task<decimal> GrossAsync(string name) => (await ViewAsync(name))!.Gross;

    private async Task<OrderStatus> StatusAsync(string channel) => (await ViewAsync($"{channel}:{number}"))!.Status;

    private async Task<IReadOnlyList<string>> CandidatesAsync(string name)
    {
        var problem = await Assert.ThrowsAsync<ProblemException>(() => ViewAsync(name));
        Assert.Equal((409, "ambiguous-order"), (problem.Status, problem.Slug));
        return problem.Candidates!;
    }

    // Another process, which knows of the bucket only what is stored.
    private async Task ProjectByAnotherAsync()
    {
        var projector = new Projector(Get<StateTables>(), Get<EventQueue>(), TimeProvider.System);
        var projection = new MessageProjection(projector, Get<LargeEvents>(), Get<ExceptionLog>(), TimeProvider.System);
        while (Bus.Take() is { Count: > 0 } messages)
            foreach (var settled in await projection.ProjectAsync(messages, CancellationToken.None))
                Assert.True(settled.Fate == MessageFate.Complete, settled.Reason);
    }
}
