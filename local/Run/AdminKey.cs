using System.Security.Cryptography;
using System.Text.Json;

namespace Stockgate.Local.Run;

/// <summary>
/// The key that creates the app's first API key: as the settings have it, or else made at the first start and kept in the run's folder.
/// </summary>
internal static class AdminKey
{
    public const string Setting = "Access__AdminKey";

    private const string FileName = "admin-key";

    /// <summary>Which key the app is started with.</summary>
    /// <exception cref="LocalSetupException">local.settings.json can't be read.</exception>
    public static string For(LocalAppSettings settings)
    {
        if ((settings.Environment.TryGetValue(Setting, out var given) ? given : InTheSettings()) is { } set)
            return set;
        var path = Path.Combine(settings.StateFolder, FileName);
        if (File.Exists(path))
            return File.ReadAllText(path).Trim();
        var key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        PrivateFile.Write(path, key + "\n");
        return key;
    }

    // As the host reads them: the environment wins.
    private static string? InTheSettings()
    {
        if (Environment.GetEnvironmentVariable(Setting) is { Length: > 0 } variable)
            return variable;
        var path = Path.Combine(Repository.Root(), "local.settings.json");
        if (!File.Exists(path))
            return null;
        try
        {
            using var document = JsonDocument.Parse(
                File.ReadAllBytes(path),
                new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true }
            );
            return
                document.RootElement.TryGetProperty("Values", out var values)
                && values.TryGetProperty(Setting, out var key)
                && key.GetString() is { Length: > 0 } set
                ? set
                : null;
        }
        catch (JsonException broken)
        {
            throw new LocalSetupException($"{path} is not valid JSON: {broken.Message}", broken);
        }
    }
}
