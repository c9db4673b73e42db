using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Stockgate.Emulator.DurableTask.Testing;

namespace Stockgate.Emulator.Worker.Durable.Management;

/// <summary>Lists instances, shows one, hands out its history.</summary>
internal sealed class InstanceReads(DurableHub hub)
{
    private const string ContinuationHeader = "x-ms-continuation-token";
    private const int MostOnAPage = 1000;

    private static readonly JsonWriterOptions Format = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public async Task<IResult> ListAsync(HttpContext http)
    {
        var request = http.Request;
        var showInput = ManagementQuery.Flag(request, "showInput", true);
        var query = new OrchestrationQuery(
            ManagementQuery.Time(request, "createdTimeFrom"), ManagementQuery.Time(request, "createdTimeTo"), ManagementQuery.Status(request), null,
            ManagementQuery.Text(request, "instanceIdPrefix"), ManagementQuery.Number(request, "top", OrchestrationQuery.DefaultPageSize, MostOnAPage), FetchInputsAndOutputs: true);
        var page = await FirstPageAsync(query, request.Headers[ContinuationHeader].ToString(), http.RequestAborted);
        if (page.ContinuationToken is { } more) http.Response.Headers[ContinuationHeader] = more;
        return Answer(StatusCodes.Status200OK, json =>
        {
            json.WriteStartArray();
            foreach (var instance in page.Values) StatusJson.Write(json, instance, showInput);
            json.WriteEndArray();
        });
    }

    public async Task<IResult> StatusAsync(HttpContext http, string id)
    {
        var request = http.Request;
        var showInput = ManagementQuery.Flag(request, "showInput", true);
        var (showHistory, showOutput) = (ManagementQuery.Flag(request, "showHistory", false), ManagementQuery.Flag(request, "showHistoryOutput", false));
        var failureIsFault = ManagementQuery.Flag(request, "returnInternalServerErrorOnFailure", false);
        if (await hub.Client.GetInstanceAsync(id, getInputsAndOutputs: true, http.RequestAborted) is not { } instance) return ManagementProblem.Unknown(id);
        var events = showHistory ? (await hub.Client.ReadHistoryAsync(id, http.RequestAborted))?.Events : null;
        if (!instance.IsCompleted)
        {
            http.Response.Headers.Location = $"{ManagementGuard.Path}/instances/{Uri.EscapeDataString(id)}";
            http.Response.Headers.RetryAfter = "10";
        }
        var status =
            !instance.IsCompleted ? StatusCodes.Status202Accepted :
            failureIsFault && instance.RuntimeStatus == OrchestrationRuntimeStatus.Failed ? StatusCodes.Status500InternalServerError :
            StatusCodes.Status200OK;
        return Answer(status, json => StatusJson.Write(json, instance, showInput, events is null ? null : () => new HistoryEventsJson(json, showInput, showOutput).Write(events)));
    }

    /// <summary>The history as it is recorded, for tests that replay it. The real host has no such endpoint.</summary>
    public async Task<IResult> HistoryAsync(HttpContext http, string id)
    {
        if (await hub.Client.GetInstanceAsync(id, http.RequestAborted) is null) return ManagementProblem.Unknown(id);
        try
        {
            return Results.Text((await RecordedHistory.ExportAsync(hub.Client, id, http.RequestAborted)).ToJson(), "application/json; charset=utf-8");
        }
        catch (InvalidOperationException notBegun)
        {
            return ManagementProblem.NotBegun(notBegun.Message);
        }
    }

    private async Task<Page<OrchestrationMetadata>> FirstPageAsync(OrchestrationQuery query, string continuation, CancellationToken cancellation)
    {
        try
        {
            await foreach (var page in hub.Client.GetAllInstancesAsync(query with { ContinuationToken = continuation }).AsPages().WithCancellation(cancellation)) return page;
        }
        catch (ArgumentException unknown)
        {
            throw new UnfitManagementRequestException(unknown.Message);
        }
        return new Page<OrchestrationMetadata>([]);
    }

    private static IResult Answer(int status, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Format)) write(json);
        return Results.Text(buffer.WrittenSpan, "application/json; charset=utf-8", status);
    }
}
