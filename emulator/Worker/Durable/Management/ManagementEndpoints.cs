using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Stockgate.Emulator.Worker.Http;

namespace Stockgate.Emulator.Worker.Durable.Management;

/// <summary>The endpoints of the Durable Functions extension for whoever operates the app, on this machine and with the key.</summary>
/// <remarks>Protocol: https://learn.microsoft.com/azure/azure-functions/durable/durable-functions-http-api.</remarks>
internal static class ManagementEndpoints
{
    public static void Map(WebApplication app, DurableHub hub, FunctionKeys keys)
    {
        app.Use(next => new ManagementGuard(keys, next).InvokeAsync);
        var group = app.MapGroup(ManagementGuard.Path).AddEndpointFilter(AnswerProblems);
        var reads = new InstanceReads(hub);
        group.MapGet("/instances", (Delegate)reads.ListAsync);
        group.MapGet("/instances/{id}", reads.StatusAsync);
        group.MapGet("/instances/{id}/history", reads.HistoryAsync);
        var starts = new InstanceStarts(hub);
        group.MapPost("/orchestrators/{name}", (HttpContext http, string name) => starts.StartAsync(http, name, null));
        group.MapPost("/orchestrators/{name}/{id}", starts.StartAsync);
        group.MapPost("/instances/{id}/restart", starts.RestartAsync);
        var messages = new InstanceMessages(hub);
        group.MapPost("/instances/{id}/raiseEvent/{eventName}", messages.RaiseEventAsync);
        group.MapPost("/instances/{id}/terminate", messages.TerminateAsync);
        group.MapPost("/instances/{id}/suspend", messages.SuspendAsync);
        group.MapPost("/instances/{id}/resume", messages.ResumeAsync);
        var purges = new InstancePurges(hub);
        group.MapDelete("/instances", (Delegate)purges.PurgeAllAsync);
        group.MapDelete("/instances/{id}", purges.PurgeAsync);
    }

    private static async ValueTask<object?> AnswerProblems(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (UnfitManagementRequestException unfit)
        {
            return ManagementProblem.Unfit(unfit.Message);
        }
        catch (BadHttpRequestException large) when (large.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return ManagementProblem.TooLarge(JsonBody.Limit);
        }
    }
}
