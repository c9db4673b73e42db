using System.Collections.Concurrent;
using System.Threading.Channels;
using Grpc.Core;
using Microsoft.Extensions.Logging;
using Stockgate.Local.Host.Functions;
using Stockgate.Local.Host.Protocol;

namespace Stockgate.Local.Host.Workers;

/// <summary>The stream to one worker process: what is sent, what is awaited, and the calls in flight.</summary>
internal sealed class WorkerChannel(WorkerLog log, TimeSpan functionTimeout, TimeProvider time)
{
    /// <summary>How long after functionTimeout a call may ignore its token before the worker is restarted.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    // One write for several messages: a flush per message would be a system call per message.
    private static readonly WriteOptions Buffered = new(WriteFlags.BufferHint),
        Flushed = new();

    private readonly Channel<StreamingMessage> outgoing = Channel.CreateUnbounded<StreamingMessage>(new() { SingleReader = true });
    private readonly ConcurrentDictionary<string, Invocation> inFlight = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<StreamingMessage>> replies = new();
    private readonly TaskCompletionSource closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Where the worker answers HTTP; null when it has no ASP.NET Core integration.</summary>
    public string? HttpUri { get; set; }

    public Task Closed => closed.Task;

    /// <summary>Called before the calls in flight fail, so that no new call comes here.</summary>
    public Action<WorkerChannel> Closing { get; init; } = static _ => { };

    public int InFlight => inFlight.Count;

    /// <summary>Serves the stream until the worker ends it.</summary>
    public async Task RunAsync(
        IAsyncStreamReader<StreamingMessage> incoming,
        IServerStreamWriter<StreamingMessage> stream,
        CancellationToken stopping
    )
    {
        var writing = WriteAsync(stream);
        try
        {
            while (await incoming.MoveNext(stopping))
                Receive(incoming.Current);
        }
        catch (Exception ended) when (ended is IOException or OperationCanceledException or Grpc.Core.RpcException)
        {
            // A killed worker's connection breaks; the process reports that, not this stream.
        }
        finally
        {
            Close("the worker process ended");
            await writing;
        }
    }

    public Invocation Begin(FunctionDefinition function, InvocationRequest request)
    {
        var deadline =
            functionTimeout == Timeout.InfiniteTimeSpan
                ? long.MaxValue
                : time.GetTimestamp() + (long)(functionTimeout.TotalSeconds * time.TimestampFrequency);
        var invocation = new Invocation(request.InvocationId, function.Name, deadline);
        inFlight[invocation.Id] = invocation;
        if (!outgoing.Writer.TryWrite(new StreamingMessage { InvocationRequest = request }) && inFlight.TryRemove(invocation.Id, out _))
            invocation.TrySetException(new WorkerProcessExitException("the worker process ended"));
        return invocation;
    }

    public void Cancel(Invocation invocation)
    {
        if (inFlight.ContainsKey(invocation.Id))
            Send(
                new()
                {
                    InvocationCancel = new() { InvocationId = invocation.Id, GracePeriod = new() },
                }
            );
    }

    public void Send(StreamingMessage message) => outgoing.Writer.TryWrite(message);

    /// <exception cref="WorkerProcessExitException">The worker ended before it answered.</exception>
    public Task<StreamingMessage> AskAsync(StreamingMessage question, string? key = null)
    {
        question.RequestId = Guid.NewGuid().ToString();
        var reply = replies[key ?? question.RequestId] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Send(question);
        if (Closed.IsCompleted)
            reply.TrySetException(new WorkerProcessExitException("the worker process ended"));
        return reply.Task;
    }

    /// <summary>Cancels the calls whose time is over. True when one did not honour its token: the worker has to be restarted.</summary>
    public bool CancelOverdue()
    {
        var (now, stuck) = (time.GetTimestamp(), false);
        foreach (var invocation in inFlight.Values)
        {
            if (invocation.Deadline > now)
                continue;
            stuck |= invocation.TimedOut;
            if (invocation.TimedOut)
                continue;
            log.Host.LogError(
                "{Function} did not end within {Timeout} (functionTimeout) and is cancelled",
                invocation.Function,
                functionTimeout
            );
            invocation.TimedOut = true;
            invocation.Deadline = now + (long)(Grace.TotalSeconds * time.TimestampFrequency);
            Cancel(invocation);
        }
        return stuck;
    }

    /// <summary>Fails everything that still waits for this worker.</summary>
    public void Close(string why)
    {
        Closing(this);
        outgoing.Writer.TryComplete();
        closed.TrySetResult();
        foreach (var reply in replies.Values)
            reply.TrySetException(new WorkerProcessExitException($"No response: {why}."));
        foreach (var id in inFlight.Keys)
            if (inFlight.TryRemove(id, out var invocation))
                invocation.TrySetException(new WorkerProcessExitException($"{invocation.Function}: {why}."));
    }

    private void Receive(StreamingMessage message)
    {
        switch (message.ContentCase)
        {
            case StreamingMessage.ContentOneofCase.InvocationResponse:
                if (inFlight.TryRemove(message.InvocationResponse.InvocationId, out var invocation))
                    invocation.TrySetResult(message.InvocationResponse);
                break;
            case StreamingMessage.ContentOneofCase.RpcLog:
                log.Write(message.RpcLog);
                break;
            case StreamingMessage.ContentOneofCase.FunctionLoadResponse:
                if (replies.TryRemove(message.FunctionLoadResponse.FunctionId, out var load))
                    load.TrySetResult(message);
                break;
            default:
                if (replies.TryRemove(message.RequestId, out var reply))
                    reply.TrySetResult(message);
                break;
        }
    }

    private async Task WriteAsync(IServerStreamWriter<StreamingMessage> stream)
    {
        try
        {
            while (await outgoing.Reader.WaitToReadAsync())
            while (outgoing.Reader.TryRead(out var message))
            {
                stream.WriteOptions = outgoing.Reader.TryPeek(out _) ? Buffered : Flushed;
                await stream.WriteAsync(message);
            }
        }
        catch (Exception ended)
            when (ended is IOException or OperationCanceledException or Grpc.Core.RpcException or InvalidOperationException)
        {
            Close("the worker process ended");
        }
    }
}
