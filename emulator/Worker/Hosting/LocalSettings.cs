using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace Stockgate.Emulator.Worker.Hosting;

/// <summary>The <c>Values</c> of local.settings.json: settings below the environment's, as Core Tools applies them.</summary>
internal static class LocalSettings
{
    public const string FileName = "local.settings.json";

    /// <exception cref="InvalidOperationException">The file isn't JSON with a <c>Values</c> object of strings.</exception>
    public static IReadOnlyDictionary<string, string?> Read(string path)
    {
        var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        if (!File.Exists(path)) return values;
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            if (!document.RootElement.TryGetProperty("Values", out var section)) return values;
            // A double underscore stands for the section separator, as in environment variables.
            foreach (var value in section.EnumerateObject()) values[value.Name.Replace("__", ConfigurationPath.KeyDelimiter)] = value.Value.ToString();
            return values;
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            throw new InvalidOperationException($"{path} must be JSON with an object named Values that holds strings: {broken.Message}", broken);
        }
    }
}
