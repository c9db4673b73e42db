using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;

namespace Stockgate.Emulator.Worker.Durable.Management;

/// <summary>Deletes what has ended.</summary>
internal sealed class InstancePurges(DurableHub hub)
{
    public async Task<IResult> PurgeAsync(HttpContext http, string id)
    {
        var purged = await hub.Client.PurgeInstanceAsync(id, CancellationToken.None);
        if (purged.PurgedInstanceCount > 0) return Purged(purged);
        return await hub.Client.GetInstanceAsync(id, CancellationToken.None) is null ? ManagementProblem.Unknown(id) : ManagementProblem.Running(id, "deleted");
    }

    public async Task<IResult> PurgeAllAsync(HttpContext http)
    {
        var request = http.Request;
        var from = ManagementQuery.Time(request, "createdTimeFrom")
            ?? throw new UnfitManagementRequestException("createdTimeFrom is missing. Say from when on instances are deleted, such as createdTimeFrom=2026-01-31T08:00:00Z.");
        var filter = new PurgeInstancesFilter(from, ManagementQuery.Time(request, "createdTimeTo"), ManagementQuery.Status(request));
        return Purged(await hub.Client.PurgeAllInstancesAsync(filter, http.RequestAborted));
    }

    private static IResult Purged(PurgeResult result) => Results.Ok(new { instancesDeleted = result.PurgedInstanceCount });
}
