using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace Stockgate.Emulator.Tests.Worker.Durable;

public sealed partial class DurableMistakeTests
{
    private const string Name = "Wrong";

    private sealed class ContextOfAnotherType { [Function(Name)] public Task Run([OrchestrationTrigger] string context) => Task.CompletedTask; }

    private sealed class ReturnsVoid { [Function(Name)] public void Run([OrchestrationTrigger] TaskOrchestrationContext context) { } }

    private sealed class AsyncVoid { [Function(Name)] public async void Run([OrchestrationTrigger] TaskOrchestrationContext context) => await context.CallActivityAsync("Any"); }

    private sealed class TwoInputs { [Function(Name)] public Task Run([OrchestrationTrigger] TaskOrchestrationContext context, string first, string second) => Task.CompletedTask; }

    private sealed class ServiceAsInput { [Function(Name)] public Task Run([OrchestrationTrigger] TaskOrchestrationContext context, ILogger logger) => Task.CompletedTask; }

    private sealed class ClientInOrchestrator
    {
        [Function(Name)] public Task Run([OrchestrationTrigger] TaskOrchestrationContext context, [DurableClient] DurableTaskClient client) => Task.CompletedTask;
    }

    private sealed class ByRef { [Function(Name)] public Task Run([OrchestrationTrigger] TaskOrchestrationContext context, ref int count) => Task.CompletedTask; }

    private sealed class RetriedOrchestrator
    {
        [Function(Name), FixedDelayRetry(3, "00:00:05")] public Task Run([OrchestrationTrigger] TaskOrchestrationContext context) => Task.CompletedTask;
    }

    private sealed class RetriedActivity { [Function(Name), ExponentialBackoffRetry(3, "00:00:05", "00:01:00")] public void Run([ActivityTrigger] string input) { } }

    private sealed class InterfaceInput { [Function(Name)] public void Run([ActivityTrigger] IDisposable input) { } }

    private sealed class DelegateInput { [Function(Name)] public void Run([ActivityTrigger] Action input) { } }

    private sealed class TokenInput { [Function(Name)] public void Run([ActivityTrigger] CancellationToken input) { } }

    private sealed class SecondActivityInput { [Function(Name)] public void Run([ActivityTrigger] string input, int count) { } }

    private sealed class ClientOfAnotherType { [Function(Name)] public void Run([TimerTrigger("0 0 3 1 1 *")] TimerInfo timer, [DurableClient] HttpClient client) { } }

    private sealed class OtherHub { [Function(Name)] public void Run([TimerTrigger("0 0 3 1 1 *")] TimerInfo timer, [DurableClient(TaskHub = "Elsewhere")] DurableTaskClient client) { } }

    private sealed class MissingHubSetting { [Function(Name)] public void Run([TimerTrigger("0 0 3 1 1 *")] TimerInfo timer, [DurableClient(TaskHub = "%Hub%")] DurableTaskClient client) { } }

    private sealed class ClientWithoutAttribute { [Function(Name)] public void Run([TimerTrigger("0 0 3 1 1 *")] TimerInfo timer, DurableTaskClient client) { } }

    private sealed class SameActivity
    {
        [Function("Right")] public void First([ActivityTrigger] string input) { }

        [Function(Name)] public void Second([ActivityTrigger(Activity = "right")] string input) { }
    }

    private sealed class SameOrchestrator
    {
        [Function("Right")] public Task First([OrchestrationTrigger(Orchestration = "One")] TaskOrchestrationContext context) => Task.CompletedTask;

        [Function(Name)] public Task Second([OrchestrationTrigger(Orchestration = "one")] TaskOrchestrationContext context) => Task.CompletedTask;
    }

    private sealed class Usable
    {
        [Function("Orchestrator")] public Task Orchestrator([OrchestrationTrigger] TaskOrchestrationContext context, IReadOnlyList<int> input, FunctionContext function, CancellationToken token) => Task.CompletedTask;

        [Function("Nodes")] public void Nodes([ActivityTrigger] System.Text.Json.Nodes.JsonNode? input) { }

        [Function("Lists")] public void Lists([ActivityTrigger] IDictionary<string, int> input, [DurableClient(TaskHub = "%Hub%")] DurableTaskClient client) { }
    }
}
