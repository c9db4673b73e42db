using System.Text.Json;

namespace Stockgate.Domain;

/// <summary>Describes a JSON error for its sender, without internal type names.</summary>
public static class JsonMistake
{
    private const int LongestReason = 200;

    /// <returns>The field's path within the document, empty for the document itself, and the mistake.</returns>
    public static Rejection Of(JsonException broken) =>
        new(broken.Path is { Length: > 1 } path ? path[1..].TrimStart('.') : string.Empty, ReasonOf(broken.Message));

    // The serializer's message repeats path and position behind the first sentence.
    private static string ReasonOf(string message)
    {
        var path = message.IndexOf(" Path:", StringComparison.Ordinal);
        if (path >= 0)
            message = message[..path];
        const string missing = "was missing required properties including: ";
        var at = message.IndexOf(missing, StringComparison.Ordinal);
        if (at >= 0)
            return $"lacks {message[(at + missing.Length)..].TrimEnd('.')}";
        if (
            message.Contains("allow setting null values", StringComparison.Ordinal)
            || message.Contains("allow null values", StringComparison.Ordinal)
        )
            return "is null";
        if (message.StartsWith("The JSON value could not be converted", StringComparison.Ordinal))
            return "has the wrong form for its field";
        return message.Length <= LongestReason ? message : message[..LongestReason] + "…";
    }
}
