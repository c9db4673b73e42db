using System.Text.Json;
using System.Text.Json.Serialization;

namespace Stockgate.Platform.Forecasting;

/// <summary>The manifest of the history files; written last, so that every file it names is complete.</summary>
public sealed record HistoryManifest
{
    public const string Name = "manifest.json";

    /// <summary>
    /// When the tables were read. This month and later ones are rewritten by the next run, because they were not complete.
    /// </summary>
    public required DateTimeOffset WrittenAt { get; init; }

    /// <summary>By month as <c>2026-11</c>.</summary>
    public required SortedDictionary<string, HistoryMonth> Months { get; init; }
}

/// <summary>One month's file.</summary>
/// <param name="File">Its name.</param>
/// <param name="ETag">Of the file as written; a different one means another writer or an unfinished run.</param>
/// <param name="Ledger">
/// A digest of keys and times of the month's ledger pages. Counts are not in it: a later one says little about a month that is over, and
/// must not take away what was known then.
/// </param>
/// <param name="Rows">Days of SKUs and locations in it.</param>
/// <param name="WrittenAt">When.</param>
public sealed record HistoryMonth(string File, string ETag, string Ledger, int Rows, DateTimeOffset WrittenAt);

/// <summary>Source-generated JSON of what forecasting keeps.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    WriteIndented = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(HistoryManifest))]
[JsonSerializable(typeof(ForecastPointer))]
internal sealed partial class ForecastingJson : JsonSerializerContext;
