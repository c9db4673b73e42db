using System.Security.Cryptography;
using System.Text;

namespace Stockgate.Emulator.Tests.Tables;

/// <summary>A shared access signature for all of an account's tables ("Create an account SAS", Azure Storage documentation, version 2020-08-04).</summary>
public static class AccountSas
{
    public static string Create(string account, string key, string permissions, TimeSpan lifetime)
    {
        var expiry = TimeProvider.System.GetUtcNow().Add(lifetime).ToString("yyyy-MM-ddTHH:mm:ssZ");
        const string version = "2020-08-04", services = "t", types = "sco", protocol = "https,http";
        var text = string.Join('\n', account, permissions, services, types, "", expiry, "", protocol, version) + "\n";
        var signature = Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(key), Encoding.UTF8.GetBytes(text)));
        return $"sv={version}&ss={services}&srt={types}&sp={permissions}&se={Uri.EscapeDataString(expiry)}&spr={protocol}&sig={Uri.EscapeDataString(signature)}";
    }
}
