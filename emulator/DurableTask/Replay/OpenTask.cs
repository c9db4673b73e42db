using Microsoft.DurableTask;

namespace Stockgate.Emulator.DurableTask.Replay;

/// <summary>A task that the orchestrator may await, until its event arrives.</summary>
internal abstract class OpenTask(string name, string payload)
{
    /// <summary>The activity, orchestration, timer or event that it waits for.</summary>
    public string Name => name;

    /// <summary>Ends the task when its token is cancelled; taken back when it ends otherwise, so that a long-lived token does not collect them.</summary>
    public CancellationTokenRegistration Registration { get; set; }

    /// <summary>What its value is called in messages: "The result of activity 'Charge'".</summary>
    protected string Payload => payload;

    /// <summary>Whether the code can be resumed by it.</summary>
    public abstract bool MayBeAwaited { get; }

    public abstract void Complete(string? result);

    public abstract void Fail(Exception failure);

    public abstract void Cancel(CancellationToken cancellation);
}

/// <inheritdoc />
internal sealed class OpenTask<T>(string name, string payload, DataConverter converter) : OpenTask(name, payload)
{
    // Continuations run inside SetResult or are posted to the turn's context: either way on the thread of the turn.
    private readonly TaskCompletionSource<T> source = new();

    public Task<T> Task => source.Task;

    public override bool MayBeAwaited => Continuation.MayBeThere(source.Task);

    public override void Complete(string? result)
    {
        Registration.Dispose();
        T value;
        try
        {
            value = (T)Payloads.Read(converter, result, typeof(T), Payload)!;
        }
        catch (InvalidOperationException unfit)
        {
            source.TrySetException(unfit);
            return;
        }
        source.TrySetResult(value);
    }

    public override void Fail(Exception failure) => source.TrySetException(failure);

    public override void Cancel(CancellationToken cancellation) => source.TrySetCanceled(cancellation);
}
