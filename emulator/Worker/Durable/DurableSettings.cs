using System.Text.Json.Nodes;
using Stockgate.Emulator.Worker.Hosting;

namespace Stockgate.Emulator.Worker.Durable;

/// <summary>What <c>extensions.durableTask</c> of host.json sets. What belongs to the real host's storage and tracing is ignored.</summary>
/// <remarks>Schema: https://learn.microsoft.com/azure/azure-functions/durable/durable-functions-bindings#host-json.</remarks>
internal sealed record DurableSettings
{
    /// <summary>The real host's default outside of Azure. It may hold <c>%Name%</c>.</summary>
    public string HubName { get; init; } = "TestHubName";

    /// <summary>How many activities run at once; null for the engine's default.</summary>
    public int? MaxConcurrentActivities { get; init; }

    /// <summary>How many orchestrators run at once; null for the engine's default.</summary>
    public int? MaxConcurrentOrchestrators { get; init; }

    /// <summary>The version of instances that are started without one; null for none.</summary>
    public string? DefaultVersion { get; init; }

    public static DurableSettings Read(string path, JsonObject? section)
    {
        int? Limit(string name) => section?[name] is null ? null : HostSettings.Count(path, section, name, 0);
        var defaults = new DurableSettings();
        return new DurableSettings
        {
            HubName = HostSettings.Text(path, section, "hubName") ?? defaults.HubName,
            MaxConcurrentActivities = Limit("maxConcurrentActivityFunctions"),
            MaxConcurrentOrchestrators = Limit("maxConcurrentOrchestratorFunctions"),
            DefaultVersion = HostSettings.Text(path, section, "defaultVersion"),
        };
    }

    /// <summary>The name's rule is the real host's: it names a storage account's tables and queues there.</summary>
    public static bool IsHubName(string name) => name.Length is >= 3 and <= 45 && char.IsAsciiLetter(name[0]) && name.All(char.IsAsciiLetterOrDigit);
}
