namespace Stockgate.Emulator.ServiceBus.Config;

/// <summary>The official emulator's connection string with two keys of our own: <c>DataFile</c> and <c>EntityConfig</c>.</summary>
internal sealed record ConnectionString(string Host, string DataFile, string EntityConfig)
{
    private static readonly string[] Ignored = ["SharedAccessKeyName", "SharedAccessKey", "SharedAccessSignature", "EntityPath"];

    public static ConnectionString Parse(string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(text, "connectionString");
        string? host = null, dataFile = null, entityConfig = null;
        var emulator = false;
        foreach (var part in text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var at = part.IndexOf('=');
            if (at < 1) throw new FormatException($"The Service Bus connection string has a part without a name: it must be name=value pairs separated by ';'.");
            var (key, value) = (part[..at], part[(at + 1)..]);
            if (Is(key, "Endpoint")) host = HostOf(value);
            else if (Is(key, "UseDevelopmentEmulator")) emulator = Is(value, "true");
            else if (Is(key, "DataFile")) dataFile = value;
            else if (Is(key, "EntityConfig")) entityConfig = value;
            else if (!Ignored.Any(ignored => Is(key, ignored))) throw new FormatException($"'{key}' is not a key of a Service Bus connection string.");
        }
        if (host is null) throw new FormatException("The Service Bus connection string has no Endpoint.");
        if (!emulator) throw LocalOnly("this connection string does not say UseDevelopmentEmulator=true");
        return new ConnectionString(host,
            Path.GetFullPath(dataFile ?? Path.Combine(Environment.CurrentDirectory, ".stockgate", "servicebus.db")),
            Path.GetFullPath(entityConfig ?? Path.Combine(AppContext.BaseDirectory, "servicebus-config.json")));
    }

    public static InvalidOperationException LocalOnly(string because) => new(
        $"This is Stockgate's local Service Bus runtime, and {because}. " +
        "Use Endpoint=sb://localhost;...;UseDevelopmentEmulator=true, or build with -p:FunctionsRuntime=Azure for a real namespace.");

    private static string HostOf(string endpoint) => Uri.TryCreate(endpoint, UriKind.Absolute, out var uri)
        ? uri.Host
        : throw new FormatException($"Endpoint={endpoint} is not a URI such as sb://localhost.");

    private static bool Is(string key, string name) => key.Equals(name, StringComparison.OrdinalIgnoreCase);
}
