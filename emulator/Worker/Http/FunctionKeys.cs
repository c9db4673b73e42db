using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Stockgate.Emulator.Worker.Http;

/// <summary>The keys that HTTP functions ask for: the master key opens all, the host's default key every function, a function's own key that function.</summary>
internal sealed class FunctionKeys
{
    public const string HeaderName = "x-functions-key", QueryName = "code";

    private readonly byte[] master, host;
    private readonly byte[]? durable;
    private readonly Dictionary<string, byte[]> functions;

    private FunctionKeys(StoredKeys stored)
    {
        durable = stored.Durable is { Length: > 0 } key ? Encoding.UTF8.GetBytes(key) : null;
        (master, host) = (Encoding.UTF8.GetBytes(stored.Master), Encoding.UTF8.GetBytes(stored.Default));
        functions = stored.Functions.Where(f => f.Value is { Length: > 0 }).ToDictionary(f => f.Key, f => Encoding.UTF8.GetBytes(f.Value), StringComparer.OrdinalIgnoreCase);
    }

    /// <param name="firstStart">Called once, when the keys are made, with the lines to show.</param>
    /// <param name="durable">Whether the app has durable functions, whose management has a key of its own. That one is never shown.</param>
    /// <exception cref="InvalidOperationException">The file exists and can't be read as keys.</exception>
    public static FunctionKeys Open(string path, Action<string> firstStart, bool durable = false) => new(KeyFile.Open(path, firstStart, durable));

    public bool Allows(HttpRequest request, string function, AuthorizationLevel level)
    {
        if (level == AuthorizationLevel.Anonymous) return true;
        if (Given(request) is not { } key) return false;
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

    /// <summary>Whether the request may manage orchestrations: with the key made for that, or the master key.</summary>
    public bool AllowsDurableManagement(HttpRequest request)
    {
        if (Given(request) is not { } key) return false;
        var asMaster = CryptographicOperations.FixedTimeEquals(key, master);
        return asMaster | (durable is not null && CryptographicOperations.FixedTimeEquals(key, durable));
    }

    private static byte[]? Given(HttpRequest request) =>
        (request.Headers.TryGetValue(HeaderName, out var header) ? header.ToString() : request.Query[QueryName].ToString()) is { Length: > 0 } given ? Encoding.UTF8.GetBytes(given) : null;
}
