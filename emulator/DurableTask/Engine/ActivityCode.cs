using Microsoft.DurableTask;
using Microsoft.Extensions.DependencyInjection;
using Stockgate.Emulator.DurableTask.History;
using Stockgate.Emulator.DurableTask.Replay;
using Stockgate.Emulator.DurableTask.Storage;

namespace Stockgate.Emulator.DurableTask.Engine;

/// <summary>Runs the code of activities. Whatever it throws becomes the call's outcome.</summary>
internal sealed class ActivityCode(HubOptions options, DurableTaskRegistry tasks, IServiceProvider services, TimeProvider time)
{
    public async Task<HistoryEvent> RunAsync(ActivityCall call)
    {
        var task = call.Task;
        try
        {
            var result = await CallAsync(call);
            return new TaskCompleted(time.GetUtcNow().UtcDateTime, task.Id, result);
        }
        catch (UnknownFunctionException unknown)
        {
            return Failed(task, new TaskFailureDetails(Retry.UnknownActivity, unknown.Message, null!, null!, null!));
        }
        catch (Exception thrown)
        {
            return Failed(task, TaskFailureDetails.FromException(thrown));
        }
    }

    private async Task<string?> CallAsync(ActivityCall call)
    {
        var task = call.Task;
        if (task.Starts >= options.MaxActivityStarts)
            throw new InvalidOperationException(
                $"Activity '{task.Name}' was running {task.Starts} times when the process ended, so it is not begun again: it seems to be what ends it. Mend it and call it anew.");
        if (!tasks.TryFindActivity(task.Name, task.Version, out var make)) throw UnknownFunctionException.Activity(task.Name, task.Version, tasks.ActivityNames);
        await using var scope = services.CreateAsyncScope();
        var activity = make(scope.ServiceProvider);
        var input = Payloads.Read(options.Converter, task.Input, activity.InputType, $"The input of activity '{task.Name}'");
        var result = await activity.RunAsync(new ActivityContext(call), input!);
        return Payloads.Write(options.Converter, result, $"The result of activity '{task.Name}'");
    }

    private TaskFailed Failed(PendingTask task, TaskFailureDetails failure) => new(time.GetUtcNow().UtcDateTime, task.Id, failure);
}

/// <summary>What an activity sees of its call.</summary>
internal sealed class ActivityContext(ActivityCall call) : TaskActivityContext
{
    public override TaskName Name => call.Task.Name;

    public override string InstanceId => call.Caller.Id;

    public override string Version => call.Task.Version ?? string.Empty;

    /// <summary>The W3C trace context that the activity belongs to; null for none.</summary>
    public string? Trace => call.Caller.Trace;
}
