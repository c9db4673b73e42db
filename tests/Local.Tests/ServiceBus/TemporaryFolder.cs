using Stockgate.Local.ServiceBus;

namespace Stockgate.Local.Tests.ServiceBus;

/// <summary>A folder of a test's own with an entity file in it; gone afterwards.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public const string Entities = """
        {
          "UserConfig": {
            "Namespaces": [
              {
                "Name": "test",
                "Queues": [
                  { "Name": "plain", "Properties": { "LockDuration": "PT30S", "MaxDeliveryCount": 3, "DeadLetteringOnMessageExpiration": true } },
                  { "Name": "dropping", "Properties": { "DefaultMessageTimeToLive": "PT1M" } },
                  { "Name": "once", "Properties": { "RequiresDuplicateDetection": true, "DuplicateDetectionHistoryTimeWindow": "PT10M" } },
                  { "Name": "sessions", "Properties": { "RequiresSession": true, "LockDuration": "PT30S", "MaxDeliveryCount": 3 } }
                ],
                "Topics": [
                  {
                    "Name": "news",
                    "Properties": { "RequiresDuplicateDetection": true },
                    "Subscriptions": [
                      { "Name": "a" },
                      { "Name": "b", "Properties": { "LockDuration": "PT30S", "MaxDeliveryCount": 3 } },
                      { "Name": "by-session", "Properties": { "RequiresSession": true } }
                    ]
                  }
                ]
              }
            ]
          }
        }
        """;

    public TemporaryFolder(string entities = Entities)
    {
        Path = Directory.CreateTempSubdirectory("servicebus-").FullName;
        File.WriteAllText(EntityFile, entities);
    }

    public string Path { get; }

    public string DataFile => System.IO.Path.Combine(Path, "broker.db");

    public string EntityFile => System.IO.Path.Combine(Path, "entities.json");

    public BrokerOptions Options => new() { DataFile = DataFile, EntityFile = EntityFile };

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
