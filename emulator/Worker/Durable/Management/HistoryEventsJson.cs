using System.Text.Json;
using Microsoft.DurableTask;
using Stockgate.Emulator.DurableTask.History;

namespace Stockgate.Emulator.Worker.Durable.Management;

/// <summary>A history as the extension shows it: what has ended takes its beginning along, turns are left out.</summary>
internal sealed class HistoryEventsJson(Utf8JsonWriter json, bool showInput, bool showOutput)
{
    public void Write(IReadOnlyList<HistoryEvent> events)
    {
        var ended = events.OfType<CallEnded>().Select(e => e.TaskId).ToHashSet();
        var calls = new Dictionary<int, MadeCall>();
        foreach (var e in events)
        {
            if (e is MadeCall call) calls[call.Id] = call;
            if (e is OrchestratorStarted || e is MadeCall made && ended.Contains(made.Id)) continue;
            json.WriteStartObject();
            json.WriteString("EventType", e.GetType().Name);
            json.WriteString("Timestamp", e.At);
            if (e is CallEnded end && calls.TryGetValue(end.TaskId, out var begun))
            {
                json.WriteString("ScheduledTime", begun.At);
                WriteCall(begun);
            }
            WriteOwn(e);
            json.WriteEndObject();
        }
    }

    private void WriteOwn(HistoryEvent e)
    {
        switch (e)
        {
            case ExecutionStarted started:
                json.WriteString("FunctionName", started.Name);
                WriteInput(started.Input);
                break;
            case ExecutionCompleted completed:
                json.WriteString("OrchestrationStatus", completed.Status.ToString());
                WriteResult(completed.Result);
                WriteFailure(completed.FailureDetails);
                break;
            case MadeCall waiting:
                WriteCall(waiting);
                break;
            case TaskCompleted task:
                WriteResult(task.Result);
                break;
            case SubOrchestrationInstanceCompleted child:
                WriteResult(child.Result);
                break;
            case TaskFailed task:
                WriteFailure(task.FailureDetails);
                break;
            case SubOrchestrationInstanceFailed child:
                WriteFailure(child.FailureDetails);
                break;
            case EventRaised raised:
                json.WriteString("Name", raised.Name);
                WriteInput(raised.Input);
                break;
            case ExecutionTerminated terminated:
                WriteResult(terminated.Output);
                break;
            case ExecutionSuspended { Reason: { } reason }:
                json.WriteString("Reason", reason);
                break;
            case ExecutionResumed { Reason: { } reason }:
                json.WriteString("Reason", reason);
                break;
        }
    }

    private void WriteCall(MadeCall call)
    {
        if (call is TimerCreated timer) json.WriteString("FireAt", timer.FireAt);
        var (name, input) = call switch
        {
            TaskScheduled task => (task.Name, task.Input),
            SubOrchestrationInstanceCreated child => (child.Name, child.Input),
            EventSent sent => (sent.Name, sent.Input),
            _ => (null, null),
        };
        if (name is null) return;
        json.WriteString(call is EventSent ? "Name" : "FunctionName", name);
        WriteInput(input);
    }

    private void WriteInput(string? input)
    {
        if (showInput && input is not null) StatusJson.WritePayload(json, "Input", input);
    }

    private void WriteResult(string? result)
    {
        if (showOutput && result is not null) StatusJson.WritePayload(json, "Result", result);
    }

    private void WriteFailure(TaskFailureDetails? failure)
    {
        if (failure is not null) json.WriteString("Reason", failure.ErrorMessage);
    }
}
