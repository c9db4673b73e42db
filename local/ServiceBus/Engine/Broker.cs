using Stockgate.Local.ServiceBus.Config;
using Stockgate.Local.ServiceBus.Sqlite;
using Stockgate.Local.ServiceBus.Storage;

namespace Stockgate.Local.ServiceBus.Engine;

/// <summary>
/// The queues of one file. Everything that changes runs on the writer's thread (<see cref="GroupCommit{TEngine}"/>), so nothing here takes
/// a lock; what callers may read from their own threads never changes after opening.
/// </summary>
internal sealed class Broker : ICommitEngine<Broker>
{
    private const int DueAtOnce = 4_096;
    private const long LongestTimer = TimeSpan.TicksPerDay;

    private readonly TimeProvider _time;
    private readonly SqliteFile _file;
    private readonly ProcessLock _ownership;
    private readonly ITimer _timer;
    private readonly Queue<Lane> _stirredLanes = [];
    private readonly Queue<BrokerQueue> _stirredQueues = [];
    private readonly List<Operation<Broker>> _finished = [];
    private long _armedFor = long.MaxValue;

    public Broker(string path, EntitySettings settings, TimeProvider time)
    {
        Path = path;
        _time = time;
        _ownership = Ownership.Take(path);
        try
        {
            _file = BrokerFile.Open(path);
            Now = time.GetUtcNow().UtcTicks;
            Bodies = new Bodies(_file);
            Waiting = new Waiting(_file);
            Arrivals = new Arrivals(_file, Waiting);
            Due = new DueTimes(_file);
            States = new SessionStates(_file);
            Catalog = new Catalog(this, _file, settings);
            Intake = new Intake(this, _file);
            Handout = new Handout(this);
            Settlement = new Settlement(this);
            Sessions = new Sessions(this);
            Catalog.Load(_file);
        }
        catch
        {
            _file?.Dispose();
            _ownership.Dispose();
            throw;
        }
        Writer = new GroupCommit<Broker>(this);
        _timer = time.CreateTimer(
            static broker => ((Broker)broker!).Writer.Wake(new WakeOperation()),
            this,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan
        );
        Writer.Wake(new WakeOperation());
    }

    public string Path { get; }

    public string ThreadName => "Service Bus broker";

    public GroupCommit<Broker> Writer { get; }

    public Catalog Catalog { get; }

    /// <summary>The time of the group being run, in UTC ticks.</summary>
    public long Now { get; private set; }

    public Bodies Bodies { get; }

    public Waiting Waiting { get; }

    public Arrivals Arrivals { get; }

    public DueTimes Due { get; }

    public SessionStates States { get; }

    public Deadlines Deadlines { get; } = new();

    public Intake Intake { get; }

    public Handout Handout { get; }

    public Settlement Settlement { get; }

    public Sessions Sessions { get; }

    /// <summary>Runs the operations in one transaction and answers those that are done.</summary>
    public void Commit(List<Operation<Broker>> group)
    {
        Now = _time.GetUtcNow().UtcTicks;
        _file.Begin();
        // What ran out first: an operation must not find a lock that is over.
        Deadlines.Expire(Now);
        RunDue();
        foreach (var operation in group)
        {
            try
            {
                operation.Execute(this);
            }
            catch (Exception e) when (e is BrokerException or InvalidOperationException or OperationCanceledException)
            {
                operation.Refuse(e);
                Finish(operation);
            }
        }
        ServeWaiting();
        Intake.Save();
        _file.Commit();
        foreach (var operation in _finished)
            operation.Publish();
        _finished.Clear();
        ArmTimer();
    }

    public void Finish(Operation<Broker> operation) => _finished.Add(operation);

    public void Stir(Lane lane)
    {
        if (lane.Stirred)
            return;
        lane.Stirred = true;
        _stirredLanes.Enqueue(lane);
    }

    public void Stir(BrokerQueue queue)
    {
        if (queue.Stirred)
            return;
        queue.Stirred = true;
        _stirredQueues.Enqueue(queue);
    }

    /// <summary>The operations without an answer when the broker ends.</summary>
    public IEnumerable<Operation<Broker>> Unanswered()
    {
        var receivers = Catalog.Queues.SelectMany(queue => queue.Lanes).SelectMany(lane => lane.Receivers);
        return _finished.Concat(receivers).Concat(Catalog.Queues.SelectMany(queue => queue.Accepting));
    }

    public Exception Stopped(Exception? fault) =>
        fault is null
            ? new BrokerException($"The broker of {Path} is closed.", BrokerFailure.Stopped)
            : new BrokerException(
                $"The broker of {Path} stopped: {fault.Message} Restart the process; accepted messages are in the file.",
                BrokerFailure.Stopped,
                fault
            );

    public async Task Close()
    {
        await Writer.Drain();
        await _timer.DisposeAsync();
        _file.Dispose();
        _ownership.Dispose();
    }

    private void RunDue()
    {
        for (var i = 0; i < DueAtOnce && Due.Take(Now) is { } row; i++)
            Intake.Run(row);
    }

    // In the same transaction as what they wait for: a waiting receiver costs no flush of its own.
    private void ServeWaiting()
    {
        while (_stirredQueues.Count + _stirredLanes.Count > 0)
        {
            if (_stirredQueues.TryDequeue(out var queue))
            {
                queue.Stirred = false;
                Sessions.Serve(queue);
            }
            if (_stirredLanes.TryDequeue(out var lane))
            {
                lane.Stirred = false;
                Handout.Serve(lane);
            }
        }
    }

    private void ArmTimer()
    {
        var next = Math.Min(Deadlines.Next, Due.Next);
        if (next == _armedFor && next > Now)
            return;
        _armedFor = next;
        // The clock is read again: it may have moved on since the group began, and a timer set from a stale reading would fire late.
        var wait =
            next == long.MaxValue ? Timeout.InfiniteTimeSpan : new TimeSpan(Math.Clamp(next - _time.GetUtcNow().UtcTicks, 0, LongestTimer));
        _timer.Change(wait, Timeout.InfiniteTimeSpan);
        if (wait > TimeSpan.Zero && _time.GetUtcNow().UtcTicks >= next)
            Writer.Wake(new WakeOperation());
    }

    private sealed class WakeOperation : Operation<Broker>
    {
        public override void Execute(Broker broker) => broker._armedFor = 0;

        public override void Publish() { }

        public override void Refuse(Exception reason) { }
    }
}
