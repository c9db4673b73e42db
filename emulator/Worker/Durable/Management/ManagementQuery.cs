using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;

namespace Stockgate.Emulator.Worker.Durable.Management;

/// <summary>Reads the query of a management request.</summary>
internal static class ManagementQuery
{
    private static readonly string[] Statuses = Enum.GetNames<OrchestrationRuntimeStatus>();

    /// <exception cref="UnfitManagementRequestException">The value is neither true nor false.</exception>
    public static bool Flag(HttpRequest request, string name, bool fallback) => request.Query[name].ToString() switch
    {
        "" => fallback,
        var text when bool.TryParse(text, out var flag) => flag,
        var text => throw new UnfitManagementRequestException($"{name} is '{text}'; true or false is needed."),
    };

    /// <exception cref="UnfitManagementRequestException">The value is not a number of the range.</exception>
    public static int Number(HttpRequest request, string name, int fallback, int most) => request.Query[name].ToString() switch
    {
        "" => fallback,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most => number,
        var text => throw new UnfitManagementRequestException($"{name} is '{text}'; a whole number from 1 to {most} is needed."),
    };

    /// <exception cref="UnfitManagementRequestException">The value is not a time.</exception>
    public static DateTimeOffset? Time(HttpRequest request, string name) => request.Query[name].ToString() switch
    {
        "" => null,
        var text when DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) => time,
        // A plus in a query that was not escaped arrives as a space.
        var text => throw new UnfitManagementRequestException($"{name} is '{text}'; a time such as 2026-01-31T08:00:00Z is needed."),
    };

    /// <exception cref="UnfitManagementRequestException">A value is not a status.</exception>
    public static IReadOnlyList<OrchestrationRuntimeStatus>? Status(HttpRequest request)
    {
        var names = request.Query["runtimeStatus"].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return names.Length == 0 ? null : [.. names.Select(name => Statuses.Contains(name, StringComparer.OrdinalIgnoreCase)
            ? Enum.Parse<OrchestrationRuntimeStatus>(name, ignoreCase: true)
            : throw new UnfitManagementRequestException($"runtimeStatus is '{name}'; one or more of {string.Join(", ", Statuses)} are needed, with commas between them."))];
    }

    /// <summary>A text; null where there is none.</summary>
    public static string? Text(HttpRequest request, string name) => request.Query[name].ToString() is { Length: > 0 } text ? text : null;
}
