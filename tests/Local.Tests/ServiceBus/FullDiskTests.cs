using Azure.Messaging.ServiceBus;
using Stockgate.Local.ServiceBus;

namespace Stockgate.Local.Tests.ServiceBus;

/// <summary>The disk fills up under the broker, and has room again later.</summary>
public sealed class FullDiskTests : IDisposable
{
    private const int Kibibytes = 2_048;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_refuses_while_the_disk_is_full_and_goes_on_when_there_is_room_with_all_that_it_took()
    {
        var port = FreePort.Find();
        using var broker = await BrokerProcess.StartOnFullDisk(_folder, port, Kibibytes);
        var taken = 0;
        await using (var client = TestClient.To(ProcessTests.ConnectionTo(port)))
        {
            var sender = client.CreateSender("plain");
            await Assert.ThrowsAnyAsync<Exception>(async () =>
            {
                for (; taken < 200; taken++)
                    await sender.SendMessageAsync(Message(taken));
            });
        }
        Assert.InRange(taken, 5, 199);

        await broker.MakeRoom();
        await using var again = TestClient.To(ProcessTests.ConnectionTo(port), retries: 100);
        await again.CreateSender("plain").SendMessageAsync(Message(1_000));
        Assert.Equal([.. Enumerable.Range(0, taken), 1_000], await Read(again, taken + 1));
    }

    private static ServiceBusMessage Message(int number) => new(new byte[64 * 1024]) { Subject = $"{number}" };

    private static async Task<List<int>> Read(ServiceBusClient client, int count)
    {
        var receiver = client.CreateReceiver(
            "plain",
            new ServiceBusReceiverOptions { ReceiveMode = ServiceBusReceiveMode.ReceiveAndDelete }
        );
        var numbers = new List<int>();
        while (numbers.Count < count && await receiver.ReceiveMessageAsync(TimeSpan.FromMinutes(1)) is { } message)
            numbers.Add(int.Parse(message.Subject));
        return numbers;
    }
}
