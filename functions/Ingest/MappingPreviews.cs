using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Stockgate.Domain;
using Stockgate.Domain.Ingest;
using Stockgate.Domain.Ingest.Mapping;
using Stockgate.Functions.Api;
using Stockgate.Platform;

namespace Stockgate.Functions.Ingest;

/// <summary>Shows what a mapping makes of a sample, and stores nothing.</summary>
public sealed class MappingPreviews(TimeProvider time)
{
    // A preview's events are of no channel yet.
    private static readonly ChannelId Channel = new("preview");

    /// <summary>A mapping, and a delivery of the system that it is for.</summary>
    public sealed record PreviewRequest(JsonElement Mapping, JsonElement Sample);

    /// <summary>A record of the sample: the canonical events that it makes, or why it makes none.</summary>
    public sealed record PreviewedRecord(IReadOnlyList<JsonElement> Events, Rejection? Rejection, string? IgnoredBecause);

    /// <summary>What a mapping makes of a sample.</summary>
    public sealed record Preview(IReadOnlyList<PreviewedRecord> Records);

    [Function("GetMappingSchema")]
    [Summary("Shows the JSON Schema of a mapping, for editors")]
    [Answers(200, MediaType = "application/schema+json")]
    public IResult Schema([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/mappings/schema")] HttpRequest request) =>
        Results.Text(DeliveryMapping.SchemaJson, "application/schema+json");

    [Function("PreviewMapping")]
    [Summary("Shows what a mapping makes of a sample; stores nothing")]
    [Accepts(typeof(PreviewRequest))]
    [Answers(200, typeof(Preview))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/mappings/preview")] HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        const string form = """{"mapping": {"events": […]}, "sample": {…}}""";
        var asked = await CommandBody.ReadAsync<PreviewRequest>(request, form, cancellationToken);
        if (asked.Mapping.ValueKind != JsonValueKind.Object || asked.Sample.ValueKind == JsonValueKind.Undefined)
            throw CommandBody.Unfit(asked.Mapping.ValueKind == JsonValueKind.Object ? "sample" : "mapping", form);
        try
        {
            var records = DeliveryMapping.Read(asked.Mapping).Translate(asked.Sample, Channel, time.GetUtcNow());
            return Results.Json(new Preview([.. records.Select(static r => Shown(r.Translation))]), Answer.Json);
        }
        catch (MappingMistakeException mistake)
        {
            var (field, reason) = (mistake.Rejection.Field, mistake.Rejection.Reason);
            throw new ProblemException(
                StatusCodes.Status400BadRequest,
                "invalid-mapping",
                "Invalid mapping",
                field.Length == 0 ? $"The mapping {reason}." : $"{field} {reason}.",
                field.Length == 0 ? "mapping" : $"mapping.{field}"
            );
        }
    }

    private static PreviewedRecord Shown(Translation made) =>
        new([.. made.Events.Select(static e => Json(CloudEventWriter.Write(e.Header, e.Data)))], made.Rejection, made.IgnoredBecause);

    private static JsonElement Json(ReadOnlyMemory<byte> bytes)
    {
        using var document = JsonDocument.Parse(bytes);
        return document.RootElement.Clone();
    }
}
