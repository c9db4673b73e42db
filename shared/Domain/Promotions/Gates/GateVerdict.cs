using System.Text.Json.Serialization;

namespace Stockgate.Domain.Promotions.Gates;

/// <summary>What a gate says.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<GateState>))]
public enum GateState
{
    /// <summary>Ready.</summary>
    Green,

    /// <summary>Not known well enough, or only with a condition: does not launch by itself.</summary>
    Amber,

    /// <summary>Not ready.</summary>
    Red,
}

/// <summary>A value that a gate looked at, where it came from and how old it was.</summary>
/// <param name="Name">What it is, as a merchandiser says it: <c>available to promise in north</c>.</param>
/// <param name="Value">With its unit: <c>1,240 units</c>.</param>
/// <param name="Age">Null for what has none, such as a term of the request itself.</param>
/// <param name="Source">The system that said it.</param>
public sealed record Sighting(string Name, string Value, TimeSpan? Age, string Source);

/// <summary>One gate's verdict on one promotion: it explains itself, and is shown as it is.</summary>
/// <param name="Gate">The gate's name, stable: <c>stock</c>, <c>funding</c>.</param>
/// <param name="State">Ready, not ready, or in between.</param>
/// <param name="Reason">A sentence.</param>
/// <param name="Threshold">What it was compared with.</param>
/// <param name="TurnsGreen">What would turn it green; null if it is.</param>
/// <param name="Seen">The values that it stands on.</param>
/// <param name="Waits">Who it waits for; null if nobody can do anything.</param>
public sealed record GateVerdict(
    string Gate,
    GateState State,
    string Reason,
    string Threshold,
    string? TurnsGreen,
    IReadOnlyList<Sighting> Seen,
    string? Waits = null
);
