using Stockgate.Local.ServiceBus.Sqlite;

namespace Stockgate.Local.ServiceBus.Engine;

/// <summary>The claim of this process to a broker's file.</summary>
internal static class Ownership
{
    public static ProcessLock Take(string path) =>
        ProcessLock.Take(
            path,
            e => new BrokerException(
                $"{path} is in use by another process. One process owns a broker's file: "
                    + "stop the other one, or give this one its own file with --data.",
                BrokerFailure.Stopped,
                e
            )
        );
}
