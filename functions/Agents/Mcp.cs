using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Stockgate.Domain;
using Stockgate.Domain.Access;
using Stockgate.Functions.Access;
using Stockgate.Functions.Api;
using Stockgate.Platform;
using Stockgate.Platform.Http;

namespace Stockgate.Functions.Agents;

/// <summary>
/// Model Context Protocol for AI assistants: streamable HTTP without sessions, so that any instance answers any request. A caller sees the
/// tools that its roles allow.
/// </summary>
public sealed class Mcp(ReadingTools reading, AskingTools asking, ILoggerFactory loggers)
{
    private const string Instructions =
        "Retail operations: promotions, stock, prices, orders. Figures have their age and source: say so when you pass them on. "
        + "You read and propose; people decide, and no tool approves.";

    [Function("Mcp")]
    [Summary("Model Context Protocol: tools for an AI assistant")]
    [Accepts(null)]
    [Answers(200, MediaType = "text/event-stream")]
    public async Task<IResult> Call(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", "get", Route = "mcp")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken
    )
    {
        if (!HttpMethods.IsPost(request.Method))
            throw OnlyPost();
        var message = await ReadAsync(request, cancellationToken);
        await using var transport = new StreamableHttpServerTransport(loggers) { Stateless = true };
        await using var server = McpServer.Create(transport, OptionsFor(request.Caller(), client), loggers);
        var running = server.RunAsync(cancellationToken);
        var response = request.HttpContext.Response;
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-store";
        if (!await transport.HandlePostRequestAsync(message, response.Body, cancellationToken))
        {
            // A notification has no answer.
            response.ContentType = null;
            response.StatusCode = StatusCodes.Status202Accepted;
        }
        await transport.DisposeAsync();
        await running;
        return Results.Empty;
    }

    private McpServerOptions OptionsFor(Caller caller, DurableTaskClient client)
    {
        var options = new McpServerOptions
        {
            ServerInfo = new Implementation { Name = "stockgate", Version = "1" },
            ServerInstructions = Instructions,
            ToolCollection = [],
        };
        foreach (var tool in ToolsFor(caller, client))
            options.ToolCollection.Add(tool.Create());
        options.Filters.Request.CallToolFilters.Add(ToolProblems.Told);
        return options;
    }

    internal IEnumerable<AgentTool> ToolsFor(Caller caller, DurableTaskClient client) =>
        reading.All.Append(asking.ProposeFor(caller, client)).Where(tool => tool.IsFor(caller));

    private static async Task<JsonRpcMessage> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var body = await RequestBody.ReadAsync(request, cancellationToken);
        try
        {
            return JsonSerializer.Deserialize<JsonRpcMessage>(body.Memory.Span, McpJsonUtilities.DefaultOptions)
                ?? throw Unfit("The body is null.");
        }
        catch (JsonException wrong)
        {
            throw Unfit(JsonMistake.Of(wrong).Reason);
        }
    }

    private static ProblemException Unfit(string why) =>
        new(StatusCodes.Status400BadRequest, "unfit-message", "Invalid message", $"Send one JSON-RPC 2.0 message. {why}", "body");

    private static ProblemException OnlyPost() =>
        new(
            StatusCodes.Status405MethodNotAllowed,
            "only-post",
            "POST only",
            "There are no sessions and no messages from the server by itself: POST each message to /api/mcp."
        )
        {
            Headers = new Dictionary<string, string> { ["Allow"] = "POST" },
        };
}
