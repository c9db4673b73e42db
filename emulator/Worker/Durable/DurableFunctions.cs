using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.Extensions.Configuration;
using Stockgate.Emulator.Worker.Functions;
using Stockgate.Emulator.Worker.Hosting;

namespace Stockgate.Emulator.Worker.Durable;

/// <summary>The app's orchestrators and activities, checked at start and handed to the engine.</summary>
internal sealed class DurableFunctions(HostSettings host, IConfiguration configuration)
{
    private readonly Dictionary<string, Function> orchestrators = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Function> activities = new(StringComparer.OrdinalIgnoreCase);
    private string? hubName;

    /// <summary>Whether the app needs a task hub.</summary>
    public bool AreUsed { get; private set; }

    /// <summary>The task hub's name, settings resolved.</summary>
    /// <exception cref="InvalidOperationException">A setting in it is missing, or it is no name.</exception>
    public string HubName => hubName ??= SettingNames.Resolve(host.Durable.HubName, configuration) is var name && DurableSettings.IsHubName(name)
        ? name
        : throw new InvalidOperationException($"host.json: extensions.durableTask.hubName is '{name}'; 3 to 45 letters and digits that begin with a letter are needed");

    /// <summary>The name under which a function's orchestrator is started; null where the function is no orchestrator.</summary>
    public string? OrchestratorOf(string function) => orchestrators.FirstOrDefault(o => o.Value.Name.Equals(function, StringComparison.OrdinalIgnoreCase)).Key;

    /// <summary>Binds an orchestrator or activity; of any other function only what it has of the durable parts is checked.</summary>
    public void Check(Function function, ICollection<string> mistakes)
    {
        if (function.Trigger is OrchestrationTriggerAttribute orchestration) CheckOrchestrator(function, orchestration, mistakes);
        else
        {
            if (function.Trigger is ActivityTriggerAttribute activity) CheckActivity(function, activity, mistakes);
            if (function.Method.GetParameters().Any(p => p.IsDefined(typeof(DurableClientAttribute), inherit: false)))
                AreUsed |= DurableClientParameter.Check(function, HubName, configuration, mistakes);
        }
    }

    /// <summary>Everything the hub runs, by name.</summary>
    public DurableTaskRegistry Register(InvocationPipeline pipeline, TimeProvider time)
    {
        var tasks = new DurableTaskRegistry();
        foreach (var (name, function) in orchestrators) tasks.AddOrchestratorOfServices(name, services => new OrchestratorFunction(function, pipeline, services));
        foreach (var (name, function) in activities)
        {
            var input = ActivityParameters.InputType(function);
            tasks.AddActivity(name, services => new ActivityFunction(function, input, pipeline, host.FunctionTimeout, time, services));
        }
        return tasks;
    }

    private void CheckOrchestrator(Function function, OrchestrationTriggerAttribute trigger, ICollection<string> mistakes)
    {
        Add(orchestrators, function, trigger.Orchestration, mistakes);
        if (function.Method.ReturnType == typeof(void))
            mistakes.Add($"{function}: an orchestrator that returns void ends with its first await; return Task or Task<T>");
        if (OrchestratorParameters.Bind(function, mistakes) is { } binds) function.BindParameters(binds);
    }

    private void CheckActivity(Function function, ActivityTriggerAttribute trigger, ICollection<string> mistakes)
    {
        Add(activities, function, trigger.Activity, mistakes);
        if (ActivityParameters.Bind(function, mistakes) is { } binds) function.BindParameters(binds);
    }

    private void Add(Dictionary<string, Function> ofKind, Function function, string? named, ICollection<string> mistakes)
    {
        AreUsed = true;
        _ = HubName;
        var name = named is { Length: > 0 } ? named : function.Name;
        if (!ofKind.TryAdd(name, function)) mistakes.Add($"{function}: {ofKind[name]} has the name '{name}' already, which its trigger attribute or function name gives it");
        if (function.Retry is not null)
            mistakes.Add($"{function}: retry attributes do nothing on orchestrators and activities; pass TaskOptions with a retry policy where it is called, and remove the attribute");
    }
}
