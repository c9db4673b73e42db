using Azure.Messaging.ServiceBus;
using Stockgate.Demo.Local;
using Stockgate.Domain;
using Stockgate.Platform.Ingest.Projecting;
using Stockgate.Platform.Ingest.Registry;
using Stockgate.Platform.Messaging;
using Stockgate.TestSupport;

namespace Stockgate.EndToEnd.Tests.Ingest;

/// <summary>Messages that can't be projected, put into the broker's file while the app is away.</summary>
public sealed class PoisonMessageTests : IAsyncLifetime
{
    private RunningApp running = null!;
    private int messages;

    public async Task InitializeAsync() => running = await RunningApp.StartAsync();

    public async Task DisposeAsync() => await running.DisposeAsync();

    [Fact]
    public async Task A_message_that_cannot_be_read_is_dead_lettered_with_its_reason_and_the_rest_of_its_session_is_projected()
    {
        var session = Bucket.Of(new Sku("poisoned"), Bucket.DefaultCount).Key;
        await AwayAsync(async broker =>
        {
            await using var sender = broker.CreateSender(EventQueue.Name);
            await sender.SendMessageAsync(Message("stockgate.stock.counted.v1", session, Events.Counted("poisoned", 10)));
            await sender.SendMessageAsync(Message("stockgate.stock.counted.v1", session, "{ broken"u8.ToArray()));
            await sender.SendMessageAsync(
                Message("stockgate.stock.moved.v1", session, Events.Moved("poisoned", -4, Events.Noon.AddHours(1)))
            );
        });
        Assert.Equal(1, (await running.App.BacklogAsync()).DeadLettered);
        Assert.Equal(6, (await running.ReadAsync("inventory/poisoned")).GetProperty("availableToPromise").GetDecimal());
        var exception = Assert.Single(
            (await running.ReadAsync("exceptions")).EnumerateArray(),
            static e => e.GetProperty("type").GetString() == "message-dead-lettered"
        );
        Assert.Contains("is not JSON", exception.GetProperty("failure").GetString(), StringComparison.Ordinal);
        Assert.Equal(1, exception.GetProperty("count").GetInt32());

        await AwayAsync(async broker =>
        {
            await using var receiver = broker.CreateReceiver(
                EventQueue.Name,
                new ServiceBusReceiverOptions { SubQueue = SubQueue.DeadLetter }
            );
            var dead = Assert.Single(await receiver.PeekMessagesAsync(10));
            Assert.Equal(("ProjectionFailed", MessageProjection.Tries), (dead.DeadLetterReason, dead.DeliveryCount));
            Assert.Contains("is not JSON", dead.DeadLetterErrorDescription, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Later_events_of_an_order_wait_while_an_earlier_one_is_tried_again_and_are_applied_in_the_end()
    {
        // More of them than a message has deliveries: none behind them is lost for waiting.
        const int refunds = 18;
        await running.Partner.AcceptedAsync(Events.Placed("heavy", "heavy-sku", 2));
        await running.ProjectedAsync();
        var session = Bucket.Of(new OrderId("heavy"), Bucket.DefaultCount).Key;
        await AwayAsync(async broker =>
        {
            await using var sender = broker.CreateSender(EventQueue.Name);
            // A row holds a mebibyte: the first few of these refunds fit it even when packed, the others don't.
            for (var i = 1; i <= refunds; i++)
                await sender.SendMessageAsync(Message("stockgate.order.refunded.v1", session, LargeRefund(i)));
            await sender.SendMessageAsync(
                Message("stockgate.order.shipped.v1", session, Events.Shipped("heavy", "heavy-sku", 2, Events.Noon.AddHours(9)))
            );
        });
        var (_, dead) = await running.App.BacklogAsync();
        Assert.InRange(dead, refunds - 8, refunds - 4);
        var order = await running.ReadAsync("orders/heavy");
        Assert.Equal(("Shipped", refunds - dead), (order.GetProperty("status").GetString(), order.GetProperty("refunds").GetArrayLength()));
        // The same failure, repeated, is one exception, and tells of every message that is dead.
        var exception = Assert.Single(
            (await running.ReadAsync("exceptions")).EnumerateArray(),
            static e => e.GetProperty("type").GetString() == "message-dead-lettered"
        );
        Assert.Equal(dead, exception.GetProperty("count").GetInt64());
        // That a message waited stands nowhere but in the log.
        Assert.Contains("Waits for an earlier event of order heavy", await ReadSharedAsync(running.App.LogFile), StringComparison.Ordinal);
    }

    private static byte[] LargeRefund(int number) =>
        Events.Of(
            "order.refunded",
            new
            {
                orderId = "heavy",
                refundId = $"r-{number}",
                currency = "GBP",
                lines = Enumerable
                    .Range(0, 400)
                    .Select(i => new
                    {
                        sku = $"heavy-{i}",
                        description = Noise(number, i),
                        quantity = 1,
                        unitPrice = 1,
                    }),
            },
            Events.Noon.AddHours(number)
        );

    // Text that can't be compressed, so that a row is full after a few.
    private static string Noise(int number, int line)
    {
        var bytes = new byte[300];
        new Random(number * 1_000 + line).NextBytes(bytes);
        return Convert.ToBase64String(bytes).Replace('+', 'A');
    }

    private ServiceBusMessage Message(string type, string session, byte[] body) =>
        new(body)
        {
            MessageId = $"by-hand-{++messages}",
            SessionId = session,
            Subject = type,
            ContentType = "application/cloudevents+json",
            ApplicationProperties = { [EventQueue.ChannelProperty] = AppSettings.Channel },
        };

    private async Task AwayAsync(Func<ServiceBusClient, Task> act)
    {
        await running.App.KillHostAsync();
        await using (var broker = new ServiceBusClient(running.App.ServiceBusConnection))
            await act(broker);
        await running.App.RestartAsync();
        await running.ProjectedAsync();
    }

    private static async Task<string> ReadSharedAsync(string path)
    {
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return await reader.ReadToEndAsync();
    }
}
