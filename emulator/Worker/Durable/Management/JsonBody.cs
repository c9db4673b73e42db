using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Stockgate.Emulator.Worker.Durable.Management;

/// <summary>The body of a management request: JSON of a bounded size, or nothing.</summary>
internal static class JsonBody
{
    public const long Limit = 1024 * 1024;

    /// <returns>Null where the body is empty.</returns>
    /// <exception cref="UnfitManagementRequestException">It is not JSON, or not sent as JSON.</exception>
    /// <exception cref="BadHttpRequestException">It is too large.</exception>
    public static async Task<JsonElement?> ReadAsync(HttpRequest request)
    {
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = Limit;
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
        if (body.Length == 0) return null;
        if (!request.HasJsonContentType()) throw new UnfitManagementRequestException("Send the body with content type application/json.");
        try
        {
            using var document = JsonDocument.Parse(body.GetBuffer().AsMemory(0, (int)body.Length));
            return document.RootElement.Clone();
        }
        catch (JsonException broken)
        {
            throw new UnfitManagementRequestException($"The body is not JSON: {broken.Message}");
        }
    }
}
