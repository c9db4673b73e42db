using System.Net;
using System.Text;
using System.Text.Json;
using Stockgate.Emulator.Tests.ServiceBus;

namespace Stockgate.Emulator.Tests.Worker.Durable;

/// <summary>Calls the management endpoints of a host with the key of its file.</summary>
internal static class Managed
{
    public const string Path = "/runtime/webhooks/durabletask";

    public static string Key(TemporaryFolder folder)
    {
        using var keys = JsonDocument.Parse(File.ReadAllBytes(WorkerHost.KeysFile(folder)));
        return keys.RootElement.GetProperty("durabletask_extension").GetString()!;
    }

    /// <param name="json">The body; null for none.</param>
    public static async Task<HttpResponseMessage> SendAsync(this WorkerHost host, HttpMethod method, string path, string? json = null, string type = "application/json", string? continuation = null)
    {
        using var request = new HttpRequestMessage(method, Path + path);
        request.Headers.Add("x-functions-key", Key(host.Folder));
        if (continuation is not null) request.Headers.Add("x-ms-continuation-token", continuation);
        if (json is not null) request.Content = new StringContent(json, Encoding.UTF8, type);
        return await host.Http.SendAsync(request);
    }

    public static async Task<JsonElement> ReadAsync(this HttpResponseMessage answer) => JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;

    /// <summary>A problem: its status, that it says so in its form, and its detail.</summary>
    public static async Task<string> ProblemAsync(this HttpResponseMessage answer, HttpStatusCode status)
    {
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        return (await answer.ReadAsync()).GetProperty("detail").GetString()!;
    }

    /// <summary>Starts an orchestration.</summary>
    public static async Task<string> BeginAsync(this WorkerHost host, string name, string id, string? input = null)
    {
        var answer = await host.SendAsync(HttpMethod.Post, $"/orchestrators/{name}/{id}", input);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        return id;
    }

    /// <summary>Asks for the status until it is this one.</summary>
    public static async Task<JsonElement> UntilAsync(this WorkerHost host, string id, string status, string query = "")
    {
        while (true)
        {
            var answer = await host.SendAsync(HttpMethod.Get, $"/instances/{id}{query}");
            var instance = await answer.ReadAsync();
            if (instance.GetProperty("runtimeStatus").GetString() == status) return instance;
            await Task.Delay(5);
        }
    }
}
