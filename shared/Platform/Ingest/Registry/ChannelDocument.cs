using System.Text.Json;
using System.Text.Json.Serialization;

namespace Stockgate.Platform.Ingest.Registry;

/// <summary>A secret of a channel of the API.</summary>
/// <param name="Id">Unique within the channel.</param>
/// <param name="Sealed">The encrypted secret; null where a setting has it.</param>
/// <param name="Setting">The setting that has it; null where it is here.</param>
public sealed record StoredSecret(string Id, DateTimeOffset AddedAt, string AddedBy, string? Sealed, string? Setting);

/// <summary>A channel of the API, as it is stored.</summary>
public sealed record ChannelDocument(
    string Name,
    ChannelOptions Setup,
    IReadOnlyList<StoredSecret> Secrets,
    DateTimeOffset ChangedAt,
    string ChangedBy
);

/// <summary>Source-generated JSON of the registry.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ChannelDocument))]
internal sealed partial class ChannelJson : JsonSerializerContext;
