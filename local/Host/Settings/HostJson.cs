using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Stockgate.Local.Host.Settings;

/// <summary>Reads host.json; missing values have the real host's defaults.</summary>
internal sealed class HostJson
{
    public static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    // A setting such as AzureFunctionsJobHost__extensions__http__routePrefix stands above the file, as in the real host.
    private const string Override = "AzureFunctionsJobHost__";

    private readonly string path;
    private readonly JsonObject root;

    private HostJson(string path, JsonObject root)
    {
        (this.path, this.root) = (path, root);
        var http = Section("extensions", "http");
        RoutePrefix = (http?["routePrefix"]?.GetValue<string>() ?? "api").Trim('/');
        FunctionTimeout = Timeout();
        ServiceBus = new ServiceBusSettings(this, Section("extensions", "serviceBus"));
        Durable = Section("extensions", "durableTask");
    }

    public string RoutePrefix { get; }

    /// <summary>How long one invocation may run; infinite when host.json says "-1".</summary>
    public TimeSpan FunctionTimeout { get; }

    public ServiceBusSettings ServiceBus { get; }

    public JsonObject? Durable { get; }

    public IEnumerable<KeyValuePair<string, string>> LogLevels =>
        (Section("logging", "logLevel") ?? [])
            .Where(level => level.Value is JsonValue)
            .Select(level => KeyValuePair.Create(level.Key, level.Value!.ToString()));

    /// <exception cref="HostFault">The file is missing, isn't JSON, or a value is out of its range; the message names both.</exception>
    public static HostJson Read(string app, AppSettings settings)
    {
        var path = Path.Combine(app, "host.json");
        if (!File.Exists(path))
            throw new HostFault($"{path} is missing: copy it to the build output (CopyToOutputDirectory).");
        try
        {
            var root =
                JsonNode.Parse(File.ReadAllText(path), documentOptions: Lenient) as JsonObject
                ?? throw new HostFault($"{path} must hold a JSON object.");
            var above = settings.Values.Where(setting => setting.Key.StartsWith(Override, StringComparison.OrdinalIgnoreCase));
            foreach (var (name, value) in above)
                Set(root, name[Override.Length..].Split("__"), value);
            return new HostJson(path, root);
        }
        catch (JsonException broken)
        {
            throw new HostFault($"{path} is not valid JSON: {broken.Message}", broken);
        }
        catch (InvalidOperationException wrongType)
        {
            throw new HostFault($"{path}: {wrongType.Message}", wrongType);
        }
    }

    public int Count(JsonObject? section, string name, int fallback, int least = 1)
    {
        if (section?[name] is not { } value)
            return fallback;
        return value is JsonValue number && number.TryGetValue(out int count) && count >= least
            ? count
            : throw new HostFault($"{path}: {name} is {value.ToJsonString()}; a whole number of at least {least} is needed.");
    }

    public TimeSpan Duration(JsonObject? section, string name, TimeSpan fallback)
    {
        if (section?[name] is not { } value)
            return fallback;
        return
            value is JsonValue text
            && text.TryGetValue(out string? duration)
            && TimeSpan.TryParse(duration, CultureInfo.InvariantCulture, out var parsed)
            && parsed >= TimeSpan.Zero
            ? parsed
            : throw new HostFault($"{path}: {name} is {value.ToJsonString()}; a duration such as \"00:05:00\" is needed.");
    }

    public bool Flag(JsonObject? section, string name, bool fallback)
    {
        if (section?[name] is not { } value)
            return fallback;
        return value is JsonValue flag && flag.TryGetValue(out bool parsed)
            ? parsed
            : throw new HostFault($"{path}: {name} is {value.ToJsonString()}; true or false is needed.");
    }

    private TimeSpan Timeout() =>
        root["functionTimeout"] is JsonValue limit && limit.TryGetValue(out string? none) && none == "-1"
            ? System.Threading.Timeout.InfiniteTimeSpan
            : Duration(root, "functionTimeout", TimeSpan.FromMinutes(30));

    private static void Set(JsonObject section, string[] names, string value)
    {
        foreach (var name in names[..^1])
        {
            if (section[name] is not JsonObject)
                section[name] = new JsonObject();
            section = (JsonObject)section[name]!;
        }
        var number = int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var count);
        var flag = bool.TryParse(value, out var set);
        section[names[^1]] = JsonValue.Create(value);
        if (flag)
            section[names[^1]] = JsonValue.Create(set);
        if (number)
            section[names[^1]] = JsonValue.Create(count);
    }

    private JsonObject? Section(params string[] names)
    {
        JsonNode? node = root;
        foreach (var name in names)
        {
            node = node![name];
            if (node is null)
                return null;
            if (node is not JsonObject)
                throw new HostFault($"{path}: {name} is {node.ToJsonString()}; an object is needed.");
        }
        return (JsonObject)node!;
    }
}

/// <summary>The section extensions.serviceBus.</summary>
internal sealed class ServiceBusSettings(HostJson file, JsonObject? section)
{
    public int MaxConcurrentCalls { get; } = file.Count(section, "maxConcurrentCalls", 16);

    public int MaxConcurrentSessions { get; } = file.Count(section, "maxConcurrentSessions", 8);

    public int MaxMessageBatchSize { get; } = file.Count(section, "maxMessageBatchSize", 1000);

    public int MinMessageBatchSize { get; } = file.Count(section, "minMessageBatchSize", 1);

    public TimeSpan MaxBatchWaitTime { get; } = file.Duration(section, "maxBatchWaitTime", TimeSpan.FromSeconds(30));

    /// <summary>Null is the client's own: as long as its try timeout of a minute.</summary>
    public TimeSpan? SessionIdleTimeout { get; } =
        section?["sessionIdleTimeout"] is null ? null : file.Duration(section, "sessionIdleTimeout", TimeSpan.Zero);

    public TimeSpan MaxAutoLockRenewal { get; } = file.Duration(section, "maxAutoLockRenewalDuration", TimeSpan.FromMinutes(5));

    public bool AutoComplete { get; } = file.Flag(section, "autoCompleteMessages", true);

    public int PrefetchCount { get; } = file.Count(section, "prefetchCount", 0, least: 0);
}
