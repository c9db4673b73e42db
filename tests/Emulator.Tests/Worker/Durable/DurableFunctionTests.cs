using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Stockgate.Emulator.Tests.Worker.Durable;

public sealed class DurableFunctionTests
{
    internal sealed record Order(string Sku, int Quantity);

    internal sealed class Shelf
    {
        public int Taken { get; set; }
    }

    internal sealed class Ordering(Probe probe, Shelf shelf, Shelf sameShelf)
    {
        [Function("Order")]
        public async Task<string> Start([HttpTrigger(AuthorizationLevel.Anonymous, "post")] HttpRequest request, [Microsoft.Azure.Functions.Worker.Http.FromBody] Order order, [DurableClient] DurableTaskClient client)
        {
            var id = await client.ScheduleNewOrchestrationInstanceAsync("Fulfil", order);
            var ended = await client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true);
            return ended.ReadOutputAs<string>() ?? ended.FailureDetails?.ToString() ?? "nothing";
        }

        [Function("Fulfil")]
        public async Task<string> Fulfil([OrchestrationTrigger] TaskOrchestrationContext context, Order order, FunctionContext function)
        {
            var picked = await context.CallActivityAsync<string>("Pick", order);
            return $"{picked}, {await context.CallSubOrchestratorAsync<string>("Pack", order.Sku)}, {function.FunctionDefinition.Name}";
        }

