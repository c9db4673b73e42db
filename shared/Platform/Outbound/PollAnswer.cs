using System.Text.Json;
using System.Text.Json.Serialization;

namespace Stockgate.Platform.Outbound;

/// <summary>What a channel answers when it is asked how far a step is.</summary>
internal sealed record PollAnswer(string? Answer, string? Detail)
{
    public static Polled Read(Attempt answer)
    {
        if (answer.Status == 404)
            return new Polled(PollOutcome.Unknown, answer.Detail);
        if (answer.Status is not (>= 200 and < 300))
            return new Polled(PollOutcome.Unreachable, answer.Detail);
        try
        {
            var said = JsonSerializer.Deserialize(answer.Body.Span, PollJson.Default.PollAnswer);
            var detail = said?.Detail is { } words ? Excerpt.Of(words) : null;
            return said?.Answer switch
            {
                nameof(PollOutcome.Confirmed) => new Polled(PollOutcome.Confirmed, detail),
                nameof(PollOutcome.Refused) => new Polled(PollOutcome.Refused, detail),
                nameof(PollOutcome.Working) => new Polled(PollOutcome.Working, detail),
                _ => new Polled(PollOutcome.Unreachable, "gave an answer other than Confirmed, Refused or Working"),
            };
        }
        // A text that is not Unicode is found only when it is read, and then not as a JsonException.
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            return new Polled(PollOutcome.Unreachable, "gave an answer that is not JSON");
        }
    }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(PollAnswer))]
internal sealed partial class PollJson : JsonSerializerContext;
