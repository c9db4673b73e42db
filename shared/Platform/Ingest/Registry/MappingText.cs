using System.Text.Json;
using Stockgate.Domain;
using Stockgate.Domain.Ingest.Mapping;

namespace Stockgate.Platform.Ingest.Registry;

/// <summary>A channel's mapping as the text that it is kept as.</summary>
internal static class MappingText
{
    /// <exception cref="MappingMistakeException">It can't be used.</exception>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static DeliveryMapping Read(string text)
    {
        using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = Limits.JsonDepth });
        return DeliveryMapping.Read(document.RootElement.Clone());
    }

    /// <returns>What is wrong with it; null if it can be used.</returns>
    public static string? MistakeIn(string text)
    {
        if (text.Length > DeliveryMapping.MostBytes)
            return $"has {text.Length} characters; at most {DeliveryMapping.MostBytes} are allowed";
        try
        {
            Read(text);
            return null;
        }
        catch (MappingMistakeException mistake)
        {
            return mistake.Rejection.Field.Length == 0
                ? mistake.Rejection.Reason
                : $"at {mistake.Rejection.Field} {mistake.Rejection.Reason}";
        }
        catch (JsonException broken)
        {
            return $"is not JSON: {broken.Message}";
        }
    }
}
