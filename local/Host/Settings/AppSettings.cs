using System.Collections;
using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace Stockgate.Local.Host.Settings;

/// <summary>The app's settings: the environment, and beneath it the Values of local.settings.json.</summary>
internal sealed class AppSettings
{
    // The Durable extension takes these for signs that it runs in a Consumption plan; containers of other kinds set them too.
    private static readonly string[] Misleading = ["CONTAINER_NAME", "WEBSITE_INSTANCE_ID", "WEBSITE_SKU"];

    private AppSettings(IReadOnlyDictionary<string, string> values, IConfiguration configuration) =>
        (Values, Configuration) = (values, configuration);

    /// <summary>What the worker gets as its environment.</summary>
    public IReadOnlyDictionary<string, string> Values { get; }

    public IConfiguration Configuration { get; }

    public string? this[string name] => Configuration[name.Replace("__", ":", StringComparison.Ordinal)];

    /// <exception cref="HostFault">local.settings.json can't be read.</exception>
    public static AppSettings Read(string app)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in Misleading)
            Environment.SetEnvironmentVariable(name, null);
        if (Find(app) is { } file)
            foreach (var (name, value) in Parse(file))
                values[name] = value;
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
            values[(string)variable.Key] = (string?)variable.Value ?? "";
        var pairs = values.Select(pair => KeyValuePair.Create(pair.Key.Replace("__", ":", StringComparison.Ordinal), (string?)pair.Value));
        // Two names may differ by case alone; configuration does not tell them apart.
        var distinct = pairs.GroupBy(pair => pair.Key, StringComparer.OrdinalIgnoreCase).Select(group => group.Last());
        return new AppSettings(values, new ConfigurationBuilder().AddInMemoryCollection(distinct).Build());
    }

    /// <summary>A value with each %NAME% replaced by the setting of that name.</summary>
    /// <exception cref="HostFault">A setting is missing.</exception>
    public string Resolve(string text)
    {
        for (var start = text.IndexOf('%'); start >= 0; start = text.IndexOf('%', start))
        {
            var end = text.IndexOf('%', start + 1);
            if (end < 0)
                break;
            var name = text[(start + 1)..end];
            var value = this[name] ?? throw new HostFault($"the setting '{name}' is missing (a trigger refers to it as %{name}%)");
            text = text[..start] + value + text[(end + 1)..];
            start += value.Length;
            if (start >= text.Length)
                break;
        }
        return text;
    }

    // A build output lies below its project: its own folder and those above it, no farther than the repository.
    private static string? Find(string app)
    {
        for (var folder = new DirectoryInfo(app); folder is not null; folder = folder.Parent)
        {
            var file = Path.Combine(folder.FullName, "local.settings.json");
            if (File.Exists(file))
                return file;
            if (Path.Exists(Path.Combine(folder.FullName, ".git")) || folder.EnumerateFiles("*.sln").Any())
                return null;
        }
        return null;
    }

    private static IEnumerable<(string Name, string Value)> Parse(string file)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(File.ReadAllBytes(file), HostJson.Lenient);
        }
        catch (JsonException broken)
        {
            throw new HostFault($"{file} is not valid JSON: {broken.Message}", broken);
        }
        using (document)
        {
            if (!document.RootElement.TryGetProperty("Values", out var values) || values.ValueKind != JsonValueKind.Object)
                yield break;
            foreach (var value in values.EnumerateObject())
                yield return (value.Name, value.Value.ToString());
        }
    }
}
