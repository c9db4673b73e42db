using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Stockgate.Domain;
using Stockgate.Platform;
using Stockgate.Platform.Http;
using Stockgate.Platform.Ingest;

namespace Stockgate.Functions;

/// <summary>Reads small JSON bodies of commands.</summary>
internal static class CommandBody
{
    /// <param name="form">An example of the expected body, shown if the body is invalid.</param>
    /// <exception cref="ProblemException">The body has another form.</exception>
    public static async Task<T> ReadAsync<T>(HttpRequest request, string form, CancellationToken cancellationToken)
        where T : class
    {
        using var body = await RequestBody.ReadAsync(request, cancellationToken);
        try
        {
            if (UnknownField.In(body.Memory, Answer.Json.GetTypeInfo(typeof(T))) is { } unknown)
                throw new ProblemException(
                    StatusCodes.Status400BadRequest,
                    "unfit-command",
                    "Invalid request",
                    $"{unknown.Field} {unknown.Reason}",
                    unknown.Field
                );
            return JsonSerializer.Deserialize<T>(body.Memory.Span, Answer.Json) ?? throw Unfit("body", form);
        }
        catch (JsonException wrong)
        {
            throw Unfit(JsonMistake.Of(wrong) is { Field.Length: > 0 } mistake ? mistake.Field : "body", form);
        }
    }

    public static ProblemException Unfit(string field, string form) =>
        new(StatusCodes.Status400BadRequest, "unfit-command", "Invalid command", $"Send {form}.", field);
}
