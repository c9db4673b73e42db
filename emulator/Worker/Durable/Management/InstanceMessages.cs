using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Stockgate.Emulator.DurableTask.Client;
using Stockgate.Emulator.DurableTask.Engine.Operations;
using Stockgate.Emulator.DurableTask.History;
using Stockgate.Emulator.DurableTask.Replay;
using Stockgate.Emulator.DurableTask.Storage;

namespace Stockgate.Emulator.Worker.Durable.Management;

/// <summary>Sends an instance what a client can send it. What the answer says of the instance was so when the message arrived.</summary>
internal sealed class InstanceMessages(DurableHub hub)
{
    private HubClient Client => hub.Client;

    private DateTime Now => Client.Hub.Time.GetUtcNow().UtcDateTime;

    public async Task<IResult> RaiseEventAsync(HttpContext http, string id, string eventName)
    {
        // The text goes on as it came: what it means is for the orchestrator's converter to say.
        var payload = await JsonBody.ReadAsync(http.Request) is { ValueKind: not JsonValueKind.Null } json ? json.GetRawText() : null;
        return Answer(id, await Client.SendAsync(id, new EventRaised(Now, eventName, payload), CancellationToken.None));
    }

    public async Task<IResult> SuspendAsync(HttpContext http, string id) =>
        Answer(id, await Client.SendAsync(id, new ExecutionSuspended(Now, Reason(http)), CancellationToken.None));

    public async Task<IResult> ResumeAsync(HttpContext http, string id) =>
        Answer(id, await Client.SendAsync(id, new ExecutionResumed(Now, Reason(http)), CancellationToken.None));

    /// <summary>The reason becomes the output, as the extension does it.</summary>
    public async Task<IResult> TerminateAsync(HttpContext http, string id)
    {
        var output = Payloads.Write(Client.Hub.Options.Converter, Reason(http), "The reason");
        return Answer(id, await Client.Hub.Writer.Run(new TerminateOperation(id, output, recursive: false)));
    }

    private static string? Reason(HttpContext http) => ManagementQuery.Text(http.Request, "reason");

    private static IResult Answer(string id, InstanceRow? row) =>
        row is null ? ManagementProblem.Unknown(id) :
        row.IsEnded ? ManagementProblem.Ended(row) :
        Results.Accepted();
}
