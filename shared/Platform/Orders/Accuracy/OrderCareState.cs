using System.Text.Json;
using System.Text.Json.Serialization;
using Stockgate.Domain;
using Stockgate.Domain.Events;
using Stockgate.Domain.Orders.Accuracy;

namespace Stockgate.Platform.Orders.Accuracy;

/// <summary>A trouble that waits for its owner.</summary>
/// <param name="Trouble">As it was last seen.</param>
/// <param name="Since">When it was first seen.</param>
public sealed record OpenTrouble(OrderTrouble Trouble, DateTimeOffset Since)
{
    [JsonIgnore]
    public DateTimeOffset DueAt => Since + Trouble.Sla;
}

/// <summary>The last allocation plan.</summary>
/// <param name="Message">
/// What is, or was, sent to the order's channel; without lines where no location has anything, and then nothing is sent.
/// </param>
/// <param name="Wanted">The units that it was made for.</param>
/// <param name="Given">The units that it takes from stock beyond what was allocated before.</param>
/// <param name="AllocationsBefore">How many allocations the order had then: one more is the channel's confirmation.</param>
/// <param name="PlannedAt">When it was made.</param>
internal sealed record PlannedAllocation(
    AllocationMessage Message,
    IReadOnlyList<SkuUnits> Wanted,
    IReadOnlyList<AllocatedLine> Given,
    int AllocationsBefore,
    DateTimeOffset PlannedAt
)
{
    /// <summary>When it was last sent; null before.</summary>
    public DateTimeOffset? TriedAt { get; init; }

    /// <summary>What it stands on; none once it was sent, because then it is on the audit chain.</summary>
    public IReadOnlyList<Domain.Operations.DecisionInput> Inputs { get; set; } = [];

    public bool Confirmed { get; init; }

    /// <summary>Whether an exception was opened because the channel refuses or does not confirm it.</summary>
    public bool Told { get; init; }

    /// <summary>Whether it was sent or is about to be sent: its units are reserved.</summary>
    [JsonIgnore]
    public bool UnderWay => !Confirmed && Message.Lines.Count > 0;
}

/// <summary>The state of an order's processing between evaluations.</summary>
internal sealed record OrderCareState
{
    public PlannedAllocation? Allocation { get; init; }

    // Set, not init: see OrderRefunded.Lines.
    public IReadOnlyList<OpenTrouble> Troubles { get; set; } = [];

    /// <summary>Articles with a requested substitute.</summary>
    public IReadOnlyList<Sku> Substituted { get; set; } = [];

    /// <summary>The month under which its verdict is kept; null if none is.</summary>
    public string? Quality { get; init; }

    [JsonIgnore]
    public bool IsNew => Allocation is null && Troubles.Count == 0 && Substituted.Count == 0 && Quality is null;
}

/// <summary>Source-generated JSON of what is remembered.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(OrderCareState))]
internal sealed partial class OrderCareJson : JsonSerializerContext;
