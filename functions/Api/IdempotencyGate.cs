using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;
using Stockgate.Functions.Access;
using Stockgate.Platform.Access;
using Stockgate.Platform.Http;
using Stockgate.Platform.Http.Idempotency;

namespace Stockgate.Functions.Api;

/// <summary>
/// Carries out a POST with an <c>Idempotency-Key</c> once: the same request under the same key gets the same answer. Without the header
/// nothing is read or stored.
/// </summary>
public sealed class IdempotencyGate(IdempotencyStore store, ILogger<IdempotencyGate> logger) : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (
            context.GetHttpContext() is not { } http
            || !RouteRoles.Table[context.FunctionDefinition.Name].TakesIdempotencyKey(http.Request.Method)
            || IdempotencyKey.In(http.Request) is not { } key
        )
        {
            await next(context);
            return;
        }
        var answer = await AnswerAsync(http, key, RunAsync, context.CancellationToken);
        context.GetInvocationResult().Value = answer;

        async Task<IResult?> RunAsync()
        {
            await next(context);
            return context.GetInvocationResult().Value as IResult;
        }
    }

    /// <param name="run">Carries the request out.</param>
    internal async Task<IResult> AnswerAsync(HttpContext http, string key, Func<Task<IResult?>> run, CancellationToken cancellationToken)
    {
        var body = await BodyAsync(http.Request, cancellationToken);
        var credential = http.Features.Get<Credential>() ?? throw new InvalidOperationException("This route is open to everybody.");
        var claim = await store.ClaimAsync(IdempotentRequest.Of(credential.Id, http.Request, key, body), cancellationToken);
        if (claim.Answer is { } before)
            return new KnownAnswer(before, isReplayed: true);
        KeptAnswer made;
        try
        {
            made = await WrittenAsync(http, await run());
        }
        catch
        {
            // Refused, failed, or given up by the caller. What is refused changes nothing, so that it can be corrected under the same key.
            await QuietlyAsync(() => store.ReleaseAsync(claim, CancellationToken.None));
            throw;
        }
        // Whoever has the answer needs no row: one that can't be written does not turn a success into a failure.
        if (made.Status < StatusCodes.Status400BadRequest)
            await QuietlyAsync(() => store.KeepAsync(claim, IsToBeKept(http.Response, made) ? made : made with { Body = null }, default));
        else
            await QuietlyAsync(() => store.ReleaseAsync(claim, CancellationToken.None));
        return new KnownAnswer(made, isReplayed: false);
    }

    // A secret that is shown once is nowhere else, and stays so.
    private static bool IsToBeKept(HttpResponse response, KeptAnswer made) =>
        made.Body!.Length <= KeptAnswer.MostBytes && response.GetTypedHeaders().CacheControl?.NoStore != true;

    private static async Task<byte[]> BodyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var body = await RequestBody.ReadAsync(request, cancellationToken);
        var bytes = body.Memory.ToArray();
        // The function reads it once more.
        request.Body = new MemoryStream(bytes);
        return bytes;
    }

    private static async Task<KeptAnswer> WrittenAsync(HttpContext http, IResult? result)
    {
        var (response, before) = (http.Response, http.Response.Body);
        using var written = new MemoryStream();
        response.Body = written;
        try
        {
            await (result ?? Results.Empty).ExecuteAsync(http);
            await response.BodyWriter.FlushAsync(http.RequestAborted);
        }
        finally
        {
            response.Body = before;
        }
        return new(response.StatusCode, response.ContentType, response.Headers.Location.FirstOrDefault(), written.ToArray());
    }

    private async Task QuietlyAsync(Func<Task> store)
    {
        try
        {
            await store();
        }
        catch (Exception failure)
        {
            logger.LogWarning("What became of a request under an Idempotency-Key is not stored: {Reason}", failure.Message);
        }
    }
}
