using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Stockgate.Emulator.Tests.Worker.Durable;

public sealed class TraceTests
{
    private static class Functions
    {
        [Function("TracedStart")]
        public static async Task<string> Start([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request, [DurableClient] DurableTaskClient client)
        {
            var id = await client.ScheduleNewOrchestrationInstanceAsync("TracedRun");
            var ended = await client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true);
            return $"{Activity.Current!.TraceId} {ended.ReadOutputAs<string>()}";
        }

        [Function("TracedRun")]
        public static async Task<string> Run([OrchestrationTrigger] TaskOrchestrationContext context) =>
            $"{await context.CallActivityAsync<string>("TracedActivity")} {await context.CallSubOrchestratorAsync<string>("TracedChild")}";

        [Function("TracedChild")]
        public static Task<string> Child([OrchestrationTrigger] TaskOrchestrationContext context) => context.CallActivityAsync<string>("TracedActivity");

        [Function("TracedActivity")]
        public static string Act([ActivityTrigger] TaskActivityContext context) => Activity.Current!.TraceId.ToString();
    }

    [Fact]
    public async Task Activities_belong_to_the_trace_that_started_their_orchestration_also_those_of_its_children()
    {
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Microsoft.Azure.Functions.Worker",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);
        await using var host = await WorkerHost.StartAsync([typeof(Functions)]);
        var traces = (await host.Http.GetStringAsync("/api/tracedstart")).Trim('"').Split(' ');
        Assert.Equal(3, traces.Length);
        Assert.Single(traces.Distinct());
    }
}
