using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Stockgate.Domain;

namespace Stockgate.Platform.Http;

/// <summary>Reads the JSON of a request. A field that the request doesn't have is refused by name.</summary>
public static class JsonBody
{
    /// <param name="refused">The problem that a mistake is answered with.</param>
    /// <exception cref="ProblemException">The body has another form.</exception>
    public static T Read<T>(ReadOnlyMemory<byte> body, JsonTypeInfo<T> type, Func<Rejection, ProblemException> refused)
        where T : class
    {
        try
        {
            if (UnknownField.In(body, type) is { } unknown)
                throw refused(unknown);
            return JsonSerializer.Deserialize(body.Span, type) ?? throw refused(new Rejection("body", "is null"));
        }
        catch (JsonException wrong)
        {
            var mistake = JsonMistake.Of(wrong);
            throw refused(mistake.Field.Length == 0 ? mistake with { Field = "body" } : mistake);
        }
    }
}
