using Microsoft.AspNetCore.Builder;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Stockgate.Emulator.Worker.Durable;
using Stockgate.Emulator.Worker.Durable.Management;
using Stockgate.Emulator.Worker.Functions;
using Stockgate.Emulator.Worker.Http;
using Stockgate.Emulator.Worker.Messages;
using Stockgate.Emulator.Worker.Timers;

namespace Stockgate.Emulator.Worker.Hosting;

/// <summary>What each kind of trigger needs: checked before the host is built, mapped or listened to after.</summary>
internal sealed class TriggerCatalog(HostSettings host, IConfiguration configuration, bool servesHttp)
{
    private readonly Dictionary<Function, TimerSchedule> schedules = [];
    private readonly Dictionary<Function, MessageSource> sources = [];
    private readonly Dictionary<string, Function> served = [];

    /// <summary>The functions that are not started by HTTP, by name: these run by hand through the admin endpoint.</summary>
    public IReadOnlyDictionary<string, Func<string?, CancellationToken, Task>> ByHand => byHand;

    /// <summary>The orchestrators and activities.</summary>
    public DurableFunctions Durable { get; } = new(host, configuration);

    public IReadOnlyList<IListener> Listeners => listeners;

    public IEnumerable<MessageListener> MessageListeners => listeners.OfType<MessageListener>();

    private readonly Dictionary<string, Func<string?, CancellationToken, Task>> byHand = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<IListener> listeners = [];

    public void Check(IReadOnlyList<Function> functions, ICollection<string> mistakes)
    {
        foreach (var function in functions)
        {
            try
            {
                Check(function, mistakes);
            }
            catch (InvalidOperationException mistake)
            {
                mistakes.Add($"{function}: {mistake.Message}");
            }
        }
    }

    /// <summary>Makes endpoints and listeners. Opens the keys and the brokers, so that what is wrong with them stops the start.</summary>
    public void Map(WebApplication app, IReadOnlyList<Function> functions, string stateFolder)
    {
        var services = app.Services;
        var (time, logs) = (services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILoggerFactory>());
        var (pipeline, scopes, logger) = (services.GetRequiredService<InvocationPipeline>(), services.GetRequiredService<IServiceScopeFactory>(), logs.CreateLogger("Function"));
        var keys = FunctionKeys.Open(Path.Combine(stateFolder, "keys.json"), Console.WriteLine, Durable.AreUsed);
        var runs = new TimerRuns(Path.Combine(stateFolder, "timers.json"));
        foreach (var function in functions)
        {
            if (function.Trigger is HttpTriggerAttribute) HttpFunctions.Map(app, function, host, keys, pipeline, logger);
            if (schedules.TryGetValue(function, out var schedule))
            {
                var timer = new TimerListener(function, schedule, runs, pipeline, scopes, host, time, logger);
                listeners.Add(timer);
                byHand[function.Name] = (_, cancellation) => timer.RunOnceAsync(cancellation);
            }
            if (sources.TryGetValue(function, out var source))
            {
                var invoker = new MessageInvoker(function, source, pipeline, scopes, host, time, logger);
                listeners.Add(new MessageListener(source, invoker, host, time, logger));
                byHand[function.Name] = invoker.RunByHandAsync;
            }
        }
        if (Durable.AreUsed) ManagementEndpoints.Map(app, services.GetRequiredService<DurableHub>(), keys);
        AdminEndpoints.Map(app, this, keys, services.GetRequiredService<InFlight>(), logger);
    }

    private void Check(Function function, ICollection<string> mistakes)
    {
        Durable.Check(function, mistakes);
        if (function.Retry is { } retry && Retries.Check(retry) is { } wrong) mistakes.Add($"{function}: {wrong}");
        switch (function.Trigger)
        {
            case HttpTriggerAttribute when !servesHttp:
                mistakes.Add($"{function}: Program.cs does not call ConfigureFunctionsWebApplication(), which HTTP functions need");
                break;
            case HttpTriggerAttribute:
                HttpFunctions.Check(function, host, mistakes);
                HttpFunctions.CheckAlone(function, host, served, mistakes);
                break;
            case TimerTriggerAttribute timer:
                if (TimerListener.Bind(function, mistakes) is { } timerBinds) function.BindParameters(timerBinds);
                schedules[function] = TimerSchedule.Parse(SettingNames.Resolve(timer.Schedule, configuration));
                break;
            case ServiceBusTriggerAttribute:
                if (MessageParameters.Bind(function, mistakes) is { } binds) function.BindParameters(binds);
                sources[function] = MessageSource.Of(function, configuration);
                break;
            case OrchestrationTriggerAttribute or ActivityTriggerAttribute:
                break;
            default:
                mistakes.Add($"{function}: triggers of the kind {function.Trigger.GetType().Name} don't run on this runtime");
                break;
        }
    }
}
