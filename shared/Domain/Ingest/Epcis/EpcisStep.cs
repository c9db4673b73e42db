using Stockgate.Domain.Events;

namespace Stockgate.Domain.Ingest.Epcis;

/// <summary>What a business step says of the stock at its place.</summary>
/// <param name="Sign">1 where goods come, -1 where they go; 0 where they are counted.</param>
/// <param name="Kind">Why.</param>
internal sealed record EpcisStep(int Sign, MovementKind Kind)
{
    // Core Business Vocabulary 2.0, 7.1 (https://ref.gs1.org/cbv/BizStep). Steps that change no figure, such as packing and storing, are
    // not here; nor is selling, which comes as an order.
    private static readonly Dictionary<string, EpcisStep> Known = new(StringComparer.Ordinal)
    {
        ["receiving"] = new(1, MovementKind.Receipt),
        ["accepting"] = new(1, MovementKind.Receipt),
        ["void_shipping"] = new(1, MovementKind.Transfer),
        ["shipping"] = new(-1, MovementKind.Transfer),
        ["commissioning"] = new(1, MovementKind.Adjustment),
        ["decommissioning"] = new(-1, MovementKind.Adjustment),
        ["destroying"] = new(-1, MovementKind.Adjustment),
        ["cycle_counting"] = new(0, MovementKind.Adjustment),
        ["stock_taking"] = new(0, MovementKind.Adjustment),
    };

    /// <summary>The step by its bare word, its URN or its address; null where no figure follows from it.</summary>
    public static EpcisStep? Of(string? step) => step is null ? null : Known.GetValueOrDefault(WordOf(step));

    /// <summary>The bare word of a vocabulary element: <c>receiving</c> of <c>urn:epcglobal:cbv:bizstep:receiving</c>.</summary>
    public static string WordOf(string element)
    {
        var word = element[(element.LastIndexOfAny([':', '/', '#']) + 1)..];
        return word.StartsWith("BizStep-", StringComparison.Ordinal) ? word["BizStep-".Length..] : word;
    }
}
