using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Logging;
using Stockgate.Local.Host.Functions;
using Stockgate.Local.Host.Protocol;
using Stockgate.Local.Host.Settings;

namespace Stockgate.Local.Host.Workers;

/// <summary>Keeps one worker process running: starts it, starts it again after a crash, and gives up when it keeps crashing.</summary>
internal sealed class WorkerSupervisor(
    HostArguments arguments,
    HostJson host,
    AppSettings settings,
    FunctionCatalog catalog,
    WorkerLog log,
    TimeProvider time
)
{
    private const int MostCrashes = 5;
    private static readonly TimeSpan Stable = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource stopping = new();
    private readonly WorkerConfig config = WorkerConfig.Read(arguments.App);
    private readonly Lock gate = new();
    private volatile TaskCompletionSource<WorkerChannel> ready = New();
    private volatile Run? current;
    private volatile WorkerChannel? live;
    private volatile string lastError = "";
    private Task loop = Task.CompletedTask;

    /// <summary>Ends with the reason when the worker can't be kept running.</summary>
    public Task<string> GaveUp => gaveUp.Task;

    private readonly TaskCompletionSource<string> gaveUp = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int? ProcessId => current?.Process?.Id;

    /// <summary>The worker that takes calls; null while there is none.</summary>
    public WorkerChannel? Live => live;

    public void Start(Uri grpc) => loop = Task.Run(() => LoopAsync(grpc));

    /// <summary>The worker that takes calls, waited for.</summary>
    public ValueTask<WorkerChannel> ReadyAsync(CancellationToken cancellationToken) =>
        live is { } channel ? new(channel) : new(ready.Task.WaitAsync(cancellationToken));

    /// <exception cref="WorkerUnavailableException">None came within <paramref name="patience"/>.</exception>
    public ValueTask<WorkerChannel> ReadyAsync(TimeSpan patience) => live is { } channel ? new(channel) : new(WaitAsync(patience));

    /// <summary>A worker connected: its channel, or null when it is not the one that was started.</summary>
    public WorkerChannel? Connected(string workerId)
    {
        if (current is not { } run || run.Id != workerId || !run.Claim())
            return null;
        _ = InitializeAsync(run);
        return run.Channel;
    }

    /// <summary>Lets the calls in flight end, bounded, then the worker.</summary>
    public async Task StopAsync(TimeSpan patience)
    {
        var started = time.GetTimestamp();
        await stopping.CancelAsync();
        if (current is { } run)
        {
            while (run.Channel.InFlight > 0 && time.GetElapsedTime(started) < patience && !run.Channel.Closed.IsCompleted)
                await Task.Delay(TimeSpan.FromMilliseconds(20), time);
            run.Channel.Send(new() { WorkerTerminate = new() { GracePeriod = Duration.FromTimeSpan(TimeSpan.FromSeconds(5)) } });
            if (run.Process is { } process)
            {
                await Task.WhenAny(process.Ended, Task.Delay(TimeSpan.FromSeconds(5), time));
                await process.StopAsync(TimeSpan.FromSeconds(2));
            }
        }
        await loop;
    }

    private static TaskCompletionSource<WorkerChannel> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task<WorkerChannel> WaitAsync(TimeSpan patience)
    {
        try
        {
            return await ready.Task.WaitAsync(patience, time);
        }
        catch (TimeoutException)
        {
            throw new WorkerUnavailableException($"No worker was ready within {patience.TotalSeconds:0} s");
        }
    }

    private async Task LoopAsync(Uri grpc)
    {
        for (var crashes = 0; !stopping.IsCancellationRequested; )
        {
            var started = time.GetTimestamp();
            var why = await RunOnceAsync(grpc);
            if (stopping.IsCancellationRequested)
                return;
            crashes = time.GetElapsedTime(started) > Stable ? 1 : crashes + 1;
            if (crashes >= MostCrashes)
            {
                gaveUp.TrySetResult($"The worker ended {crashes} times in a row, so the host stops: {why}{lastError}");
                return;
            }
            var pause = TimeSpan.FromMilliseconds(crashes == 1 ? 0 : 250 * Math.Pow(2, crashes));
            log.Host.LogError("The worker ended: {Why}{Error}. Restarting it", why, lastError);
            await Task.Delay(pause, time, stopping.Token).ContinueWith(static _ => { }, TaskScheduler.Default);
        }
    }

    private async Task<string> RunOnceAsync(Uri grpc)
    {
        var run = current = new Run(Guid.NewGuid().ToString(), new WorkerChannel(log, host.FunctionTimeout, time) { Closing = Retire });
        try
        {
            await using var process = await ChildProcess.StartAsync(
                config.Executable,
                config.Arguments(grpc, run.Id),
                arguments.App,
                WorkerEnvironment.Build(settings, arguments.App),
                Line
            );
            run.Process = process;
            var overdue = WatchAsync(run);
            var exit = await process.Ended;
            run.Channel.Close("the worker process ended");
            await overdue;
            return run.Fault ?? $"exit code {exit}";
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            return $"'{config.Executable}' could not be started ({missing.Message})";
        }
        finally
        {
            run.Channel.Close("the worker process ended");
        }
    }

    private void Offer(WorkerChannel channel)
    {
        lock (gate)
        {
            if (channel.Closed.IsCompleted)
                return;
            live = channel;
            ready.TrySetResult(channel);
        }
    }

    private void Retire(WorkerChannel channel)
    {
        lock (gate)
        {
            if (live != channel)
                return;
            live = null;
            ready = New();
        }
    }

    private void Line(string line, bool error)
    {
        if (error && line.Contains("Unhandled exception", StringComparison.Ordinal))
            lastError = $" ({line.Trim()})";
        log.Line(line, error);
    }

    private async Task WatchAsync(Run run)
    {
        while (!run.Channel.Closed.IsCompleted)
        {
            await Task.WhenAny(run.Channel.Closed, Task.Delay(TimeSpan.FromMilliseconds(500), time));
            if (!run.Channel.CancelOverdue())
                continue;
            run.Fault = "a call did not end after its functionTimeout";
            run.Process!.Kill();
            return;
        }
        // A worker with a closed stream accepts no calls, so it is stopped and another one started.
        await Task.WhenAny(run.Process!.Ended, Task.Delay(TimeSpan.FromSeconds(5), time));
        run.Process!.Kill();
    }

    private async Task InitializeAsync(Run run)
    {
        try
        {
            await WorkerHandshake.RunAsync(run.Channel, catalog, arguments.App, log.Host);
            Offer(run.Channel);
        }
        catch (Exception fault)
        {
            run.Fault = fault.Message;
            run.Process?.Kill();
        }
    }

    private sealed class Run(string id, WorkerChannel channel)
    {
        private int claimed;

        public string Id => id;

        public WorkerChannel Channel => channel;

        public ChildProcess? Process { get; set; }

        public string? Fault { get; set; }

        public bool Claim() => Interlocked.Exchange(ref claimed, 1) == 0;
    }
}
