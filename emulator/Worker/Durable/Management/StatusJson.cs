using System.Text.Json;
using Microsoft.DurableTask.Client;
using Stockgate.Emulator.DurableTask.History;

namespace Stockgate.Emulator.Worker.Durable.Management;

/// <summary>An instance as the Durable Functions extension writes it.</summary>
/// <remarks>Form: https://learn.microsoft.com/azure/azure-functions/durable/durable-functions-http-api#get-instance-status.</remarks>
internal static class StatusJson
{
    /// <param name="history">Written as <c>historyEvents</c>; null leaves them out.</param>
    public static void Write(Utf8JsonWriter json, OrchestrationMetadata instance, bool showInput, Action? history = null)
    {
        json.WriteStartObject();
        json.WriteString("name", instance.Name);
        json.WriteString("instanceId", instance.InstanceId);
        json.WriteString("runtimeStatus", instance.RuntimeStatus.ToString());
        WritePayload(json, "input", showInput ? instance.SerializedInput : null);
        WritePayload(json, "customStatus", instance.SerializedCustomStatus);
        // As on the real host: why it failed stands where its output would.
        if (instance.FailureDetails is { } failed) json.WriteString("output", failed.ErrorMessage);
        else WritePayload(json, "output", instance.SerializedOutput);
        json.WriteString("createdTime", instance.CreatedAt.UtcDateTime);
        json.WriteString("lastUpdatedTime", instance.LastUpdatedAt.UtcDateTime);
        if (instance.FailureDetails is { } failure)
        {
            json.WritePropertyName("failureDetails");
            JsonSerializer.Serialize(json, failure, HistoryJson.Compact.TaskFailureDetails);
        }
        if (history is not null)
        {
            json.WriteStartArray("historyEvents");
            history();
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    /// <summary>Embeds a payload as the JSON that it is; one of a converter that writes something else as text.</summary>
    public static void WritePayload(Utf8JsonWriter json, string name, string? text)
    {
        json.WritePropertyName(name);
        if (text is null)
        {
            json.WriteNullValue();
            return;
        }
        try
        {
            using var document = JsonDocument.Parse(text);
            document.RootElement.WriteTo(json);
        }
        catch (JsonException)
        {
            json.WriteStringValue(text);
        }
    }
}
