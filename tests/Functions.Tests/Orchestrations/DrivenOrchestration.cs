using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Converters;
using Microsoft.DurableTask.Worker.Grpc;
using P = Microsoft.DurableTask.Protobuf;

namespace Stockgate.Functions.Tests.Orchestrations;

/// <summary>
/// One orchestration on the real SDK, turn by turn: its history is kept here, each turn replays all of it, activities are plain functions
/// and the clock moves when told. Nothing waits for a machine.
/// </summary>
internal sealed class DrivenOrchestration(Func<TaskOrchestrationContext, Task> orchestrator, string name, FakeTime time)
{
    private static readonly DataConverter Converter = JsonDataConverter.Default;

    private readonly Dictionary<string, Func<string?, object?>> activities = new(StringComparer.Ordinal);
    private readonly List<P.HistoryEvent> past = [],
        arrived = [];
    private readonly Dictionary<int, DateTimeOffset> timers = [];
    private int execution;

    public bool HasEnded { get; private set; }

    /// <summary>Activities that were called, in their order.</summary>
    public List<string> Called { get; } = [];

    public DrivenOrchestration On<TInput, TOutput>(string activity, Func<TInput, TOutput> run)
    {
        // The SDK sends what an activity is called with as an array of one.
        activities[activity] = input => run((TInput)Converter.Deserialize(input?[1..^1], typeof(TInput))!);
        return this;
    }

    public void Start(object input)
    {
        Begin(Converter.Serialize(input));
        Run();
    }

    /// <summary>What somebody raises; it is seen in the next turn.</summary>
    public void Raise(string signal, string data)
    {
        if (HasEnded)
            return;
        arrived.Add(
            Event(
                new P.HistoryEvent
                {
                    EventRaised = new P.EventRaisedEvent { Name = signal, Input = Converter.Serialize(data) },
                }
            )
        );
    }

    /// <summary>Runs turns until it waits for a signal or for the clock.</summary>
    public void Run()
    {
        while (!HasEnded)
        {
            foreach (var (id, at) in timers.Where(t => t.Value <= time.GetUtcNow()).ToList())
            {
                timers.Remove(id);
                arrived.Add(
                    Event(
                        new P.HistoryEvent
                        {
                            TimerFired = new P.TimerFiredEvent { TimerId = id, FireAt = Timestamp.FromDateTimeOffset(at) },
                        }
                    )
                );
            }
            if (arrived.Count == 0)
                return;
            Turn();
        }
    }

    private void Turn()
    {
        var request = new P.OrchestratorRequest { InstanceId = name };
        request.PastEvents.AddRange(past);
        request.NewEvents.Add(Event(new P.HistoryEvent { OrchestratorStarted = new P.OrchestratorStartedEvent() }));
        request.NewEvents.AddRange(arrived);
        arrived.Clear();
        var answered = GrpcOrchestrationRunner.LoadAndRun<string, object?>(
            Convert.ToBase64String(request.ToByteArray()),
            async (context, _) =>
            {
                await orchestrator(context);
                return null;
            }
        );
        past.AddRange(request.NewEvents);
        foreach (var action in P.OrchestratorResponse.Parser.ParseFrom(Convert.FromBase64String(answered)).Actions)
            Do(action);
        past.Add(Event(new P.HistoryEvent { OrchestratorCompleted = new P.OrchestratorCompletedEvent() }));
    }

    private void Do(P.OrchestratorAction action)
    {
        switch (action.OrchestratorActionTypeCase)
        {
            case P.OrchestratorAction.OrchestratorActionTypeOneofCase.ScheduleTask:
                var task = action.ScheduleTask;
                past.Add(
                    Event(
                        new P.HistoryEvent
                        {
                            EventId = action.Id,
                            TaskScheduled = new P.TaskScheduledEvent { Name = task.Name, Input = task.Input },
                        }
                    )
                );
                Called.Add(task.Name);
                var result = Converter.Serialize(activities[task.Name](task.Input));
                arrived.Add(
                    Event(
                        new P.HistoryEvent
                        {
                            TaskCompleted = new P.TaskCompletedEvent { TaskScheduledId = action.Id, Result = result },
                        }
                    )
                );
                break;
            case P.OrchestratorAction.OrchestratorActionTypeOneofCase.CreateTimer:
                past.Add(
                    Event(
                        new P.HistoryEvent
                        {
                            EventId = action.Id,
                            TimerCreated = new P.TimerCreatedEvent { FireAt = action.CreateTimer.FireAt },
                        }
                    )
                );
                timers[action.Id] = action.CreateTimer.FireAt.ToDateTimeOffset();
                break;
            case P.OrchestratorAction.OrchestratorActionTypeOneofCase.CompleteOrchestration:
                Complete(action.CompleteOrchestration);
                break;
            default:
                throw new InvalidOperationException($"{action.OrchestratorActionTypeCase} is not driven here.");
        }
    }

    private void Complete(P.CompleteOrchestrationAction done)
    {
        if (done.OrchestrationStatus == P.OrchestrationStatus.Failed)
            throw new InvalidOperationException($"{name} failed: {done.FailureDetails?.ErrorMessage}");
        timers.Clear();
        if (done.OrchestrationStatus != P.OrchestrationStatus.ContinuedAsNew)
        {
            HasEnded = true;
            return;
        }
        past.Clear();
        var carried = done.CarryoverEvents.ToList();
        var came = arrived.Where(static e => e.EventRaised is not null).ToList();
        arrived.Clear();
        Begin(done.Result);
        arrived.AddRange([.. carried, .. came]);
    }

    private void Begin(string? input) =>
        arrived.Add(
            Event(
                new P.HistoryEvent
                {
                    ExecutionStarted = new P.ExecutionStartedEvent
                    {
                        Name = name,
                        Input = input,
                        OrchestrationInstance = new P.OrchestrationInstance { InstanceId = name, ExecutionId = $"{++execution}" },
                    },
                }
            )
        );

    private P.HistoryEvent Event(P.HistoryEvent happened)
    {
        happened.Timestamp = Timestamp.FromDateTimeOffset(time.GetUtcNow());
        if (happened.EventId == 0 && happened.TaskScheduled is null && happened.TimerCreated is null)
            happened.EventId = -1;
        return happened;
    }
}
