using System.Text.Json;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Stockgate.Domain;
using Stockgate.Platform;

namespace Stockgate.Functions.Agents;

/// <summary>
/// Tells the assistant what is wrong with a call, as the API tells its callers. An argument that a tool doesn't have is refused by name.
/// Faults stay the library's: it logs them, and the assistant sees no detail.
/// </summary>
internal static class ToolProblems
{
    public static McpRequestHandler<CallToolRequestParams, CallToolResult> Told(
        McpRequestHandler<CallToolRequestParams, CallToolResult> call
    ) =>
        async (request, cancellationToken) =>
        {
            try
            {
                return UnknownArgument(request) is { } unknown ? Refused(unknown) : await call(request, cancellationToken);
            }
            catch (ProblemException problem)
            {
                return Refused(problem.Message);
            }
            catch (JsonException wrong)
            {
                var mistake = JsonMistake.Of(wrong);
                return Refused($"{(mistake.Field.Length == 0 ? "An argument" : mistake.Field)} {mistake.Reason}.");
            }
        };

    private static string? UnknownArgument(RequestContext<CallToolRequestParams> request)
    {
        if (
            request is not { MatchedPrimitive: McpServerTool tool, Params.Arguments: { } given }
            || !tool.ProtocolTool.InputSchema.TryGetProperty("properties", out var properties)
        )
            return null;
        List<string> known = [.. properties.EnumerateObject().Select(static p => p.Name)];
        return given.Keys.Except(known).FirstOrDefault() is { } unknown
            ? $"{Clip.To(unknown, 60)} is not known; {NearestName.Hint(unknown, known)}"
            : null;
    }

    private static CallToolResult Refused(string why) => new() { IsError = true, Content = [new TextContentBlock { Text = why }] };
}
