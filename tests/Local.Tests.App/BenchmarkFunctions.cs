using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace Stockgate.Local.Tests.App;

/// <summary>What is measured: orchestrations with nothing of their own to do.</summary>
public static class BenchmarkFunctions
{
    [Function("Fives")]
    public static async Task<int> Fives([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var sum = 0;
        for (var number = 0; number < 5; number++)
            sum = await context.CallActivityAsync<int>("AddOne", sum);
        return sum;
    }

    [Function("AddOne")]
    public static int AddOne([ActivityTrigger] int number) => number + 1;

    [Function("WaitsForGo")]
    public static Task<string> WaitsForGo([OrchestrationTrigger] TaskOrchestrationContext context) =>
        context.WaitForExternalEvent<string>("Go");
}
