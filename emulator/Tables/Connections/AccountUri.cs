using System.Net;

namespace Stockgate.Emulator.Tables.Connections;

/// <summary>
/// Takes an endpoint apart. Azure puts the account in the host (<c>account.table.core.windows.net/table</c>), emulators in the path
/// (<c>127.0.0.1:10002/account/table</c>).
/// </summary>
internal static class AccountUri
{
    /// <summary>The account's name, or an empty string.</summary>
    public static string AccountName(Uri endpoint) =>
        HasAccountInPath(endpoint) ? Segments(endpoint).FirstOrDefault("") : endpoint.Host.Split('.')[0];

    /// <summary>An endpoint that ends in a table, as that of the account and the table's name; the query (a SAS) stays with the account.</summary>
    /// <exception cref="ArgumentException">The endpoint names no table.</exception>
    public static (Uri Account, string Table) SplitTable(Uri endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        var segments = Segments(endpoint);
        var accountSegments = HasAccountInPath(endpoint) ? 1 : 0;
        if (segments.Length != accountSegments + 1)
            throw new ArgumentException($"{endpoint.GetLeftPart(UriPartial.Path)} names no table; append '/' and the table's name.", nameof(endpoint));
        var account = new UriBuilder(endpoint) { Path = string.Join('/', segments[..accountSegments]) };
        return (account.Uri, segments[^1]);
    }

    private static bool HasAccountInPath(Uri endpoint) => IPAddress.TryParse(endpoint.Host.Trim('[', ']'), out _) || !endpoint.Host.Contains('.');

    private static string[] Segments(Uri endpoint) => endpoint.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries);
}
