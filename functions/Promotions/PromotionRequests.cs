using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;
using Stockgate.Domain;
using Stockgate.Domain.Ingest;
using Stockgate.Platform;
using Stockgate.Platform.Ingest;

namespace Stockgate.Functions.Promotions;

/// <summary>What the requests about a promotion have in common.</summary>
internal static class PromotionRequests
{
    public static PromotionId Id(HttpRequest request, string id) => new(request.Whole(id));

    /// <param name="form">The body as it has to be, shown to whoever sends another.</param>
    /// <exception cref="ProblemException">The body has another form.</exception>
    public static async Task<T> ReadAsync<T>(HttpRequest request, string form, CancellationToken cancellationToken) where T : class
    {
        using var body = await RequestBody.ReadAsync(request, cancellationToken);
        try
        {
            return JsonSerializer.Deserialize<T>(body.Memory.Span, Answer.Json) ?? throw Unfit("body", form);
        }
        catch (JsonException wrong)
        {
            throw Unfit(JsonMistake.Of(wrong) is { Field.Length: > 0 } mistake ? mistake.Field : "body", form);
        }
    }

    public static ProblemException Unfit(string field, string form) => new(StatusCodes.Status400BadRequest, "unfit-command", "Can't be used", $"Send {form}.", field);

    /// <summary>What was asked is kept; the promotion's orchestration is told, and the caller where to look.</summary>
    public static async Task<IResult> AcceptedAsync(PromotionId promotion, DurableTaskClient client, object answer, CancellationToken cancellationToken)
    {
        await PromotionSignal.RaiseAsync(client, promotion, cancellationToken);
        return Results.Accepted($"/api/v1/promotions/{Uri.EscapeDataString(promotion.Value)}", answer);
    }
}
