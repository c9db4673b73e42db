namespace Stockgate.Emulator.Tests.BrokerChild;

/// <summary>The connection string to the broker of a folder.</summary>
internal static class Connection
{
    public static string To(string folder) =>
        $"Endpoint=sb://localhost;UseDevelopmentEmulator=true;DataFile={Path.Combine(folder, "broker.db")};EntityConfig={Path.Combine(folder, "entities.json")}";
}
