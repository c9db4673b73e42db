using System.Text.Json;
using Stockgate.Domain;
using Stockgate.EndToEnd.Tests.Orders.Actions;

namespace Stockgate.EndToEnd.Tests.Orders.Accuracy;

/// <summary>
/// An app that allocates among three places, substitutes lamps for lamps, and holds orders against books that have two seconds.
/// </summary>
public sealed class AccuracyWorld : OrderWorld
{
    public override IReadOnlyDictionary<string, string> Settings { get; } =
        new Dictionary<string, string>
        {
            ["Locations__north__Latitude"] = "53.8",
            ["Locations__north__Longitude"] = "-1.5",
            ["Locations__west__Latitude"] = "53.5",
            ["Locations__west__Longitude"] = "-2.2",
            ["Locations__south__Latitude"] = "50.9",
            ["Locations__south__Longitude"] = "-1.4",
            ["Orders__SplitPenaltyKm"] = "50",
            ["Orders__RepeatAfter"] = "00:00:02",
            ["Orders__LookEvery"] = "00:00:02",
            ["Orders__Substitutions__0__Name"] = "lamps",
            ["Orders__Substitutions__0__Category"] = "lamps",
            ["Orders__Reconciliation__Grace"] = "00:00:02",
            ["Orders__Reconciliation__PostsSales"] = "true",
        };

    /// <summary>A lamp in the catalog at a price, and how many each place has.</summary>
    public async Task LampAsync(string sku, decimal price, params (string Location, decimal Units)[] stock)
    {
        var at = TimeProvider.System.GetUtcNow().AddMinutes(-5);
        await Running.Partner.AcceptedAsync([
            Events.Of(
                "product.updated",
                new
                {
                    sku,
                    title = sku,
                    category = "lamps",
                },
                at
            ),
            Events.Of(
                "price.changed",
                new
                {
                    sku,
                    price,
                    currency = "GBP",
                },
                at
            ),
            .. stock.Select(s => Events.Counted(sku, s.Units, at, s.Location)),
        ]);
        await Running.ProjectedAsync();
    }

    /// <summary>Something happens to an order now.</summary>
    public async Task SayAsync(string type, object data)
    {
        await Running.Partner.AcceptedAsync(Events.Of(type, data, TimeProvider.System.GetUtcNow()));
        await Running.ProjectedAsync();
    }

    /// <summary>The open troubles, as they are ranked.</summary>
    public async Task<List<(string Order, string Kind)>> TroublesAsync() =>
        [
            .. (await Running.ReadAsync("orders/troubles"))
                .GetProperty("troubles")
                .EnumerateArray()
                .Select(static t => (t.GetProperty("orderId").GetString()!, t.GetProperty("kind").GetString()!)),
        ];

    /// <summary>Looks until an order has these troubles and no others.</summary>
    public async Task TroubledAsync(string order, params string[] kinds)
    {
        try
        {
            await RunningApp.UntilAsync(
                async () => (await TroublesAsync()).Where(t => t.Order == order).Select(static t => t.Kind).SequenceEqual(kinds),
                $"the troubles of {order} are [{string.Join(", ", kinds)}]"
            );
        }
        catch (Exception late)
        {
            throw new Xunit.Sdk.XunitException(
                $"{late.Message}\n{await Running.ReadAsync("orders/troubles")}\n{await Running.ReadAsync($"orders/{order}")}\n{await Running.ReadAsync($"orders/{order}/actions")}\n{await Running.ReadAsync("exceptions")}",
                late
            );
        }
    }

    /// <summary>Types of the open exceptions about an order.</summary>
    public async Task<List<string>> OpenTypesAsync(string order) =>
        [
            .. (await Running.ReadAsync("exceptions"))
                .EnumerateArray()
                .Where(e => e.GetProperty("subject").GetString() == $"order {order}")
                .Select(static e => e.GetProperty("type").GetString()!),
        ];
}
