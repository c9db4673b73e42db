using System.Text.Json.Serialization;
using Stockgate.Domain;

namespace Stockgate.Platform.Outbound.Sent;

/// <summary>One attempt to hand a message to its channel.</summary>
/// <param name="At">When it began.</param>
/// <param name="Status">Of the answer; null if none came.</param>
/// <param name="Detail">What was answered, shortened; or why there was no answer.</param>
/// <param name="Took">Until then.</param>
public sealed record SendAttempt(DateTimeOffset At, int? Status, string Detail, TimeSpan Took);

/// <summary>A message that was sent once, with a retry or several; sent again later, it is another one with the same id.</summary>
/// <param name="Channel">Where to.</param>
/// <param name="MessageId">The <c>webhook-id</c>.</param>
/// <param name="At">When sending began.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Attempts">In their order; none where the channel was not called because too many calls had failed.</param>
/// <param name="Detail">What happened at last.</param>
/// <param name="NextTryAt">
/// Not before then is the channel called again, by its own word or because too many calls failed. Null: as soon as the flow that sent it
/// tries again.
/// </param>
/// <param name="Bytes">Of the body.</param>
public sealed record SentMessage(
    SalesChannelId Channel,
    string MessageId,
    DateTimeOffset At,
    [property: JsonConverter(typeof(JsonStringEnumConverter<DeliveryOutcome>))] DeliveryOutcome Outcome,
    IReadOnlyList<SendAttempt> Attempts,
    string Detail,
    DateTimeOffset? NextTryAt,
    int Bytes
);

[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(SentMessage))]
internal sealed partial class SentJson : JsonSerializerContext;
