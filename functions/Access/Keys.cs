using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Stockgate.Domain.Access;
using Stockgate.Functions.Api;
using Stockgate.Platform;
using Stockgate.Platform.Access;

namespace Stockgate.Functions.Access;

/// <summary>API of the API keys: create, list, revoke. A key is shown once, when it is created.</summary>
public sealed class Keys(KeyDesk desk, ApiKeyStore store, TimeProvider time)
{
    private const string Form =
        "{\"name\":\"Mia\",\"roles\":[\"merchandiser\"],\"channels\":[\"of a partner\"],\"expiresAt\":\"2027-01-31T00:00:00Z\"}";

    [Function("CreateKey")]
    [Summary("Creates an API key; it is shown this once")]
    [Accepts(typeof(KeyRequest))]
    [Answers(201)]
    public async Task<IResult> Create(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/keys")] HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var asked = await CommandBody.ReadAsync<KeyRequest>(request, Form, cancellationToken);
        if (asked.Check(time.GetUtcNow()) is [var mistake, ..])
            throw new ProblemException(
                StatusCodes.Status400BadRequest,
                "unfit-key",
                "Invalid request",
                $"{mistake.Field} {mistake.Reason}.",
                mistake.Field
            );
        var (key, token) = await desk.CreateAsync(asked, request.Caller().Name, cancellationToken);
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        return Results.Json(
            new
            {
                key.Id,
                key = token.Text,
                key.Name,
                key.Roles,
                key.Channels,
                key.ExpiresAt,
            },
            Answer.Json,
            statusCode: StatusCodes.Status201Created
        );
    }

    [Function("ListKeys")]
    [Summary("Lists the API keys, without their secrets")]
    [Answers(200)]
    public Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/keys")] HttpRequest request,
        CancellationToken cancellationToken
    ) =>
        Paging.LinkedAsync(
            request,
            async after =>
            {
                var (keys, next) = await store.ListAsync(Paging.Size, after, cancellationToken);
                return ((IReadOnlyList<object>)[.. keys.Select(Shown)], next);
            }
        );

    [Function("RevokeKey")]
    [Summary("Revokes an API key")]
    [Answers(200)]
    public async Task<IResult> Revoke(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/keys/{id}/revoke")] HttpRequest request,
        string id,
        CancellationToken cancellationToken
    )
    {
        await CommandBody.RequireNoFieldsAsync(request, cancellationToken);
        return await desk.RevokeAsync(id, request.Caller().Name, cancellationToken) is { } key
            ? Results.Json(Shown(key), Answer.Json)
            : throw new ProblemException(
                StatusCodes.Status404NotFound,
                "unknown-key",
                "Not found",
                "There is no key with this id: the 16 characters after sgk_. GET /api/v1/keys lists them.",
                "id"
            );
    }

    private object Shown(ApiKey key) =>
        new
        {
            key.Id,
            key.Name,
            key.Roles,
            key.Channels,
            state = key.StateAt(time.GetUtcNow()),
            key.ExpiresAt,
            key.CreatedAt,
            key.CreatedBy,
            key.RevokedAt,
            key.RevokedBy,
        };
}
