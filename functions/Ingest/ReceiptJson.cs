using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Stockgate.Platform.Ingest.Accepting;

namespace Stockgate.Functions.Ingest;

/// <summary>Source-generated JSON of the answers to deliveries.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DeliveryReceipt))]
internal sealed partial class ReceiptJson : JsonSerializerContext;

/// <summary>202 with the outcome of each record. With a Content-Length the response is one write; chunked it would be two.</summary>
internal sealed class ReceiptResult(DeliveryReceipt receipt) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(receipt, ReceiptJson.Default.DeliveryReceipt);
        var response = httpContext.Response;
        response.StatusCode = StatusCodes.Status202Accepted;
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = body.Length;
        return response.Body.WriteAsync(body, httpContext.RequestAborted).AsTask();
    }
}
