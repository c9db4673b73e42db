using System.Text.Json;
using Stockgate.Demo.Local;
using Stockgate.Local.Run;

namespace Stockgate.Demo.Promotions;

/// <summary>Promotions by way of the API.</summary>
internal static class PromotionsClient
{
    /// <summary>The promotion, as soon as it is as wanted.</summary>
    /// <exception cref="LocalSetupException">It does not become so.</exception>
    public static Task<JsonElement> PromotionAsync(
        this ApiClient client,
        string id,
        string what,
        Func<JsonElement, bool> isSo,
        CancellationToken cancellationToken
    ) => client.UntilAsync($"promotions/{id}", what, isSo, cancellationToken, () => client.ExplainAsync(id, cancellationToken));

    public static string StateOf(JsonElement promotion) => promotion.GetProperty("promotion").GetProperty("state").GetString()!;

    /// <summary>A gate's verdict; null until the gates were judged.</summary>
    public static JsonElement? GateOf(JsonElement promotion, string gate) =>
        promotion.TryGetProperty("gates", out var board)
        && board.GetProperty("verdicts").EnumerateArray().FirstOrDefault(v => v.GetProperty("gate").GetString() == gate)
            is { ValueKind: JsonValueKind.Object } verdict
            ? verdict
            : null;

    public static bool IsGreen(JsonElement promotion, string gate) => GateOf(promotion, gate)?.GetProperty("state").GetString() == "Green";

    private static async Task<string> ExplainAsync(this ApiClient client, string id, CancellationToken cancellationToken) =>
        string.Join(
            '\n',
            (await client.GetAsync($"promotions/{id}/explain", cancellationToken))
                .GetProperty("sentences")
                .EnumerateArray()
                .Select(static s => s.GetString())
        );
}
