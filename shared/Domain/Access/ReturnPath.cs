namespace Stockgate.Domain.Access;

/// <summary>Where a browser goes after it signed in: an address of this app's API, never another site.</summary>
public static class ReturnPath
{
    /// <summary>Where it goes if it says nothing, or nothing that can be taken.</summary>
    public const string Usual = "/api/v1/reports/latest";

    private const string Root = "/api/v1/";

    private const int LongestPath = 1000;

    /// <summary>The path as it was asked for, if it is one of ours.</summary>
    public static string Of(string? asked) => IsOurs(asked) ? asked! : Usual;

    // A browser takes \ for /, and // for the beginning of another host. Segments of dots would lead out of the API.
    private static bool IsOurs(string? path) =>
        path is { Length: <= LongestPath }
        && path.StartsWith(Root, StringComparison.Ordinal)
        && !path.Contains("//", StringComparison.Ordinal)
        && !path.Contains("..", StringComparison.Ordinal)
        && path.All(static c => c is > ' ' and < '\u007f' and not '\\');
}
