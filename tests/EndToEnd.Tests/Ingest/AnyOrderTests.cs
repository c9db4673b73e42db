using System.Text.Json.Nodes;

namespace Stockgate.EndToEnd.Tests.Ingest;

[Collection(SharedApp.Name)]
public class AnyOrderTests(RunningApp running)
{
    private const int Skus = 6,
        Orders = 24;

    [Fact]
    public async Task Everything_twice_and_shuffled_says_the_same_as_once_in_order()
    {
        await running.Partner.AcceptedAsync(Story("once"));
        var shuffled = Story("again").Concat(Story("again")).ToArray();
        new Random(5).Shuffle(shuffled);
        await Parallel.ForEachAsync(
            shuffled.Chunk(7),
            new ParallelOptions { MaxDegreeOfParallelism = 6 },
            async (batch, _) => await running.Partner.AcceptedAsync(batch)
        );
        await running.ProjectedAsync();

        foreach (
            var path in Enumerable
                .Range(0, Skus)
                .SelectMany(i => new[] { $"inventory/NAME-sku-{i}", $"inventory/NAME-sku-{i}/sales?from=2026-03-01&to=2026-03-31" })
                .Concat(Enumerable.Range(0, Orders).Select(i => $"orders/NAME-order-{i}"))
        )
            Assert.Equal(await ViewAsync("once", path), await ViewAsync("again", path));
        Assert.Equal(0, (await running.App.BacklogAsync()).DeadLettered);
    }

    // Counts, movements and orders of every fate, on the same shelves.
    private static IEnumerable<byte[]> Story(string name)
    {
        var noon = Events.Noon;
        for (var i = 0; i < Skus; i++)
        {
            var sku = $"{name}-sku-{i}";
            for (var n = 0; n < 3; n++)
                yield return Events.Counted(sku, 50 + 10 * n, noon.AddHours(8 * n), id: $"{sku}-count-{n}");
            for (var n = 0; n < 5; n++)
                yield return Events.Moved(sku, n + 1, noon.AddHours(5 * n), id: $"{sku}-move-{n}");
        }
        for (var i = 0; i < Orders; i++)
        {
            var (order, sku, at) = ($"{name}-order-{i}", $"{name}-sku-{i % Skus}", noon.AddHours(i));
            yield return Events.Placed(order, sku, 3, at, i % 4 == 3 ? "Immediate" : "Open", $"{order}-placed");
            if (i % 4 is 0 or 1)
                yield return Events.Shipped(order, sku, 3, at.AddHours(2), id: $"{order}-shipped");
            if (i % 4 is 1 or 3)
                yield return Events.Refunded(order, sku, 1, at.AddHours(5), id: $"{order}-refunded");
            if (i % 4 == 2)
                yield return Events.Cancelled(order, at.AddHours(1), $"{order}-cancelled");
        }
    }

    private async Task<string> ViewAsync(string name, string path)
    {
        var view = JsonNode.Parse((await running.ReadAsync(path.Replace("NAME", name, StringComparison.Ordinal))).GetRawText())!;
        ForgetAges(view);
        return view.ToJsonString().Replace(name, "NAME", StringComparison.Ordinal);
    }

    private static void ForgetAges(JsonNode? node)
    {
        if (node is JsonArray array)
            foreach (var item in array)
                ForgetAges(item);
        if (node is not JsonObject view)
            return;
        view.Remove("ageSeconds");
        foreach (var (_, child) in view)
            ForgetAges(child);
    }
}
