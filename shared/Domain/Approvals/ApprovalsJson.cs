using System.Text.Json;
using System.Text.Json.Serialization;

namespace Stockgate.Domain.Approvals;

/// <summary>Source-generated JSON of the approvals.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ApprovalRecord))]
[JsonSerializable(typeof(ApprovalCase))]
public sealed partial class ApprovalsJson : JsonSerializerContext;
