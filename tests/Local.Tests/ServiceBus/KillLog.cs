namespace Stockgate.Local.Tests.ServiceBus;

/// <summary>What clients know of a broker that is killed: what it acknowledged, and what it handed out in which order.</summary>
internal sealed class KillLog
{
    private readonly Lock _gate = new();
    private readonly HashSet<string> _sent = [];
    private readonly HashSet<string> _settling = [];
    private readonly HashSet<string> _settled = [];
    private readonly HashSet<string> _seen = [];
    private readonly HashSet<string> _left = [];
    private readonly Dictionary<string, int> _lastOfSender = [];
    private readonly List<string> _mistakes = [];

    public int Sent
    {
        get
        {
            lock (_gate)
                return _sent.Count;
        }
    }

    public int Settled
    {
        get
        {
            lock (_gate)
                return _settled.Count;
        }
    }

    public void Acknowledged(string id)
    {
        lock (_gate)
            _sent.Add(id);
    }

    /// <summary>A message was handed out in a session; an id is "sender:number".</summary>
    public void Received(string id, bool inOrder)
    {
        lock (_gate)
        {
            if (_settled.Contains(id))
                _mistakes.Add($"{id} came back after it was settled");
            if (!_seen.Add(id) || !inOrder)
                return;
            var (sender, number) = (id[..id.IndexOf(':')], int.Parse(id[(id.IndexOf(':') + 1)..]));
            if (_lastOfSender.TryGetValue(sender, out var last) && last > number)
                _mistakes.Add($"{id} came after {last}");
            _lastOfSender[sender] = number;
        }
    }

    public void Settling(string id)
    {
        lock (_gate)
            _settling.Add(id);
    }

    public void Completed(string id)
    {
        lock (_gate)
            _settled.Add(id);
    }

    public void Left(string id)
    {
        lock (_gate)
            if (!_left.Add(id))
                _mistakes.Add($"{id} is there twice");
    }

    public List<string> Mistakes()
    {
        lock (_gate)
        {
            // What was being settled at a kill may be there or not; all else that was acknowledged must be.
            var missing = _sent.Except(_left).Except(_settling).Select(id => $"{id} is missing");
            return [.. _mistakes, .. missing];
        }
    }
}
