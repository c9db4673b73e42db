using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Stockgate.Domain.Operations;
using Stockgate.Functions.Access;
using Stockgate.Functions.Api;
using Stockgate.Platform;
using Stockgate.Platform.Operations;

namespace Stockgate.Functions.Operations;

/// <summary>API of the switches that stop a part of the system.</summary>
public sealed class OperatingSwitches(Switches switches)
{
    private const string Form = """{"on":true,"reason":"why, at most 500 characters"}""";

    [Function("ListSwitches")]
    [Summary("Shows which parts of the system a person has stopped, since when and why")]
    [Answers(200, typeof(SwitchState[]))]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/switches")] HttpRequest request,
        CancellationToken cancellationToken
    ) => Results.Json(await switches.ListAsync(cancellationToken), Answer.Json);

    [Function("SetSwitch")]
    [Summary("Stops a part of the system, or lets it go on")]
    [Accepts(typeof(SetSwitch))]
    [Answers(200, typeof(SwitchState))]
    public async Task<IResult> Set(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "v1/switches/{name}")] HttpRequest request,
        string name,
        CancellationToken cancellationToken
    )
    {
        if (!Enum.TryParse<OperatingSwitch>(request.Whole(name), ignoreCase: true, out var which) || !Enum.IsDefined(which))
            throw new ProblemException(
                StatusCodes.Status404NotFound,
                "unknown-switch",
                "Not found",
                $"The switches are {string.Join(", ", Enum.GetNames<OperatingSwitch>())}.",
                "name"
            );
        var (on, reason) = (await CommandBody.ReadAsync<SetSwitch>(request, Form, cancellationToken)).Checked();
        return Results.Json(await switches.SetAsync(which, on, request.Caller().Name, reason, cancellationToken), Answer.Json);
    }

    internal sealed record SetSwitch(bool? On, string? Reason)
    {
        private const int Longest = 500;

        public (bool On, string Reason) Checked() =>
            this is { On: { } on, Reason: { } reason } && reason.Trim() is { Length: > 0 and <= Longest } why
                ? (on, why)
                : throw new ProblemException(
                    StatusCodes.Status400BadRequest,
                    "unfit-switch",
                    "Invalid request",
                    $"Send {Form}: whoever is stopped is told the reason.",
                    On is null ? "on" : "reason"
                );
    }
}
