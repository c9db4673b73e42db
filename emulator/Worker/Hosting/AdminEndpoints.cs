using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Stockgate.Emulator.Worker.Durable.Management;
using Stockgate.Emulator.Worker.Functions;
using Stockgate.Emulator.Worker.Http;

namespace Stockgate.Emulator.Worker.Hosting;

/// <summary>The host's own endpoints: is it up, and run a function by hand.</summary>
/// <remarks>Protocol: https://learn.microsoft.com/azure/azure-functions/functions-manually-run-non-http.</remarks>
internal static class AdminEndpoints
{
    public static void Map(WebApplication app, TriggerCatalog triggers, FunctionKeys keys, InFlight inFlight, ILogger logger)
    {
        app.MapMethods("/admin/host/ping", ["GET", "POST"], static () => Results.Ok());
        // Not on the real host, where the portal shows the same of a namespace.
        app.MapGet("/admin/servicebus", async (HttpContext http) => keys.Allows(http.Request, string.Empty, AuthorizationLevel.Admin)
            ? Results.Ok(await Task.WhenAll(triggers.MessageListeners.Select(async listener => await listener.CountAsync())))
            : Results.Unauthorized());
        app.MapPost("/admin/functions/{name}", async (HttpContext http, string name) =>
        {
            if (!keys.Allows(http.Request, name, AuthorizationLevel.Admin)) return Results.Unauthorized();
            if (triggers.Durable.OrchestratorOf(name) is { } orchestrator)
                return Results.Problem($"'{name}' is an orchestrator: start it with POST {ManagementGuard.Path}/orchestrators/{orchestrator} and the input as the JSON body.", statusCode: 404, title: "Not run by hand");
            if (!triggers.ByHand.TryGetValue(name, out var run))
                return Results.Problem($"No function '{name}' that is started by a timer or a message. There are: {string.Join(", ", triggers.ByHand.Keys.Order())}.", statusCode: 404, title: "Unknown function");
            ManualRun? body;
            try
            {
                body = await http.Request.ReadFromJsonAsync<ManualRun>(http.RequestAborted);
            }
            catch (Exception unfit) when (unfit is JsonException or InvalidOperationException)
            {
                return Results.Problem("Send JSON such as {\"input\": \"text that the trigger gets\"}, with content type application/json.", statusCode: 400, title: "Unreadable body");
            }
            // As on the real host the answer does not wait for the run; its failure is in the log.
            _ = RunAsync(stopping => run(body?.Input, stopping), name, inFlight, app.Lifetime.ApplicationStopping, logger);
            return Results.Accepted();
        });
    }

    private static async Task RunAsync(Func<CancellationToken, Task> run, string name, InFlight inFlight, CancellationToken stopping, ILogger logger)
    {
        // Counted before the answer goes out, so that a shutdown waits for it; then off this thread, which a function without an await would hold.
        using var counted = inFlight.Enter();
        await Task.Yield();
        try
        {
            await run(stopping);
        }
        catch (Exception fault)
        {
            logger.LogError(fault, "{Function}, run by hand, failed", name);
        }
    }

    private sealed record ManualRun([property: JsonPropertyName("input")] string? Input);
}
