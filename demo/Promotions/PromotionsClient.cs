using System.Net.Http.Json;
using System.Text.Json;
using Stockgate.Demo.Local;

namespace Stockgate.Demo.Promotions;

/// <summary>The promotions API as a console of the retailer calls it.</summary>
internal sealed class PromotionsClient(AppProcess app) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly HttpClient http = new();

    public void Dispose() => http.Dispose();

    public async Task<JsonElement> GetAsync(string path, CancellationToken cancellationToken) => await (await SendAsync(HttpMethod.Get, path, null, null, cancellationToken)).ReadFromJsonAsync<JsonElement>(cancellationToken);

    public async Task<byte[]> DownloadAsync(string path, CancellationToken cancellationToken) => await (await SendAsync(HttpMethod.Get, path, null, null, cancellationToken)).ReadAsByteArrayAsync(cancellationToken);

    public async Task<JsonElement> PostAsync(string path, object body, string by, CancellationToken cancellationToken) => await (await SendAsync(HttpMethod.Post, path, body, by, cancellationToken)).ReadFromJsonAsync<JsonElement>(cancellationToken);

    /// <summary>The promotion, as soon as it is as wanted.</summary>
    /// <exception cref="LocalSetupException">It does not become so.</exception>
    public async Task<JsonElement> UntilAsync(string id, string what, Func<JsonElement, bool> isSo, CancellationToken cancellationToken)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var promotion = await GetAsync($"promotions/{id}", cancellationToken);
            if (isSo(promotion)) return promotion;
            if (TimeProvider.System.GetElapsedTime(since) > Patience)
                throw new LocalSetupException($"The promotion is {StateOf(promotion)} and not {what}: {await ExplainAsync(id, cancellationToken)} {app.LogFile} may say more.");
            await Task.Delay(200, cancellationToken);
        }
    }

    public async Task<string> ExplainAsync(string id, CancellationToken cancellationToken) =>
        string.Join('\n', (await GetAsync($"promotions/{id}/explain", cancellationToken)).GetProperty("sentences").EnumerateArray().Select(static s => s.GetString()));

    public static string StateOf(JsonElement promotion) => promotion.GetProperty("promotion").GetProperty("state").GetString()!;

    /// <summary>A gate's verdict; null until the gates were judged.</summary>
    public static JsonElement? GateOf(JsonElement promotion, string gate) =>
        promotion.TryGetProperty("gates", out var board) && board.GetProperty("verdicts").EnumerateArray().FirstOrDefault(v => v.GetProperty("gate").GetString() == gate) is { ValueKind: JsonValueKind.Object } verdict ? verdict : null;

    public static bool IsGreen(JsonElement promotion, string gate) => GateOf(promotion, gate)?.GetProperty("state").GetString() == "Green";

    private async Task<HttpContent> SendAsync(HttpMethod method, string path, object? body, string? by, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(app.BaseAddress, $"api/v1/{path}")) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Add("x-functions-key", app.HostKey);
        if (by is not null) request.Headers.Add("X-Decided-By", by);
        var response = await http.SendAsync(request, cancellationToken);
        return response.IsSuccessStatusCode ? response.Content : throw new LocalSetupException($"{method} {path} was answered {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync(cancellationToken)}");
    }
}
