using System.Text.Json;
using System.Text.Json.Nodes;
using Stockgate.Emulator.Worker.Durable;

namespace Stockgate.Emulator.Worker.Hosting;

/// <summary>What host.json sets, with the real host's defaults where it is silent.</summary>
/// <remarks>Schema: https://learn.microsoft.com/azure/azure-functions/functions-host-json.</remarks>
internal sealed record HostSettings
{
    public string RoutePrefix { get; init; } = "api";

    /// <summary>How long one invocation may run. The Consumption plan's default is five minutes; "-1" is without end.</summary>
    public TimeSpan FunctionTimeout { get; init; } = TimeSpan.FromMinutes(5);

    public int MaxConcurrentSessions { get; init; } = 8;

    public int MaxConcurrentCalls { get; init; } = 16;

    public int MaxMessageBatchSize { get; init; } = 1000;

    public TimeSpan SessionIdleTimeout { get; init; } = TimeSpan.FromSeconds(60);

    public TimeSpan MaxAutoLockRenewalDuration { get; init; } = TimeSpan.FromMinutes(5);

    public DurableSettings Durable { get; init; } = new();

    public IReadOnlyDictionary<string, string?> LogLevels { get; init; } = new Dictionary<string, string?>();

    /// <exception cref="InvalidOperationException">The file isn't JSON or a value is out of its range; the message names both.</exception>
    public static HostSettings Read(string path)
    {
        if (!File.Exists(path)) return new HostSettings();
        JsonObject root;
        try
        {
            var parsed = JsonNode.Parse(File.ReadAllText(path), documentOptions: new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            root = parsed as JsonObject ?? throw new InvalidOperationException($"{path} must hold a JSON object.");
        }
        catch (JsonException broken)
        {
            throw new InvalidOperationException($"{path} is not valid JSON: {broken.Message}", broken);
        }
        var extensions = Section(path, root, "extensions");
        var (bus, defaults) = (Section(path, extensions, "serviceBus"), new HostSettings());
        return new HostSettings
        {
            RoutePrefix = (Text(path, Section(path, extensions, "http"), "routePrefix") ?? defaults.RoutePrefix).Trim('/'),
            FunctionTimeout = root["functionTimeout"] is JsonValue limit && limit.TryGetValue(out string? none) && none == "-1"
                ? Timeout.InfiniteTimeSpan
                : Duration(path, root, "functionTimeout", defaults.FunctionTimeout),
            MaxConcurrentSessions = Count(path, bus, "maxConcurrentSessions", defaults.MaxConcurrentSessions),
            MaxConcurrentCalls = Count(path, bus, "maxConcurrentCalls", defaults.MaxConcurrentCalls),
            MaxMessageBatchSize = Count(path, bus, "maxMessageBatchSize", defaults.MaxMessageBatchSize),
            SessionIdleTimeout = Duration(path, bus, "sessionIdleTimeout", defaults.SessionIdleTimeout),
            MaxAutoLockRenewalDuration = Duration(path, bus, "maxAutoLockRenewalDuration", defaults.MaxAutoLockRenewalDuration),
            Durable = DurableSettings.Read(path, Section(path, extensions, "durableTask")),
            LogLevels = Section(path, Section(path, root, "logging"), "logLevel") is { } levels ? levels.ToDictionary(l => l.Key, l => Text(path, levels, l.Key)) : defaults.LogLevels,
        };
    }

    private static JsonObject? Section(string path, JsonObject? parent, string name) => parent?[name] switch
    {
        null => null,
        JsonObject section => section,
        var other => throw new InvalidOperationException($"{path}: {name} is {other.ToJsonString()}; an object is needed."),
    };

    internal static string? Text(string path, JsonObject? section, string name) => section?[name] switch
    {
        null => null,
        JsonValue value when value.TryGetValue(out string? text) => text,
        var other => throw new InvalidOperationException($"{path}: {name} is {other.ToJsonString()}; a text is needed."),
    };

    internal static int Count(string path, JsonObject? section, string name, int fallback)
    {
        if (section?[name] is not { } value) return fallback;
        return value is JsonValue number && number.TryGetValue(out int count) && count > 0
            ? count
            : throw new InvalidOperationException($"{path}: {name} is {value.ToJsonString()}; a whole number of at least 1 is needed.");
    }

    private static TimeSpan Duration(string path, JsonObject? section, string name, TimeSpan fallback)
    {
        if (section?[name] is not { } value) return fallback;
        return value is JsonValue text && text.TryGetValue(out string? duration) && TimeSpan.TryParse(duration, out var parsed) && parsed > TimeSpan.Zero
            ? parsed
            : throw new InvalidOperationException($"{path}: {name} is {value.ToJsonString()}; a duration such as \"00:05:00\" is needed.");
    }
}
