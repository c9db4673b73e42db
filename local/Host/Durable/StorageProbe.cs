using System.Net.Sockets;

namespace Stockgate.Local.Host.Durable;

/// <summary>Asks whether the storage of a connection string listens, which is quicker than the retries of its clients.</summary>
internal sealed class StorageProbe
{
    private readonly (string Host, int Port)[] endpoints;
    private readonly bool missing;

    public StorageProbe(string? connection)
    {
        missing = string.IsNullOrWhiteSpace(connection);
        endpoints = [.. Endpoints(connection ?? "")];
    }

    /// <returns>What is wrong; null when everything listens.</returns>
    public async Task<string?> TryAsync(CancellationToken cancellationToken)
    {
        if (missing)
            return "the setting 'AzureWebJobsStorage' is missing";
        foreach (var (host, port) in endpoints)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(host, port, cancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(5), cancellationToken);
            }
            catch (Exception away) when (away is SocketException or TimeoutException)
            {
                return $"AzureWebJobsStorage does not answer at {host}:{port}";
            }
            catch (OperationCanceledException)
            {
                return "the host is stopping";
            }
        }
        return null;
    }

    private static IEnumerable<(string Host, int Port)> Endpoints(string connection)
    {
        if (connection.Contains("UseDevelopmentStorage=true", StringComparison.OrdinalIgnoreCase))
            return [("127.0.0.1", 10000), ("127.0.0.1", 10001), ("127.0.0.1", 10002)];
        return connection
            .Split(';', StringSplitOptions.RemoveEmptyEntries)
            .Select(part => part.Split('=', 2))
            .Where(part => part.Length == 2 && part[0].Trim().EndsWith("Endpoint", StringComparison.OrdinalIgnoreCase))
            .Select(part => Uri.TryCreate(part[1], UriKind.Absolute, out var uri) ? (uri.Host, uri.Port) : ("", 0))
            .Where(endpoint => endpoint.Item2 > 0)
            .Distinct();
    }
}
