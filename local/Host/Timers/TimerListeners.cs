using Microsoft.Extensions.Logging;
using Stockgate.Local.Host.Functions;
using Stockgate.Local.Host.Settings;
using Stockgate.Local.Host.Workers;

namespace Stockgate.Local.Host.Timers;

/// <summary>The timer functions of the app.</summary>
internal sealed class TimerListeners(
    HostArguments arguments,
    AppSettings settings,
    WorkerSupervisor workers,
    FunctionInputs inputs,
    TimeProvider time,
    ILogger<TimerListeners> log
)
{
    private readonly CancellationTokenSource stopping = new();
    private readonly Lazy<TimerRuns> runs = new(() => new TimerRuns(Path.Combine(arguments.State, "timers.json")));
    private TimerListener[] timers = [];
    private Task running = Task.CompletedTask;

    public void Fill(IEnumerable<FunctionDefinition> functions)
    {
        var made = new List<TimerListener>();
        foreach (var function in functions.Where(function => function.Runs && function.Trigger!.Is("timerTrigger")))
        {
            try
            {
                var schedule = TimerSchedule.Parse(settings.Resolve(function.Trigger!["schedule"] ?? ""));
                made.Add(new TimerListener(function, schedule, runs.Value, workers, inputs, time, log));
            }
            catch (HostFault wrong)
            {
                function.Fault = wrong.Message;
            }
        }
        timers = [.. made];
    }

    public TimerListener? Find(FunctionDefinition function) => timers.FirstOrDefault(timer => timer.Function == function);

    public void Start() => running = Task.WhenAll(timers.Select(timer => timer.RunAsync(stopping.Token)));

    /// <summary>Stops scheduling; running invocations continue.</summary>
    public async Task StopAsync()
    {
        await stopping.CancelAsync();
        await Task.WhenAny(running, Task.Delay(TimeSpan.FromSeconds(20), time));
    }
}
