using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Stockgate.Domain;
using Stockgate.Domain.Events;
using Stockgate.Domain.Orders;
using Stockgate.Domain.Orders.Actions;
using Stockgate.Functions.Tests.Orders.Accuracy;
using Stockgate.Platform;
using Stockgate.Platform.Orders.Actions;
using Stockgate.TestSupport;

namespace Stockgate.Functions.Tests.Orders.Actions;

/// <summary>Actions on orders on a real store, by two processes at once.</summary>
public abstract class ActionsOnAzurite(AzuriteFixture fixture) : CareOnAzurite(fixture)
{
    private static int orders;

    /// <summary>A shipped order that came to so much; placed by a customer of its own where none is named.</summary>
    internal async Task<OrderId> OrderAsync(decimal amount, string? customer = null)
    {
        var order = new OrderId($"A-{Interlocked.Increment(ref orders)}");
        await SayAsync(Placed(order, "LAMP", amount / 10, "near") with { CustomerId = customer ?? $"c-{order}" });
        await SayAsync(
            new OrderShipped
            {
                OrderId = order,
                ShipmentId = "s",
                Lines = [Line("LAMP", "near", amount / 10)],
            }
        );
        return order;
    }

    internal static async Task<OrderActionKey?> AskAsync(
        IServiceProvider process,
        OrderId order,
        decimal amount,
        string by = "sue",
        bool isAgent = false
    )
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                action = "Refund",
                reason = "late",
                amount,
            }
        );
        try
        {
            var record = await process
                .GetRequiredService<OrderActionDesk>()
                .SubmitAsync(order, body, null, new Requester(by, isAgent), CancellationToken.None);
            return new OrderActionKey(order, record.Id);
        }
        catch (ProblemException refused) when (refused.Status == 409)
        {
            return null;
        }
    }

    internal static async Task<OrderActionRecord> LookAsync(IServiceProvider process, OrderActionKey key)
    {
        await process.GetRequiredService<OrderActionWork>().LookAsync(key, CancellationToken.None);
        return await process.GetRequiredService<OrderActionStore>().GetAsync(key, CancellationToken.None);
    }

    internal Task<OrderActionRecord[]> LookAsync(IEnumerable<OrderActionKey> keys)
    {
        var other = Process();
        return Task.WhenAll(keys.Select((key, i) => LookAsync(i % 2 == 0 ? App : other, key)));
    }
}
