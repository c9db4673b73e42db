using Microsoft.Extensions.Logging;

namespace Stockgate.Local.Host.ServiceBus;

/// <summary>Receives the messages of one function.</summary>
internal interface IMessageListener
{
    void Start();

    /// <summary>Receives nothing more and waits for what is in work.</summary>
    Task StopAsync();
}

/// <summary>Logs once when the broker becomes unavailable and once when it is available again.</summary>
internal sealed class BrokerWatch(string function, string source, ILogger log)
{
    private int away;

    public void Fault(Exception fault)
    {
        if (Interlocked.Exchange(ref away, 1) == 0)
        {
            var what = fault.Message.Split('\n')[0].Trim();
            log.LogError("{Function}: receiving from {Source} failed ({Error}). Retrying", function, source, what);
        }
    }

    public void Works()
    {
        if (away == 1 && Interlocked.Exchange(ref away, 0) == 1)
            log.LogInformation("{Function}: receiving from {Source} again", function, source);
    }
}
