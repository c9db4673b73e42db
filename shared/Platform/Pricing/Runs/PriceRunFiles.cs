using System.Text;
using System.Text.Json;
using Azure.Storage.Blobs;
using Stockgate.Domain;
using Stockgate.Platform.Forecasting;

namespace Stockgate.Platform.Pricing.Runs;

/// <summary>Files of pricing runs in the container <c>price-reports</c>, one folder per run.</summary>
public sealed class PriceRunFiles(BlobServiceClient blobs)
{
    public const string Container = "price-reports",
        Page = "index.html",
        Changes = "changes.csv";

    /// <summary>The files that people may read, and their media types; no other name is ever looked up for them.</summary>
    public static readonly IReadOnlyDictionary<string, string> Shown = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [Page] = "text/html; charset=utf-8",
        [Changes] = "text/csv; charset=utf-8",
    };

    private const string Plan = "plan.json",
        Draft = "policy.json";

    private readonly BlobFolder folder = new(blobs, Container);

    public Task PutAsync(string run, string name, Action<TextWriter> write, CancellationToken cancellationToken)
    {
        var bytes = new MemoryStream();
        using (var text = new StreamWriter(bytes, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" })
            write(text);
        return folder.PutAsync($"{run}/{name}", bytes.GetBuffer().AsMemory(0, (int)bytes.Length), Shown[name], cancellationToken);
    }

    /// <returns>Null if the run has no such file, or has none yet.</returns>
    public async Task<(ReadOnlyMemory<byte> Content, string Type)?> FindAsync(
        string run,
        string name,
        CancellationToken cancellationToken
    ) =>
        Shown.TryGetValue(name, out var type) && await folder.FindAsync($"{run}/{name}", cancellationToken) is { } content
            ? (content, type)
            : null;

    /// <summary>Stores the candidates of a run for the writers, in order.</summary>
    public Task PutPlanAsync(string run, PriceRunPlan plan, CancellationToken cancellationToken) =>
        folder.PutAsync(
            $"{run}/{Plan}",
            JsonSerializer.SerializeToUtf8Bytes(plan, PriceRunJson.Default.PriceRunPlan),
            "application/json",
            cancellationToken
        );

    /// <exception cref="InvalidOperationException">The run has none.</exception>
    public async Task<PriceRunPlan> PlanAsync(string run, CancellationToken cancellationToken) =>
        await folder.FindAsync($"{run}/{Plan}", cancellationToken) is { } json
            ? JsonSerializer.Deserialize(json.Span, PriceRunJson.Default.PriceRunPlan)!
            : throw new InvalidOperationException($"{run}/{Plan} is missing.");

    /// <summary>Keeps the policy that a run is to try out.</summary>
    public Task PutDraftAsync(string run, ReadOnlyMemory<byte> policy, CancellationToken cancellationToken) =>
        folder.PutAsync($"{run}/{Draft}", policy, "application/json", cancellationToken);

    public Task<ReadOnlyMemory<byte>?> DraftAsync(string run, CancellationToken cancellationToken) =>
        folder.FindAsync($"{run}/{Draft}", cancellationToken);
}

/// <summary>The prices that a run found to change; the writers decide again on current facts.</summary>
/// <param name="Skus">The most expected gain first.</param>
/// <param name="Stops">Categories that have to stop, and why.</param>
public sealed record PriceRunPlan(IReadOnlyList<Sku> Skus, IReadOnlyDictionary<string, string> Stops);

[System.Text.Json.Serialization.JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[System.Text.Json.Serialization.JsonSerializable(typeof(PriceRunPlan))]
internal sealed partial class PriceRunJson : System.Text.Json.Serialization.JsonSerializerContext;