        [Function("PickFromShelf")]
        public string Pick([ActivityTrigger(Activity = "Pick")] Order order, TaskActivityContext call, FunctionContext function, CancellationToken cancellation, string instanceId)
        {
            shelf.Taken += order.Quantity;
            probe.Saw($"{call.Name.Name} {function.FunctionDefinition.Name} {call.InstanceId == instanceId} {function.BindingContext.BindingData["instanceId"]!.Equals(instanceId)} {cancellation.CanBeCanceled}");
            return $"{sameShelf.Taken} of {order.Sku}";
        }
    }

    internal static class Packing
    {
        [Function("Pack")]
        public static async Task<string> Pack([OrchestrationTrigger] TaskOrchestrationContext context) => await context.CallActivityAsync<string>("Wrap", context.GetInput<string>());

        [Function("Wrap")]
        public static Task<string> Wrap([ActivityTrigger] string what) => Task.FromResult($"{what} in paper");
    }

    internal static class WithoutInput
    {
        [Function("Go")]
        public static async Task<IResult> Go([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request, [DurableClient(TaskHub = "testhubname", ConnectionName = "Storage")] DurableTaskClient client)
        {
            var id = await client.ScheduleNewOrchestrationInstanceAsync("Run", new StartOrchestrationOptions("run-1"));
            return Results.Text((await client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true)).SerializedOutput);
        }

        [Function("Run")]
        public static async Task<string> Run([OrchestrationTrigger] TaskOrchestrationContext context, int? count)
        {
            await context.CallActivityAsync("ByFunctionContext");
            return $"{count?.ToString() ?? "none"} {await context.CallActivityAsync<string>("ByActivityContext")}";
        }

        [Function("ByActivityContext")]
        public static string ByActivityContext([ActivityTrigger] TaskActivityContext context) => context.InstanceId;

        [Function("ByFunctionContext")]
        public static void ByFunctionContext([ActivityTrigger] FunctionContext context)
        {
        }
    }

    internal sealed class FromActivity(Probe probe)
    {
        [Function("First")]
        public static Task First([OrchestrationTrigger] TaskOrchestrationContext context) => context.CallActivityAsync("StartAnother", context.InstanceId);

        [Function("StartAnother")]
        public static Task StartAnother([ActivityTrigger] string first, [DurableClient] DurableTaskClient client) => client.ScheduleNewOrchestrationInstanceAsync("Second", first);

        [Function("Second")]
        public static Task Second([OrchestrationTrigger] TaskOrchestrationContext context, string first) => context.CallActivityAsync("Tell", first);

        [Function("Tell")]
        public void Tell([ActivityTrigger] string what) => probe.Saw(what);

        [Function("OnTimer")]
        public static Task OnTimer([TimerTrigger("0 0 3 1 1 *", RunOnStartup = true)] TimerInfo timer, [DurableClient] DurableTaskClient client) =>
            client.ScheduleNewOrchestrationInstanceAsync("First", new StartOrchestrationOptions("by-timer"));

        [Function("OnMessage")]
        public static Task OnMessage([ServiceBusTrigger("plain", Connection = WorkerHost.Connection)] string id, [DurableClient] DurableTaskClient client) =>
            client.ScheduleNewOrchestrationInstanceAsync("First", new StartOrchestrationOptions(id));
    }

    [Fact]
    public async Task Http_function_starts_an_orchestration_of_classes_and_statics_and_awaits_it()
    {
        await using var host = await WorkerHost.StartAsync([typeof(Ordering), typeof(Packing)], builder => builder.Services.AddScoped<Shelf>());
        Assert.Equal("\"3 of tea, tea in paper, Fulfil\"", await PostAsync(host, "/api/order", """{"sku":"tea","quantity":3}"""));
        Assert.Equal("Pick PickFromShelf True True True", await host.Probe.NextAsync());
        // A scope of its own for every activity: what the last one took is not seen by the next.
        Assert.Equal("\"2 of tea, tea in paper, Fulfil\"", await PostAsync(host, "/api/order", """{"sku":"tea","quantity":2}"""));
    }

    [Fact]
    public async Task Activity_without_an_input_takes_a_context_and_an_absent_input_is_null()
    {
        await using var host = await WorkerHost.StartAsync(typeof(WithoutInput));
        Assert.Equal("\"none run-1\"", await host.Http.GetStringAsync("/api/go"));
    }

    [Fact]
    public async Task Timer_message_and_activity_functions_have_the_client()
    {
        await using var host = await WorkerHost.StartAsync(typeof(FromActivity));
        Assert.Equal("by-timer", await host.Probe.NextAsync());
        await using var bus = new Azure.Messaging.ServiceBus.ServiceBusClient(host.Folder.ConnectionString);
        await bus.CreateSender("plain").SendMessageAsync(new Azure.Messaging.ServiceBus.ServiceBusMessage("by-message"));
        Assert.Equal("by-message", await host.Probe.NextAsync());
    }

    [Fact]
    public async Task Middleware_is_around_orchestrators_and_activities()
    {
        var seen = new System.Collections.Concurrent.ConcurrentQueue<string>();
        await using var host = await WorkerHost.StartAsync([typeof(Packing), typeof(Starting)], builder => builder.UseMiddleware(async (context, next) =>
        {
            await next();
            seen.Enqueue($"{context.FunctionDefinition.Name} {context.FunctionDefinition.InputBindings.Values.First().Type} {context.BindingContext.BindingData.GetValueOrDefault("instanceId")}");
        }));
        Assert.Equal("Completed", await host.Http.GetStringAsync("/api/start?id=one"));
        Assert.Equal(["Wrap activityTrigger one", "Pack orchestrationTrigger one", "Start httpTrigger "], seen);
    }

    [Fact]
    public async Task Middleware_that_awaits_something_else_around_an_orchestration_is_named()
    {
        await using var host = await WorkerHost.StartAsync([typeof(Packing), typeof(Starting)], builder => builder.UseMiddleware(async (context, next) =>
        {
            await Task.Delay(1);
            await next();
        }));
        Assert.Contains("middleware that awaits outside of orchestrations", await host.Http.GetStringAsync("/api/start?id=one"));
    }

    internal static class Starting
    {
        [Function("Start")]
        public static async Task<IResult> Start([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request, [DurableClient] DurableTaskClient client)
        {
            var id = await client.ScheduleNewOrchestrationInstanceAsync("Pack", new StartOrchestrationOptions(request.Query["id"]));
            var ended = await client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true);
            return Results.Text(ended.FailureDetails?.ErrorMessage ?? ended.RuntimeStatus.ToString());
        }
    }

    private static async Task<string> PostAsync(WorkerHost host, string path, string json)
    {
        var answer = await host.Http.PostAsync(path, new StringContent(json, System.Text.Encoding.UTF8, "application/json"));
        return await answer.Content.ReadAsStringAsync();
    }
}
