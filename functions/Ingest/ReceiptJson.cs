using System.Text.Json;
using System.Text.Json.Serialization;
using Stockgate.Platform.Ingest;

namespace Stockgate.Functions.Ingest;

/// <summary>Source-generated JSON of the answers to deliveries.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DeliveryReceipt))]
internal sealed partial class ReceiptJson : JsonSerializerContext;
