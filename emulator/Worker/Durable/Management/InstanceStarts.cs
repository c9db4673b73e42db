using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask;

namespace Stockgate.Emulator.Worker.Durable.Management;

/// <summary>Starts orchestrations, new and again. The answer names the id alone: no address in it carries a key.</summary>
internal sealed class InstanceStarts(DurableHub hub)
{
    public async Task<IResult> StartAsync(HttpContext http, string name, string? id)
    {
        object? input = await JsonBody.ReadAsync(http.Request) is { ValueKind: not System.Text.Json.JsonValueKind.Null } json ? json : null;
        return await AnswerAsync(() => hub.Client.ScheduleNewOrchestrationInstanceAsync(name, input, new StartOrchestrationOptions(id), CancellationToken.None));
    }

    public async Task<IResult> RestartAsync(HttpContext http, string id)
    {
        var withNewId = ManagementQuery.Flag(http.Request, "restartWithNewInstanceId", true);
        if (await hub.Client.GetInstanceAsync(id, CancellationToken.None) is null) return ManagementProblem.Unknown(id);
        return await AnswerAsync(() => hub.Client.RestartAsync(id, withNewId, CancellationToken.None));
    }

    private static async Task<IResult> AnswerAsync(Func<Task<string>> start)
    {
        try
        {
            var id = await start();
            return Results.Accepted($"{ManagementGuard.Path}/instances/{Uri.EscapeDataString(id)}", new { id });
        }
        catch (ArgumentException unfit)
        {
            // The message ends with the parameter of a method, which is not the caller's.
            var said = unfit.ParamName is null ? unfit.Message : unfit.Message.Replace($" (Parameter '{unfit.ParamName}')", string.Empty);
            return ManagementProblem.Unfit(said);
        }
        catch (InvalidOperationException taken) when (taken is not ObjectDisposedException)
        {
            return ManagementProblem.Conflict(taken.Message);
        }
    }
}
