using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Stockgate.EndToEnd.Tests.Access;

/// <summary>Every request that reads JSON refuses a field that it doesn't have, by its name: the description of the API says which.</summary>
[Collection(SharedApp.Name)]
public sealed class UnknownFieldTests(RunningApp running)
{
    // Events are taken in with unknown fields, a replayed record is one, and other systems' messages are theirs.
    private static readonly string[] NotOurs = ["AcceptChannelEvents", "ReplayQuarantinedRecord", "TakeMailReports", "Mcp"];

    private static readonly string[] OfAdmin = ["CreateKey", "RevokeKey", "PutChannel", "AddChannelSecret"];

    private const string Everything =
        "merchandiser,planner,operator,customer-service,pricing-lead,data-steward,policy-owner,finance,gate-owner,sales-channel";

    [Fact]
    public async Task Every_request_refuses_an_unknown_field_by_name()
    {
        using var http = new HttpClient { BaseAddress = running.App.BaseAddress };
        using var description = JsonDocument.Parse(await http.GetStringAsync(new Uri("api/openapi.json", UriKind.Relative)));
        var key = await running.Keys.OfAsync("Everybody", Everything);
        var (passed, asked) = (new List<string>(), 0);
        foreach (var path in description.RootElement.GetProperty("paths").EnumerateObject())
        foreach (var operation in path.Value.EnumerateObject().Where(static o => o.Name is "post" or "put").Where(ReadsOurJson))
        {
            var id = operation.Value.GetProperty("operationId").GetString()!;
            using var request = new HttpRequestMessage(HttpMethod.Parse(operation.Name), AddressOf(path.Name))
            {
                Content = new StringContent("{\"noSuchField\":1}", Encoding.UTF8, "application/json"),
            };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", OfAdmin.Contains(id) ? running.App.AdminKey : key);
            using var answer = await http.SendAsync(request);
            var said = await answer.Content.ReadAsStringAsync();
            asked++;
            if ((int)answer.StatusCode != 400 || !said.Contains("noSuchField is not known", StringComparison.Ordinal))
                passed.Add($"{id}: {(int)answer.StatusCode} {said}");
        }
        Assert.True(passed.Count == 0, string.Join('\n', passed));
        Assert.InRange(asked, 20, 100);
    }

    private static bool ReadsOurJson(JsonProperty operation) =>
        !NotOurs.Contains(operation.Value.GetProperty("operationId").GetString())
        && (
            !operation.Value.TryGetProperty("requestBody", out var body)
            || body.GetProperty("content").TryGetProperty("application/json", out _)
        )
        && operation.Value.GetProperty("security").GetArrayLength() > 0;

    private static Uri AddressOf(string path) =>
        new(
            string.Join('/', path.Split('/').Select(static s => s.StartsWith('{') ? "none" : s))
                + (path.EndsWith("/revert", StringComparison.Ordinal) ? "?since=2026-01-01T00:00:00Z" : ""),
            UriKind.Relative
        );
}
