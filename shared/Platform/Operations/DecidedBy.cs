using Microsoft.AspNetCore.Http;

namespace Stockgate.Platform.Operations;

/// <summary>Reads the deciding person's name from a header, until sign-in exists.</summary>
public static class DecidedBy
{
    public const string Header = "X-Decided-By";

    private const int NameCharacters = 80;

    /// <exception cref="ProblemException">The request names nobody, or not readably.</exception>
    public static string In(HttpRequest request) =>
        request.Headers[Header].ToString() is { Length: > 0 and <= NameCharacters } name && !name.Any(char.IsControl)
            ? name
            : throw new ProblemException(
                StatusCodes.Status400BadRequest,
                "decided-by",
                "Who decides?",
                $"Send {Header} with your name (at most {NameCharacters} characters): it is kept with the decision.",
                Header
            );
}
