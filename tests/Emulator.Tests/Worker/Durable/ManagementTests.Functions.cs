using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace Stockgate.Emulator.Tests.Worker.Durable;

public sealed partial class ManagementTests
{
    internal sealed record Line(string Sku, int Quantity);

    internal static class Functions
    {
        [Function("Echo")]
        public static async Task<Line?> Echo([OrchestrationTrigger] TaskOrchestrationContext context, Line? line) => await context.CallActivityAsync<Line?>("Same", line);

        [Function("Same")]
        public static Line? Same([ActivityTrigger] Line? line) => line;

        [Function("Waiting")]
        public static async Task<Line> Waiting([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            context.SetCustomStatus(new { waits = true });
            return await context.WaitForExternalEvent<Line>("Go");
        }

        [Function("Failing")]
        public static async Task Failing([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            await context.CreateTimer(TimeSpan.FromMilliseconds(1), CancellationToken.None);
            throw new InvalidOperationException("no stock");
        }
    }
}
