using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Stockgate.Local.Run;

namespace Stockgate.Demo.Local;

/// <summary>
/// The app's API as people of the retailer call it, each with a key of their own. Reads without a name are the operator's.
/// </summary>
internal sealed class ApiClient(LocalApp app, AppSettings settings, ClientKeys keys) : IDisposable
{
    /// <summary>Who reads.</summary>
    public const string Reader = "Olga";

    // A machine that is loaded ten times over takes ten times as long and is waited for; only what never comes is given up.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(20),
        SaidEvery = TimeSpan.FromSeconds(15);

    private readonly HttpClient http = new();

    public void Dispose() => http.Dispose();

    public async Task<JsonElement> GetAsync(string path, CancellationToken cancellationToken) =>
        await (await SendAsync(HttpMethod.Get, path, null, null, cancellationToken)).ReadFromJsonAsync<JsonElement>(cancellationToken);

    public async Task<byte[]> DownloadAsync(string path, CancellationToken cancellationToken, string? by = null) =>
        await (await SendAsync(HttpMethod.Get, path, null, by, cancellationToken)).ReadAsByteArrayAsync(cancellationToken);

    public async Task<JsonElement> PostAsync(string path, object body, string by, CancellationToken cancellationToken) =>
        await (await SendAsync(HttpMethod.Post, path, body, by, cancellationToken)).ReadFromJsonAsync<JsonElement>(cancellationToken);

    public async Task<JsonElement> PutAsync(
        string path,
        object body,
        string by,
        CancellationToken cancellationToken,
        string? reason = null
    ) =>
        await (await SendAsync(HttpMethod.Put, path, body, by, cancellationToken, reason)).ReadFromJsonAsync<JsonElement>(
            cancellationToken
        );

    /// <summary>What is at a path, as soon as it is as wanted.</summary>
    /// <param name="path">Of a GET that may be answered 404 until there is something.</param>
    /// <param name="what">What it has to become, for the message.</param>
    /// <param name="isSo">Whether it is.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="explain">More for the message.</param>
    /// <exception cref="LocalSetupException">It does not become so.</exception>
    public async Task<JsonElement> UntilAsync(
        string path,
        string what,
        Func<JsonElement, bool> isSo,
        CancellationToken cancellationToken,
        Func<Task<string>>? explain = null
    )
    {
        var since = TimeProvider.System.GetTimestamp();
        var said = SaidEvery;
        while (true)
        {
            var found = await FindAsync(path, cancellationToken);
            if (found is { } there && isSo(there))
                return there;
            if (TimeProvider.System.GetElapsedTime(since) > Patience)
                throw new LocalSetupException(
                    $"After {Patience.TotalSeconds:0} s {path} is not {what}: {(explain is null ? found?.ToString() : await explain())} {app.LogFile} may say more."
                );
            if (TimeProvider.System.GetElapsedTime(since) > said)
            {
                Console.WriteLine($"  … {said.TotalSeconds:0} s: waiting until {path} is {what}");
                said += SaidEvery;
            }
            await Task.Delay(200, cancellationToken);
        }
    }

    private async Task<JsonElement?> FindAsync(string path, CancellationToken cancellationToken)
    {
        using var request = await RequestAsync(HttpMethod.Get, path, null, null);
        using var response = await http.SendAsync(request, cancellationToken);
        return response.IsSuccessStatusCode ? await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken) : null;
    }

    private async Task<HttpContent> SendAsync(
        HttpMethod method,
        string path,
        object? body,
        string? by,
        CancellationToken cancellationToken,
        string? reason = null
    )
    {
        using var request = await RequestAsync(method, path, body, by);
        if (reason is not null)
            request.Headers.Add("X-Reason", reason);
        var response = await http.SendAsync(request, cancellationToken);
        return response.IsSuccessStatusCode
            ? response.Content
            : throw new LocalSetupException(
                $"{method} {path} was answered {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync(cancellationToken)}"
            );
    }

    /// <summary>The key of a person of the settings.</summary>
    public Task<string> KeyOfAsync(string name) => keys.OfAsync(name, settings.People[name]);

    private async Task<HttpRequestMessage> RequestAsync(HttpMethod method, string path, object? body, string? by)
    {
        var request = new HttpRequestMessage(method, new Uri(app.BaseAddress, $"api/v1/{path}"))
        {
            Content = body is null ? null : JsonContent.Create(body),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await KeyOfAsync(by ?? Reader));
        return request;
    }
}
