using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Stockgate.Local.Host.Functions;
using Stockgate.Local.Host.Protocol;
using Stockgate.Local.Host.Workers;

namespace Stockgate.Local.Host.Durable;

/// <summary>Runs orchestrators, activities and entities in the worker for the extension.</summary>
internal sealed class DurableInvoker(FunctionCatalog catalog, WorkerSupervisor workers, FunctionInputs inputs)
{
    private Dictionary<string, FunctionDefinition>? functions;

    public async Task<object?> RunAsync(string name, string input, string? instanceId, CancellationToken cancellationToken)
    {
        functions ??= catalog.Functions.ToDictionary(function => function.Name, StringComparer.OrdinalIgnoreCase);
        if (functions[name].Trigger!.Is("orchestrationTrigger"))
            await TriggerRecorder.KeepAsync(name, input);
        var worker = await workers.ReadyAsync(cancellationToken);
        var response = await inputs.RunAsync(
            functions[name],
            worker,
            new TypedData { String = input },
            request =>
            {
                if (instanceId is not null)
                    request.TriggerMetadata["instanceId"] = new TypedData { String = instanceId };
            },
            CancellationToken.None
        );
        return Value(response.ReturnValue);
    }

    private static object? Value(TypedData? data) =>
        data?.DataCase switch
        {
            // The cast keeps the arms from meeting in a JToken, which texts and numbers convert to by themselves.
            TypedData.DataOneofCase.String => (object)data.String,
            TypedData.DataOneofCase.Json => Parse(data.Json),
            TypedData.DataOneofCase.Bytes => data.Bytes.ToByteArray(),
            TypedData.DataOneofCase.Int => data.Int,
            TypedData.DataOneofCase.Double => data.Double,
            _ => null,
        };

    // As it was written: a text that looks like a date stays the text that it is.
    private static JToken Parse(string json)
    {
        using var reader = new JsonTextReader(new StringReader(json)) { DateParseHandling = DateParseHandling.None, MaxDepth = 1024 };
        return JToken.ReadFrom(reader);
    }
}
