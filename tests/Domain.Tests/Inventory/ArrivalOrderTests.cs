using Stockgate.Domain.Ingest.Shopify;
using Stockgate.Domain.Tests.Orders;

namespace Stockgate.Domain.Tests.Inventory;

public class ArrivalOrderTests
{
    public static TheoryData<string> Names => [.. ArrivalCases.All.Select(static c => c.Name)];

    [Theory, MemberData(nameof(Names))]
    public void Every_order_of_arrival_gives_the_same_figure(string name)
    {
        var told = ArrivalCases.All.Single(c => c.Name == name);
        foreach (var arrival in Permutations(told.Happenings))
        {
            var position = Shelf.After(arrival).At();
            Assert.True(
                (told.Available, told.Reserved) == (position.AvailableToPromise.Value, position.Reserved.Value),
                $"{position.AvailableToPromise} available, {position.Reserved} reserved, where they arrive as {string.Join(", ", arrival.Select(static h => h.Header.Id))}"
            );
        }
    }

    [Fact]
    public void Two_thousand_random_histories_give_the_figures_of_plain_arithmetic() => Holds(2_000);

    [LongFact]
    public void A_hundred_thousand_random_histories_give_the_figures_of_plain_arithmetic() => Holds(100_000);

    private static void Holds(int histories) =>
        Prop.ForAll<int, int>(
                (seed, disorder) =>
                {
                    var story = new ShelfStory(new Random(seed));
                    var (random, expected) = (new Random(disorder), story.Figures());
                    var position = Shelf.After(Given.ShuffledWithRepeats(story.Happenings, disorder), random).At();
                    return (expected == (position.AvailableToPromise.Value, position.Reserved.Value)).Label(
                        $"{expected} became {position}"
                    );
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(histories));

    [Fact]
    public void Orders_of_every_kind_and_levels_of_every_shelf_in_any_order_end_in_the_same_sums() =>
        Prop.ForAll<int, int>(
                (seed, disorder) =>
                {
                    var happenings = EveryKind(seed);
                    var natural = Shelf.After(happenings.OrderBy(static h => h.Header.Version)).Sums();
                    var shuffled = Shelf.After(Given.ShuffledWithRepeats(happenings, disorder), new Random(disorder)).Sums();
                    return (natural == shuffled).Label($"{natural}\n--- became ---\n{shuffled}");
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void What_changed_in_an_orders_holds_adds_up_to_what_it_holds() =>
        Prop.ForAll<int>(seed =>
            {
                var order = OrderHistory
                    .Of(seed)
                    .Aggregate(new OrderDocument { OrderId = Given.Order }, static (o, e) => o.Apply(e.Header, e.Said));
                var sums = HoldHistory
                    .Of(order)
                    .GroupBy(static c => (c.Sku, c.Location))
                    .ToDictionary(static g => g.Key, static g => g.Sum(static c => c.Units.Value));
                return Reservations.Of(order).All(held => sums.GetValueOrDefault(held.Key) == held.Value.Value)
                    && sums.Values.All(static units => units >= 0);
            })
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [TrialFact("level-before-its-order")]
    public void The_level_that_came_before_its_order_has_it_off()
    {
        var trial = TrialCase.Read("level-before-its-order");
        foreach (var arrival in Permutations([.. trial.EnumerateObject().SelectMany(part => Shop(part.Name, part.Value))]))
            Assert.Equal(9, Shelf.After(arrival).At("501", "MUG-8").AvailableToPromise.Value);

        static IEnumerable<Happening> Shop(string part, System.Text.Json.JsonElement body)
        {
            var shop = new ShopifyTranslator(
                new ChannelShop(new("web"), new("online"), new Dictionary<string, string>(), Currency.Parse("USD"))
            );
            var topic = part.Contains("orders/create", StringComparison.Ordinal)
                ? ShopifyTopics.OrdersCreate
                : ShopifyTopics.InventoryLevelsUpdate;
            return shop.Translate(topic, body, new Sku("MUG-8"), Given.Now.AddYears(1))
                .Events.Select(static e => new Happening(e.Header, e.Data));
        }
    }

    private static List<Happening> EveryKind(int seed)
    {
        var random = new Random(seed);
        var counts = Enumerable
            .Range(0, random.Next(1, 5))
            .Select(i => new Happening(
                Given.Header($"c{i}", Given.Now.AddDays(random.Next(4) * 15), random.Next(2)),
                new StockCounted
                {
                    Sku = new(random.Next(2) == 0 ? "A" : "B"),
                    Location = new($"L{random.Next(1, 4)}"),
                    Quantity = new(random.Next(-2, 30)),
                    Basis = (CountBasis)random.Next(2),
                }
            ));
        return [.. OrderHistory.Of(random.Next()).Select(static e => new Happening(e.Header, e.Said)), .. counts];
    }

    private static IEnumerable<T[]> Permutations<T>(T[] items)
    {
        if (items.Length <= 1)
            return [items];
        return items.SelectMany((first, i) => Permutations([.. items[..i], .. items[(i + 1)..]]).Select(rest => (T[])[first, .. rest]));
    }
}
