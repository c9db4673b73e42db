using Microsoft.AspNetCore.Http;
using Stockgate.Platform.Http.Idempotency;

namespace Stockgate.Functions.Api;

/// <summary>Writes an answer whose bytes are known.</summary>
internal sealed class KnownAnswer(KeptAnswer answer, bool isReplayed) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = answer.Status;
        response.ContentType = answer.ContentType;
        if (answer.Location is not null)
            response.Headers.Location = answer.Location;
        if (isReplayed)
            response.Headers[KeptAnswer.ReplayedHeader] = "true";
        // 204 has no length.
        if (answer.Body is not { Length: > 0 } body)
            return Task.CompletedTask;
        response.ContentLength = body.Length;
        return response.Body.WriteAsync(body, httpContext.RequestAborted).AsTask();
    }
}
