using Microsoft.AspNetCore.Http;

namespace Stockgate.Platform.Http.Idempotency;

/// <summary>The caller's own id of a request, in the header <c>Idempotency-Key</c>: sent again under it, it is carried out once.</summary>
public static class IdempotencyKey
{
    public const string Header = "Idempotency-Key";

    public const int MostCharacters = 255;

    /// <returns>Null without the header.</returns>
    /// <exception cref="ProblemException">It can't be a key.</exception>
    public static string? In(HttpRequest request)
    {
        if (!request.Headers.TryGetValue(Header, out var sent))
            return null;
        return sent is [{ Length: >= 1 and <= MostCharacters } key] && key.All(static c => c is > ' ' and < '\u007f')
            ? key
            : throw new ProblemException(
                StatusCodes.Status400BadRequest,
                "unfit-idempotency-key",
                "Invalid request",
                $"{Header} must be there once, with 1 to {MostCharacters} visible ASCII characters and no space.",
                Header
            );
    }
}
