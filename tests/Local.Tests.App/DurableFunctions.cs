using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Client.Entities;
using Microsoft.DurableTask.Entities;

namespace Stockgate.Local.Tests.App;

public static class DurableFunctions
{
    public sealed record Greeting(string Name, DateTimeOffset At, string LooksLikeADate);

    [Function("Hello")]
    public static async Task<string[]> Hello([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var name = context.GetInput<string>() ?? "nobody";
        var greeting = await context.CallActivityAsync<Greeting>("Greet", name);
        return [greeting.Name, greeting.LooksLikeADate, await context.CallActivityAsync<string>("Shout", greeting.Name)];
    }

    [Function("Greet")]
    public static Greeting Greet([ActivityTrigger] string name) =>
        new($"Hello {name}", DateTimeOffset.UnixEpoch, "2026-01-02T03:04:05.000");

    [Function("Shout")]
    public static string Shout([ActivityTrigger] string name, FunctionContext context) => name.ToUpperInvariant();

    [Function("Retries")]
    public static async Task<int> Retries([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var options = TaskOptions.FromRetryPolicy(new RetryPolicy(4, TimeSpan.FromMilliseconds(100)));
        return await context.CallActivityAsync<int>("Flaky", context.InstanceId, options);
    }

    [Function("Flaky")]
    public static int Flaky([ActivityTrigger] string id)
    {
        Journal.Write(id, "tried");
        var tries = Journal.Read(id).Length;
        return tries >= 3 ? tries : throw new ArgumentException($"try {tries} fails");
    }

    [Function("Fails")]
    public static async Task<string> Fails([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        try
        {
            await context.CallActivityAsync("AlwaysFails", "x");
            return "no failure";
        }
        catch (TaskFailedException failed)
        {
            var details = failed.FailureDetails;
            return $"{details.ErrorType}|{details.ErrorMessage}|{details.IsCausedBy<ArgumentException>()}";
        }
    }

    [Function("AlwaysFails")]
    public static void AlwaysFails([ActivityTrigger] string input) => throw new ArgumentException("it always fails");

    [Function("Unhandled")]
    public static Task Unhandled([OrchestrationTrigger] TaskOrchestrationContext context) =>
        throw new InvalidOperationException("nobody caught this");

    [Function("Timer")]
    public static async Task<string> Timer([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        await context.CreateTimer(TimeSpan.FromSeconds(1), CancellationToken.None);
        return "rang";
    }

    [Function("Parent")]
    public static async Task<string> Parent([OrchestrationTrigger] TaskOrchestrationContext context) =>
        string.Join(
            ',',
            (
                await Task.WhenAll(
                    context.CallSubOrchestratorAsync<string[]>("Hello", "a"),
                    context.CallSubOrchestratorAsync<string[]>("Hello", "b")
                )
            ).Select(r => r[2])
        );

    [Function("Waiting")]
    public static async Task<string> Waiting([OrchestrationTrigger] TaskOrchestrationContext context) =>
        "got " + await context.WaitForExternalEvent<string>("go");

    [Function("LongWork")]
    public static async Task<int> LongWork([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        // With retries: an activity in flight when a worker dies fails, in the real host too; an orchestrator is tried again by itself.
        var retried = TaskOptions.FromRetryPolicy(new RetryPolicy(5, TimeSpan.FromMilliseconds(200)));
        var sum = 0;
        for (var i = 0; i < 10; i++)
            sum += await context.CallActivityAsync<int>("Step", i, retried);
        return sum;
    }

    [Function("Step")]
    public static async Task<int> Step([ActivityTrigger] int step)
    {
        await Task.Delay(300);
        return step;
    }

    [Function("UsesCounter")]
    public static async Task<int> UsesCounter([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var counter = new EntityInstanceId("Counter", context.InstanceId);
        await context.Entities.CallEntityAsync(counter, "Add", 3);
        await context.Entities.CallEntityAsync(counter, "Add", 4);
        return await context.Entities.CallEntityAsync<int>(counter, "Get");
    }

    [Function("Start")]
    public static async Task<IActionResult> Start(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "start/{name}/{id}")] HttpRequest request,
        string name,
        string id,
        [DurableClient] DurableTaskClient client
    )
    {
        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(name, request.Query["input"].ToString(), new StartOrchestrationOptions(id));
            return new AcceptedResult();
        }
        // An OrchestrationAlreadyExistsException: the client makes it of the status AlreadyExists.
        catch (Exception refused)
        {
            return new ConflictObjectResult(refused.GetType().Name);
        }
    }

    [Function("Status")]
    public static async Task<IActionResult> Status(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "state/{id}")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client
    )
    {
        var instance = await client.GetInstanceAsync(id, getInputsAndOutputs: true);
        return instance is null
            ? new NotFoundResult()
            : new OkObjectResult(
                new
                {
                    status = instance.RuntimeStatus.ToString(),
                    output = instance.SerializedOutput,
                    error = instance.FailureDetails?.ErrorMessage,
                }
            );
    }

    [Function("Raise")]
    public static async Task<IActionResult> Raise(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "raise/{id}/{value}")] HttpRequest request,
        string id,
        string value,
        [DurableClient] DurableTaskClient client
    )
    {
        try
        {
            await client.RaiseEventAsync(id, "go", value);
            return new OkResult();
        }
        catch (RpcException refused)
        {
            return new ConflictObjectResult(refused.StatusCode.ToString());
        }
    }

    [Function("Management")]
    public static IActionResult Management(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "management/{id}")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client
    ) => new OkObjectResult(client.CreateHttpManagementPayload(id));
}

public sealed class Counter : TaskEntity<int>
{
    public void Add(int amount) => State += amount;

    public int Get() => State;

    [Function(nameof(Counter))]
    public static Task Dispatch([EntityTrigger] TaskEntityDispatcher dispatcher) => dispatcher.DispatchAsync<Counter>();
}
