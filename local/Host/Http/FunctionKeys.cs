using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Stockgate.Local.Host.Http;

/// <summary>Authorization by keys: function keys, host keys, the master key and the system key of the Durable extension.</summary>
internal sealed class FunctionKeys(StoredKeys keys)
{
    private readonly byte[] master = Encoding.UTF8.GetBytes(keys.Master),
        host = Encoding.UTF8.GetBytes(keys.Default);
    private readonly byte[] durable = Encoding.UTF8.GetBytes(keys.Durable ?? "");
    private readonly Dictionary<string, byte[]> functions = keys.Functions.ToDictionary(
        key => key.Key,
        key => Encoding.UTF8.GetBytes(key.Value),
        StringComparer.OrdinalIgnoreCase
    );

    /// <summary>The system key that management URLs carry.</summary>
    public string Durable => keys.Durable ?? "";

    public bool Opens(HttpRequest request, HttpRoute route)
    {
        if (route.Level == AuthorizationLevel.Anonymous)
            return true;
        if (Presented(request) is not { } key)
            return false;
        if (Same(key, master))
            return true;
        if (route.Level == AuthorizationLevel.Admin)
            return false;
        return Same(key, host) || functions.TryGetValue(route.Function.Name, out var own) && Same(key, own);
    }

    /// <summary>200 for the master key, 403 for another valid key, else 401.</summary>
    public int Admin(HttpRequest request) => Check(request, static (keys, key) => Same(key, keys.master));

    /// <summary>200 for the master key or the extension's own key, 403 for another valid key, else 401.</summary>
    public int Management(HttpRequest request) =>
        Check(request, static (keys, key) => Same(key, keys.master) || keys.durable.Length > 0 && Same(key, keys.durable));

    private int Check(HttpRequest request, Func<FunctionKeys, byte[], bool> opens)
    {
        if (Presented(request) is not { } key)
            return StatusCodes.Status401Unauthorized;
        if (opens(this, key))
            return StatusCodes.Status200OK;
        return Same(key, host) ? StatusCodes.Status403Forbidden : StatusCodes.Status401Unauthorized;
    }

    // The header beats the query, even when the header's key is wrong.
    private static byte[]? Presented(HttpRequest request)
    {
        var key = request.Headers.TryGetValue("x-functions-key", out var header) ? header : request.Query["code"];
        return StringValues.IsNullOrEmpty(key) ? null : Encoding.UTF8.GetBytes(key.ToString());
    }

    private static bool Same(byte[] presented, byte[] key) => key.Length > 0 && CryptographicOperations.FixedTimeEquals(presented, key);
}
