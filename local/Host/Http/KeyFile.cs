using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Stockgate.Local.Host.Settings;

namespace Stockgate.Local.Host.Http;

/// <summary>The stored keys.</summary>
/// <param name="Durable">Opens the management of orchestrations; null in an app that has none.</param>
internal sealed record StoredKeys(
    string Master,
    string Default,
    Dictionary<string, string> Functions,
    [property: JsonPropertyName(KeyFile.DurableName), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Durable = null
)
{
    public Dictionary<string, string> Functions { get; init; } = Functions ?? [];
}

/// <summary>keys.json in the state folder: made at the first start, readable by its owner alone.</summary>
internal static class KeyFile
{
    /// <summary>The name that the real host's system key of the extension has.</summary>
    public const string DurableName = "durabletask_extension";

    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <exception cref="HostFault">The file exists and can't be read as keys.</exception>
    public static StoredKeys Open(string path, Action<string> firstStart, bool durable)
    {
        if (File.Exists(path))
        {
            var stored = Read(path);
            return durable && stored.Durable is not { Length: > 0 } ? AddDurable(path, stored) : stored;
        }
        var made = new StoredKeys(NewKey(), NewKey(), [], durable ? NewKey() : null);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        Replace(path, JsonSerializer.SerializeToUtf8Bytes(made, Indented));
        firstStart($"Function keys were created in {path}; they are not shown again.");
        firstStart($"  master  {made.Master}\n  default {made.Default}");
        return made;
    }

    private static StoredKeys Read(string path)
    {
        try
        {
            var read = JsonSerializer.Deserialize<StoredKeys>(File.ReadAllBytes(path), JsonSerializerOptions.Web);
            return read is { Master.Length: > 0, Default.Length: > 0 } stored
                ? stored
                : throw new JsonException("master and default are needed");
        }
        catch (JsonException broken)
        {
            throw new HostFault($"{path} does not hold function keys ({broken.Message}). Delete it to create new keys.", broken);
        }
    }

    private static StoredKeys AddDurable(string path, StoredKeys stored)
    {
        var added = stored with { Durable = NewKey() };
        // Into the text that is there: what else its owner wrote stays. Aside and moved over, so that a crash can't lose the other keys.
        var root = JsonNode.Parse(File.ReadAllBytes(path))!.AsObject();
        var others = root.Select(member => member.Key).Where(name => name.Equals(DurableName, StringComparison.OrdinalIgnoreCase)).ToList();
        foreach (var name in others)
            root.Remove(name);
        root[DurableName] = added.Durable;
        Replace(path, JsonSerializer.SerializeToUtf8Bytes(root, Indented));
        return added;
    }

    // A concurrent reader sees either all old keys or all new ones.
    private static void Replace(string path, byte[] json)
    {
        File.Delete(path + ".new");
        Write(path + ".new", json);
        File.Move(path + ".new", path, overwrite: true);
    }

    private static void Write(string path, byte[] json)
    {
        // Readable by its owner alone from the first byte on: the mode is set when the file is made, not after.
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new FileStream(path, options);
        file.Write(json);
    }

    private static string NewKey() =>
        Convert.ToBase64String(RandomNumberGenerator.GetBytes(40)).Replace('+', '-').Replace('/', '_').TrimEnd('=');
}
