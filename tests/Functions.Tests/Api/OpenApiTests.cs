using System.Text.Json;
using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;
using Stockgate.Functions.Access;
using Stockgate.Functions.Api;

namespace Stockgate.Functions.Tests.Api;

/// <summary>The API's description is whole, and describes what there is.</summary>
public class OpenApiTests
{
    private static readonly JsonElement Root = JsonDocument.Parse(OpenApiText.Text).RootElement;

    private static IEnumerable<(string Path, JsonProperty Operation)> Operations =>
        Root.GetProperty("paths").EnumerateObject().SelectMany(static p => p.Value.EnumerateObject().Select(o => (p.Name, o)));

    [Fact]
    public void The_document_is_valid_OpenAPI_3_1()
    {
        var read = OpenApiDocument.Parse(OpenApiText.Text, "json");
        Assert.Empty(read.Diagnostic?.Errors ?? []);
        Assert.Equal(OpenApiSpecVersion.OpenApi3_1, read.Diagnostic!.SpecificationVersion);
    }

    [Fact]
    public void Every_function_of_the_host_is_described_and_every_description_is_a_function()
    {
        using var metadata = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "functions.metadata")));
        var routes =
            from function in metadata.RootElement.EnumerateArray()
            from binding in function.GetProperty("bindings").EnumerateArray()
            where binding.GetProperty("type").GetString() == "httpTrigger"
            let route = binding.GetProperty("route").GetString()!
            where !route.Contains('*', StringComparison.Ordinal)
            from method in binding.GetProperty("methods").EnumerateArray()
            select $"{method.GetString()} /api/{route}";
        Assert.Equal(
            routes.Order(StringComparer.Ordinal),
            Operations.Select(static o => $"{o.Operation.Name} {o.Path}").Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void Every_operation_has_a_summary_an_answer_and_says_who_may_call_it() =>
        Assert.All(
            Operations.Select(static o => o.Operation),
            static operation =>
            {
                Assert.InRange(operation.Value.GetProperty("summary").GetString()!.Length, 10, 100);
                Assert.Contains(operation.Value.GetProperty("responses").EnumerateObject(), static r => r.Name[0] is '2' or '3');
                Assert.NotEmpty(operation.Value.GetProperty("description").GetString()!);
            }
        );

    [Fact]
    public void Only_open_routes_need_no_credential() =>
        Assert.Equal(
            ApiOperation
                .All.Where(static o => o.Rule.OpenBecause is not null)
                .SelectMany(static o => o.Methods.Select(_ => o.Path))
                .Order(),
            Operations.Where(static o => o.Operation.Value.GetProperty("security").GetArrayLength() == 0).Select(static o => o.Path).Order()
        );

    [Fact]
    public void What_takes_an_idempotency_key_says_so_and_how_it_refuses()
    {
        var taking = Operations
            .Where(static o =>
                o.Operation.Value.TryGetProperty("parameters", out var p)
                && p.ToString().Contains("Idempotency-Key", StringComparison.Ordinal)
            )
            .ToList();
        Assert.Contains("/api/v1/keys", taking.Select(static o => o.Path));
        Assert.DoesNotContain("/api/v1/channels/{channel}/events", taking.Select(static o => o.Path));
        Assert.All(
            taking,
            static o =>
            {
                Assert.Equal("post", o.Operation.Name);
                var answers = o.Operation.Value.GetProperty("responses");
                Assert.True(answers.GetProperty("409").GetProperty("headers").TryGetProperty("Retry-After", out _));
                Assert.True(answers.TryGetProperty("422", out _));
            }
        );
    }

    [Fact]
    public void What_is_limited_says_so_in_every_answer() =>
        Assert.All(
            ApiOperation.All.Where(static o => o.Rule.OpenBecause is null || o.Name == "AcceptChannelEvents"),
            static o =>
            {
                var answers = Root.GetProperty("paths").GetProperty(o.Path).GetProperty(o.Methods[0]).GetProperty("responses");
                foreach (var answer in answers.EnumerateObject().Where(static a => a.Name is "429" || a.Name[0] is '2' or '3'))
                    Assert.True(answer.Value.GetProperty("headers").TryGetProperty("RateLimit", out _), $"{o.Name} {answer.Name}");
            }
        );

    [Fact]
    public void Operation_ids_are_unique()
    {
        var ids = Operations.Select(static o => o.Operation.Value.GetProperty("operationId").GetString()).ToList();
        Assert.Equal(ids.Distinct().Count(), ids.Count);
    }

    [Fact]
    public void What_reads_a_body_says_so()
    {
        string[] without = ["ApproveAction", "DecideItemPrices", "ResendDelivery", "RevokeKey", "SignOut", "StartForecast", "SteerReplay"];
        Assert.Equal(
            without,
            ApiOperation
                .All.Where(static o => o.Methods.Any(static m => m is "post" or "put") && o.Accepts is null)
                .Select(static o => o.Name)
                .Order()
        );
    }

    [Fact]
    public void The_page_lists_every_operation()
    {
        var page = new ApiDescription().Page(new Microsoft.AspNetCore.Http.DefaultHttpContext().Request);
        var html = Assert.IsType<Microsoft.AspNetCore.Http.HttpResults.ContentHttpResult>(page).ResponseContent!;
        Assert.All(ApiOperation.All, operation => Assert.Contains(operation.Path, html, StringComparison.Ordinal));
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.DoesNotContain("https://", html, StringComparison.Ordinal);
    }
}
