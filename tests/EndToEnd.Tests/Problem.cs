using System.Net.Http.Json;
using System.Text.Json;

namespace Stockgate.EndToEnd.Tests;

/// <summary>Holds an answer to RFC 9457 and to the problem that it should be.</summary>
internal static class Problem
{
    public static async Task IsAsync(HttpResponseMessage response, int status, string slug, string? field)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True((int)response.StatusCode == status, $"{(int)response.StatusCode}: {text}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal($"urn:stockgate:problem:{slug}", problem.GetProperty("type").GetString());
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        Assert.NotEmpty(problem.GetProperty("title").GetString()!);
        Assert.NotEmpty(problem.GetProperty("detail").GetString()!);
        Assert.Equal(field, problem.TryGetProperty("field", out var named) ? named.GetString() : null);
    }
}
