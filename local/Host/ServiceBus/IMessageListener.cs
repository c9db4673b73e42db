using Microsoft.Extensions.Logging;

namespace Stockgate.Local.Host.ServiceBus;

/// <summary>Receives the messages of one function.</summary>
internal interface IMessageListener
{
    void Start();

    /// <summary>Receives nothing more and waits for what is in work.</summary>
    Task StopAsync();
}

/// <summary>Says once that the broker is away, and once that it is back.</summary>
internal sealed class BrokerWatch(string function, string source, ILogger log)
{
    private int away;

    public void Fault(Exception fault)
    {
        if (Interlocked.Exchange(ref away, 1) == 0)
        {
            var what = fault.Message.Split('\n')[0].Trim();
            log.LogError("{Function}: {Source} can't be received from ({Error}). It is tried again", function, source, what);
        }
    }

    public void Works()
    {
        if (away == 1 && Interlocked.Exchange(ref away, 0) == 1)
            log.LogInformation("{Function}: {Source} is received from again", function, source);
    }
}
