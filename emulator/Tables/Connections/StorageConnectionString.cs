using Azure;
using Azure.Data.Tables;

namespace Stockgate.Emulator.Tables.Connections;

/// <summary>Where an account's tables are and what opens them, from "Configure Azure Storage connection strings" (Azure Storage documentation).</summary>
internal sealed record StorageConnectionString(Uri Endpoint, TableSharedKeyCredential? Key, AzureSasCredential? Sas)
{
    /// <summary>Azurite's well-known account. Public by design: it opens nothing but this machine's emulator.</summary>
    private const string DevelopmentAccount = "devstoreaccount1",
        DevelopmentKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private const string DefaultSuffix = "core.windows.net", DevelopmentTablePort = "10002";

    /// <exception cref="ArgumentException">The text is null or empty.</exception>
    /// <exception cref="FormatException">A key is missing or malformed. The message names the key and never repeats a value.</exception>
    public static StorageConnectionString Parse(string connectionString)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        var settings = Settings(connectionString);
        return settings.TryGetValue("UseDevelopmentStorage", out var use) ? Development(settings, use) : Account(settings);
    }

    private static StorageConnectionString Development(Dictionary<string, string> settings, string use)
    {
        if (!string.Equals(use, "true", StringComparison.OrdinalIgnoreCase))
            throw new FormatException("'UseDevelopmentStorage' in the storage connection string may only be 'true'; remove it to use an account.");
        var proxy = settings.TryGetValue("DevelopmentStorageProxyUri", out var text) ? Absolute("DevelopmentStorageProxyUri", text) : new Uri("http://127.0.0.1");
        var endpoint = new Uri($"{proxy.Scheme}://{proxy.Host}:{DevelopmentTablePort}/{DevelopmentAccount}");
        return new(endpoint, new TableSharedKeyCredential(DevelopmentAccount, DevelopmentKey), null);
    }

    private static StorageConnectionString Account(Dictionary<string, string> settings)
    {
        var endpoint = settings.TryGetValue("TableEndpoint", out var text) ? Absolute("TableEndpoint", text) : Conventional(settings);
        if (settings.TryGetValue("SharedAccessSignature", out var sas)) return new(endpoint, null, new AzureSasCredential(sas.TrimStart('?')));
        // The endpoint may carry the signature itself; then there is nothing to sign.
        if (endpoint.Query.Contains("sig=", StringComparison.Ordinal)) return new(endpoint, null, null);

        if (!settings.TryGetValue("AccountName", out var name)) throw Missing("AccountName", "or add SharedAccessSignature");
        if (!settings.TryGetValue("AccountKey", out var key)) throw Missing("AccountKey", "(portal: storage account, Access keys) or SharedAccessSignature");
        return new(endpoint, Credential(name, key), null);
    }

    private static Uri Conventional(Dictionary<string, string> settings)
    {
        if (!settings.TryGetValue("AccountName", out var name)) throw Missing("AccountName", "or give TableEndpoint");
        var protocol = settings.GetValueOrDefault("DefaultEndpointsProtocol", "https");
        if (protocol is not ("http" or "https")) throw new FormatException("'DefaultEndpointsProtocol' in the storage connection string must be 'http' or 'https'.");
        return Absolute("AccountName", $"{protocol}://{name}.table.{settings.GetValueOrDefault("EndpointSuffix", DefaultSuffix)}");
    }

    private static TableSharedKeyCredential Credential(string name, string key)
    {
        try
        {
            return new TableSharedKeyCredential(name, key);
        }
        catch (FormatException)
        {
            throw new FormatException("'AccountKey' in the storage connection string is not base64; copy the whole key, trailing '=' included.");
        }
    }

    private static Dictionary<string, string> Settings(string connectionString)
    {
        var settings = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in connectionString.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var equals = part.IndexOf('=');
            // Without '=' the part may be a whole secret: the message must not repeat it.
            if (equals <= 0) throw new FormatException("The storage connection string has a part without 'name=value'. Write settings as 'Name=Value', separated by ';'.");
            var name = part[..equals].Trim();
            if (!settings.TryAdd(name, part[(equals + 1)..].Trim())) throw new FormatException($"'{name}' appears twice in the storage connection string; remove one.");
        }

        foreach (var name in settings.Where(setting => setting.Value.Length == 0).Select(setting => setting.Key).ToArray())
            throw new FormatException($"'{name}' in the storage connection string is empty; give it a value or remove it.");
        return settings;
    }

    private static Uri Absolute(string name, string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? uri
            : throw new FormatException($"'{name}' in the storage connection string does not make an absolute http or https URI.");

    private static FormatException Missing(string name, string alternative) =>
        new($"'{name}' is missing in the storage connection string. Add '{name}=...' {alternative}, or use 'UseDevelopmentStorage=true' for Azurite.");
}
