using System.Text.Json;
using Azure;
using Azure.Core;

namespace Stockgate.Emulator.Tables.Wire;

/// <summary>Reads <c>{"odata.error":{"code":…,"message":{"value":…}}}</c> ("Status and error codes", Table service REST API).</summary>
internal sealed class ODataErrors : RequestFailedDetailsParser
{
    public static readonly ODataErrors Instance = new();

    public override bool TryParse(Response response, out ResponseError? error, out IDictionary<string, string>? data)
    {
        (error, data) = (null, null);
        if (response.ContentStream is null) return false;
        try
        {
            using var document = JsonDocument.Parse(response.Content.ToMemory());
            if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("odata.error", out var body)) return false;
            var code = body.TryGetProperty("code", out var codeValue) ? codeValue.GetString() : null;
            var message = body.TryGetProperty("message", out var messageValue) && messageValue.TryGetProperty("value", out var value) ? value.GetString() : null;
            error = new ResponseError(string.IsNullOrEmpty(code) ? null : code, message);
            return true;
        }
        catch (JsonException)
        {
            // A proxy answered with a page of its own: the status says what there is to say.
            return false;
        }
    }
}
