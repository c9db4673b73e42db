using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Stockgate.Platform;

namespace Stockgate.Functions;

/// <summary>How answers look.</summary>
internal static class Answer
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter() },
    };

    public static IResult OkOrNotFound<T>(T? found, string kind, string id) where T : class => found is null
        ? throw new ProblemException(StatusCodes.Status404NotFound, $"unknown-{kind}", "Not found", $"Nothing has been received about {kind} '{id}' yet. An event is visible a moment after it was accepted.", kind)
        : Results.Json(found, Json);
}
