using Microsoft.AspNetCore.Http;
using Stockgate.Emulator.DurableTask.Storage;

namespace Stockgate.Emulator.Worker.Durable.Management;

/// <summary>What management answers where it can't do what was asked.</summary>
internal static class ManagementProblem
{
    public static IResult Unauthorized() => Problem(StatusCodes.Status401Unauthorized, "A key is needed", "Send durabletask_extension of keys.json in the state folder as the header x-functions-key or as ?code=.");

    public static IResult Unknown(string id) => Problem(StatusCodes.Status404NotFound, "Unknown instance", $"There is no orchestration instance '{id}'. List those there are: GET {ManagementGuard.Path}/instances.");

    public static IResult Ended(InstanceRow row) =>
        Problem(StatusCodes.Status410Gone, "The instance has ended", $"Orchestration instance '{row.Id}' is {row.Status} and takes nothing more. Restart it, or start a new one.");

    public static IResult Running(string id, string wish) =>
        Problem(StatusCodes.Status409Conflict, "The instance has not ended", $"Orchestration instance '{id}' can't be {wish} while it runs. Terminate it first, or wait until it has ended.");

    public static IResult NotBegun(string detail) => Problem(StatusCodes.Status409Conflict, "There is no history yet", detail);

    public static IResult Unfit(string detail) => Problem(StatusCodes.Status400BadRequest, "The request can't be read", detail);

    public static IResult Conflict(string detail) => Problem(StatusCodes.Status409Conflict, "The instance is in the way", detail);

    public static IResult TooLarge(long limit) => Problem(StatusCodes.Status413PayloadTooLarge, "The body is too large", $"At most {limit} bytes are taken. Store large data elsewhere and send where it is.");

    private static IResult Problem(int status, string title, string detail) => Results.Problem(detail, statusCode: status, title: title);
}

/// <summary>A request that can't be read: answered with 400 and the message.</summary>
internal sealed class UnfitManagementRequestException(string message) : Exception(message);
