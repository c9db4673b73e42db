using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Stockgate.Emulator.Worker.Http;

/// <summary>The keys that HTTP functions ask for: the master key opens all, the host's default key every function, a function's own key that function.</summary>
internal sealed class FunctionKeys
{
    public const string HeaderName = "x-functions-key", QueryName = "code";

    private readonly byte[] master, host;
    private readonly Dictionary<string, byte[]> functions;

    private FunctionKeys(Stored stored)
    {
        (master, host) = (Encoding.UTF8.GetBytes(stored.Master), Encoding.UTF8.GetBytes(stored.Default));
        functions = stored.Functions.Where(f => f.Value is { Length: > 0 }).ToDictionary(f => f.Key, f => Encoding.UTF8.GetBytes(f.Value), StringComparer.OrdinalIgnoreCase);
    }

    /// <param name="firstStart">Called once, when the keys are made, with the lines to show.</param>
    /// <exception cref="InvalidOperationException">The file exists and can't be read as keys.</exception>
    public static FunctionKeys Open(string path, Action<string> firstStart)
    {
        if (File.Exists(path))
        {
            try
            {
                return new FunctionKeys(JsonSerializer.Deserialize<Stored>(File.ReadAllBytes(path), JsonSerializerOptions.Web) is { Master.Length: > 0, Default.Length: > 0 } stored
                    ? stored
                    : throw new JsonException("master and default are needed"));
            }
            catch (JsonException broken)
            {
                throw new InvalidOperationException($"{path} does not hold function keys ({broken.Message}). Delete it to have new ones made.", broken);
            }
        }
        var made = new Stored(NewKey(), NewKey(), []);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        // Readable by its owner alone from the first byte on: the mode is set when the file is made, not after.
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(path, options)) JsonSerializer.Serialize(file, made, Indented);
        firstStart($"Function keys were made and are kept in {path}; they are not shown again.\n  master  {made.Master}\n  default {made.Default}");
        return new FunctionKeys(made);
    }

    public bool Allows(HttpRequest request, string function, AuthorizationLevel level)
    {
        if (level == AuthorizationLevel.Anonymous) return true;
        var given = request.Headers.TryGetValue(HeaderName, out var header) ? header.ToString() : request.Query[QueryName].ToString();
        if (given.Length == 0) return false;
        var key = Encoding.UTF8.GetBytes(given);
        // Every key is compared, in constant time each: the answer's delay tells nothing about which one was close.
        var asMaster = CryptographicOperations.FixedTimeEquals(key, master);
        var asHost = CryptographicOperations.FixedTimeEquals(key, host);
        var asFunction = functions.TryGetValue(function, out var own) && CryptographicOperations.FixedTimeEquals(key, own);
        return level switch
        {
            AuthorizationLevel.Function or AuthorizationLevel.User => asMaster | asHost | asFunction,
            _ => asMaster,
        };
    }

    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private static string NewKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(40)).Replace('+', '-').Replace('/', '_').TrimEnd('=');

    private sealed record Stored(string Master, string Default, Dictionary<string, string> Functions)
    {
        public Dictionary<string, string> Functions { get; init; } = Functions ?? [];
    }
}
