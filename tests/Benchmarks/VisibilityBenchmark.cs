using System.Diagnostics;
using Azure.Data.Tables;
using Stockgate.Demo.Local;
using Stockgate.Domain;
using Stockgate.Local.Run;
using Stockgate.Platform.Storage;

namespace Stockgate.Benchmarks;

/// <summary>How long an accepted event takes to be in the tables while every bucket has traffic.</summary>
internal static class VisibilityBenchmark
{
    private const int PerSecond = 50,
        Seconds = 30;

    /// <returns>Milliseconds from the 202 to the order's row.</returns>
    public static async Task<(double P50, double P95)> RunAsync(LocalApp app, Events events, string storage)
    {
        using var http = new HttpClient();
        var tables = new StateTables(new TableServiceClient(storage), Bucket.DefaultCount);
        var address = new Uri(app.BaseAddress, $"api/v1/channels/{AppSettings.Channel}/events");
        var watched = new List<Task<double>>();
        using var beat = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / PerSecond));
        for (var number = 50_000_000L; number < 50_000_000 + PerSecond * Seconds && await beat.WaitForNextTickAsync(); number++)
        {
            var order = number;
            var sent = http.SendAsync(events.Signed(address, order, Events.Order(order)));
            // Every tenth is watched: looking costs Azurite as much as writing.
            if (number % 10 == 0)
                watched.Add(VisibleAsync(sent, tables, new OrderId($"B{order}")));
        }
        var took = (await Task.WhenAll(watched)).Order().ToList();
        return (took[took.Count / 2], took[took.Count * 95 / 100]);
    }

    private static async Task<double> VisibleAsync(Task<HttpResponseMessage> sent, StateTables tables, OrderId order)
    {
        using var response = await sent;
        response.EnsureSuccessStatusCode();
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            if (
                (
                    await tables.Orders.GetEntityIfExistsAsync<TableEntity>(
                        tables.PartitionOf(order),
                        RowKeys.Of("order", order.Value),
                        ["RowKey"]
                    )
                ).HasValue
            )
                return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            await Task.Delay(100);
        }
    }
}
