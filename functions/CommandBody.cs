using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Stockgate.Domain;
using Stockgate.Platform;
using Stockgate.Platform.Http;

namespace Stockgate.Functions;

/// <summary>Reads small JSON bodies of commands.</summary>
internal static class CommandBody
{
    private sealed record Nothing;

    /// <param name="form">An example of the expected body, shown if the body is invalid.</param>
    /// <exception cref="ProblemException">The body has another form.</exception>
    public static async Task<T> ReadAsync<T>(HttpRequest request, string form, CancellationToken cancellationToken)
        where T : class
    {
        using var body = await RequestBody.ReadAsync(request, cancellationToken);
        return JsonBody.Read(
            body.Memory,
            (JsonTypeInfo<T>)Answer.Json.GetTypeInfo(typeof(T)),
            mistake => Invalid(mistake.Field, $"{mistake.Field} {mistake.Reason}. Send {form}.")
        );
    }

    /// <summary>For a command without fields: somebody who sends one expects it to have an effect.</summary>
    /// <exception cref="ProblemException">The body has a field.</exception>
    public static async Task RequireNoFieldsAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var body = await RequestBody.ReadAsync(request, cancellationToken);
        if (body.Memory.Length > 0)
            JsonBody.Read(
                body.Memory,
                (JsonTypeInfo<Nothing>)Answer.Json.GetTypeInfo(typeof(Nothing)),
                static mistake => Invalid(mistake.Field, $"{mistake.Field} is not known: this takes no fields. Send no body.")
            );
    }

    public static ProblemException Unfit(string field, string form) => Invalid(field, $"Send {form}.");

    private static ProblemException Invalid(string field, string detail) =>
        new(StatusCodes.Status400BadRequest, "unfit-command", "Invalid command", detail, field);
}
