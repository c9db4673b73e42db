using Stockgate.Platform.Pricing.Writing;

namespace Stockgate.Platform.Pricing.Reverts;

/// <summary>A revert of several decisions.</summary>
public sealed record PriceRevert
{
    public required string Id { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Decisions of then and later are taken back.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Null: of every category.</summary>
    public string? Category { get; init; }

    public required string By { get; init; }

    public required string Reason { get; init; }

    /// <summary>Of each price the earliest decision since then, whose prior price comes back.</summary>
    public required int Prices { get; init; }
}

/// <summary>The progress of a revert.</summary>
/// <param name="Revert">What was requested.</param>
/// <param name="Confirmed">Prices that channels have confirmed.</param>
/// <param name="Open">Prices on their way.</param>
/// <param name="Failed">Prices that were not restored, each with why.</param>
public sealed record PriceRevertProgress(PriceRevert Revert, int Confirmed, int Open, IReadOnlyList<PriceRevertFailure> Failed);

/// <summary>A price that was not restored.</summary>
public sealed record PriceRevertFailure(string Decision, string Reason);
