using Stockgate.Domain;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Promotions.Records;

/// <summary>Where a promotion's rows stand in the table <c>Promotions</c>.</summary>
internal static class PromotionKeys
{
    /// <summary>The partition of all promotions' records.</summary>
    public const string Register = "register";

    /// <summary>The partition of one promotion: its board, inputs and budget.</summary>
    public static string PartitionOf(PromotionId promotion) => RowKeys.Of("promotion", promotion.Value);
}
