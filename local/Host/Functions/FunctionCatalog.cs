using Microsoft.Extensions.Logging;
using Stockgate.Local.Host.Protocol;
using Stockgate.Local.Host.Settings;

namespace Stockgate.Local.Host.Functions;

/// <summary>The functions of the app, ordered by name. Read from the first worker; a later one of the same build has the same.</summary>
internal sealed class FunctionCatalog(AppSettings settings, ILogger<FunctionCatalog> log)
{
    private static readonly string[] Known =
    [
        "httpTrigger",
        "timerTrigger",
        "serviceBusTrigger",
        "orchestrationTrigger",
        "activityTrigger",
        "entityTrigger",
    ];

    private readonly TaskCompletionSource read = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim turn = new(1);
    private Func<IReadOnlyList<FunctionDefinition>, Task> found = static _ => Task.CompletedTask;

    public IReadOnlyList<FunctionDefinition> Functions { get; private set; } = [];

    /// <summary>Ends when the functions are known.</summary>
    public Task Read => read.Task;

    /// <summary>What is to be done with the functions before the first call.</summary>
    public void OnFound(Func<IReadOnlyList<FunctionDefinition>, Task> action) => found = action;

    public FunctionDefinition? Find(string name) =>
        Functions.FirstOrDefault(function => function.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    public async Task ReadAsync(FunctionMetadataResponse metadata)
    {
        await turn.WaitAsync();
        try
        {
            if (read.Task.IsCompleted)
                return;
            Functions =
            [
                .. metadata.FunctionMetadataResults.Select(Define).OrderBy(function => function.Name, StringComparer.OrdinalIgnoreCase),
            ];
            await found(Functions);
            foreach (var function in Functions.Where(function => function.Fault is not null))
                log.LogError("{Function} is disabled: {Fault}", function.Name, function.Fault);
            read.SetResult();
        }
        finally
        {
            turn.Release();
        }
    }

    private FunctionDefinition Define(RpcFunctionMetadata metadata)
    {
        var disabled = settings[$"AzureWebJobs.{metadata.Name}.Disabled"];
        var function = new FunctionDefinition(metadata) { Disabled = disabled is "1" || bool.TryParse(disabled, out var flag) && flag };
        if (function.Trigger is not { } trigger)
            function.Fault = "it has no trigger";
        else if (!Known.Contains(trigger.Type, StringComparer.OrdinalIgnoreCase))
            function.Fault = $"this host does not know the trigger '{trigger.Type}'; it knows {string.Join(", ", Known)}";
        return function;
    }
}
