using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Stockgate.Local.Run;

namespace Stockgate.Demo.Local;

/// <summary>A key of the app's API for each person and program, created when it is first needed.</summary>
public sealed class ClientKeys(LocalApp app) : IDisposable
{
    private readonly HttpClient http = new();
    private readonly ConcurrentDictionary<string, string> keys = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim creating = new(1, 1);

    /// <param name="name">Kept with what is decided.</param>
    /// <param name="roles">Separated by commas.</param>
    /// <param name="channels">Of a partner.</param>
    /// <exception cref="LocalSetupException">The app creates no such key.</exception>
    public async Task<string> OfAsync(string name, string roles, params IReadOnlyList<string> channels)
    {
        var owner = $"{name}: {roles}";
        if (keys.TryGetValue(owner, out var there))
            return there;
        await creating.WaitAsync();
        try
        {
            if (!keys.TryGetValue(owner, out there))
                keys[owner] = there = await CreateAsync(name, roles, channels);
            return there;
        }
        finally
        {
            creating.Release();
        }
    }

    public void Dispose()
    {
        http.Dispose();
        creating.Dispose();
    }

    private async Task<string> CreateAsync(string name, string roles, IReadOnlyList<string> channels)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(app.BaseAddress, "api/v1/keys"))
        {
            Content = JsonContent.Create(
                new
                {
                    name,
                    roles = roles.Split(',', StringSplitOptions.TrimEntries),
                    channels,
                }
            ),
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", app.AdminKey) },
        };
        using var response = await http.SendAsync(request);
        return response.IsSuccessStatusCode
            ? (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("key").GetString()!
            : throw new LocalSetupException(
                $"The app created no key for {name}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}"
            );
    }
}
