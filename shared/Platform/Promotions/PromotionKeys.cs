using Stockgate.Domain;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Promotions;

/// <summary>Keys of the table <c>Promotions</c>.</summary>
public static class PromotionKeys
{
    /// <summary>The partition that holds all of one promotion: what stands in it can be changed together.</summary>
    public static string PartitionOf(PromotionId promotion) => RowKeys.Of("promotion", promotion.Value);
}
