using System.Text.Json;
using System.Text.Json.Serialization;
using Stockgate.Domain.Forecasting.Advice;
using Stockgate.Domain.Forecasting.Campaigns;

namespace Stockgate.Platform.Forecasting.Advice;

/// <summary>The campaign feed of a run.</summary>
/// <param name="Run">The run.</param>
/// <param name="Day">The first day of its forecast.</param>
/// <param name="MadeAt">When stock and forecast were looked at.</param>
/// <param name="GoodUntil">From then on nothing in it counts as safe: the stock behind it is older than the policy allows.</param>
/// <param name="LeftOut">Items and regions omitted for space; they may not be advertised.</param>
/// <param name="Items">Those that are safe first.</param>
public sealed record CampaignFile(
    string Run,
    DateOnly Day,
    DateTimeOffset MadeAt,
    DateTimeOffset GoodUntil,
    int LeftOut,
    IReadOnlyList<CampaignVerdict> Items
)
{
    public const string Name = "campaigns.json";

    public static CampaignFile Of(
        string run,
        DateOnly day,
        DateTimeOffset madeAt,
        CampaignPolicy policy,
        Bounded<CampaignVerdict> verdicts
    ) =>
        new(
            run,
            day,
            madeAt,
            madeAt + (policy.StockAge < policy.ForecastAge ? policy.StockAge : policy.ForecastAge),
            verdicts.LeftOut,
            verdicts.Items
        );

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, CampaignJson.Default.CampaignFile);

    /// <exception cref="JsonException">It is none.</exception>
    public static CampaignFile Read(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, CampaignJson.Default.CampaignFile) ?? throw new JsonException($"{Name} is empty.");
}

/// <summary>Source-generated JSON of the feed.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    WriteIndented = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(CampaignFile))]
internal sealed partial class CampaignJson : JsonSerializerContext;
