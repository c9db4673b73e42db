using System.Text.Json;
using System.Text.Json.Nodes;

namespace Stockgate.Emulator.Worker.Hosting;

/// <summary>What host.json sets, with the real host's defaults where it is silent.</summary>
/// <remarks>Schema: https://learn.microsoft.com/azure/azure-functions/functions-host-json.</remarks>
internal sealed record HostSettings
{
    public string RoutePrefix { get; init; } = "api";

    /// <summary>How long one invocation may run. The Consumption plan's default is five minutes.</summary>
    public TimeSpan FunctionTimeout { get; init; } = TimeSpan.FromMinutes(5);

    public int MaxConcurrentSessions { get; init; } = 8;

    public int MaxConcurrentCalls { get; init; } = 16;

    public int MaxMessageBatchSize { get; init; } = 1000;

    public TimeSpan SessionIdleTimeout { get; init; } = TimeSpan.FromSeconds(60);

    public TimeSpan MaxAutoLockRenewalDuration { get; init; } = TimeSpan.FromMinutes(5);

    public IReadOnlyDictionary<string, string?> LogLevels { get; init; } = new Dictionary<string, string?>();

    /// <exception cref="InvalidOperationException">The file isn't JSON or a value is out of its range; the message names both.</exception>
    public static HostSettings Read(string path)
    {
        if (!File.Exists(path)) return new HostSettings();
        JsonNode? root;
        try
        {
            root = JsonNode.Parse(File.ReadAllText(path), documentOptions: new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        }
        catch (JsonException broken)
        {
            throw new InvalidOperationException($"{path} is not valid JSON: {broken.Message}", broken);
        }
        var (bus, defaults) = (root?["extensions"]?["serviceBus"], new HostSettings());
        return new HostSettings
        {
            RoutePrefix = (root?["extensions"]?["http"]?["routePrefix"]?.GetValue<string>() ?? defaults.RoutePrefix).Trim('/'),
            FunctionTimeout = Duration(path, root, "functionTimeout", defaults.FunctionTimeout),
            MaxConcurrentSessions = Count(path, bus, "maxConcurrentSessions", defaults.MaxConcurrentSessions),
            MaxConcurrentCalls = Count(path, bus, "maxConcurrentCalls", defaults.MaxConcurrentCalls),
            MaxMessageBatchSize = Count(path, bus, "maxMessageBatchSize", defaults.MaxMessageBatchSize),
            SessionIdleTimeout = Duration(path, bus, "sessionIdleTimeout", defaults.SessionIdleTimeout),
            MaxAutoLockRenewalDuration = Duration(path, bus, "maxAutoLockRenewalDuration", defaults.MaxAutoLockRenewalDuration),
            LogLevels = (root?["logging"]?["logLevel"] as JsonObject)?.ToDictionary(p => p.Key, p => p.Value?.GetValue<string>()) ?? [],
        };
    }

    private static int Count(string path, JsonNode? section, string name, int fallback)
    {
        if (section?[name] is not { } value) return fallback;
        return value is JsonValue number && number.TryGetValue(out int count) && count > 0
            ? count
            : throw new InvalidOperationException($"{path}: {name} is {value.ToJsonString()}; a whole number of at least 1 is needed.");
    }

    private static TimeSpan Duration(string path, JsonNode? section, string name, TimeSpan fallback)
    {
        if (section?[name] is not { } value) return fallback;
        return value is JsonValue text && text.TryGetValue(out string? duration) && TimeSpan.TryParse(duration, out var parsed) && parsed > TimeSpan.Zero
            ? parsed
            : throw new InvalidOperationException($"{path}: {name} is {value.ToJsonString()}; a duration such as \"00:05:00\" is needed.");
    }
}
