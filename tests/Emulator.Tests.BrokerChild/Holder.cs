using Azure.Messaging.ServiceBus;

namespace Stockgate.Emulator.Tests.BrokerChild;

/// <summary>Owns the broker's file until it is killed.</summary>
internal static class Holder
{
    public static async Task<int> Run(string folder)
    {
        await using var client = new ServiceBusClient(Connection.To(folder));
        await client.CreateReceiver("plain").PeekMessageAsync();
        Console.WriteLine("holding");
        await Console.In.ReadToEndAsync();
        return 0;
    }
}
