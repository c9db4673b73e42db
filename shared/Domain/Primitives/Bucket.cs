using System.Globalization;
using System.Text;

namespace Stockgate.Domain;

/// <summary>
/// The unit of single-writer access. Every entity hashes into one bucket; the bucket is the Service Bus session and the beginning of the
/// table partition key, so that one instance at a time changes it.
/// </summary>
public readonly record struct Bucket(int Number)
{
    /// <summary>
    /// Buckets of a deployment where no setting says otherwise. Fixed for its life: another count would look for every entity elsewhere.
    /// </summary>
    public const int DefaultCount = 64;

    /// <summary>Session id and partition key: four digits, so that keys sort.</summary>
    public string Key => Number.ToString("0000", CultureInfo.InvariantCulture);

    /// <summary>
    /// The bucket of an entity: FNV-1a of its UTF-8 text, the same on every machine and in every version
    /// (http://www.isthe.com/chongo/tech/comp/fnv/).
    /// </summary>
    public static Bucket Of(string entity, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        Span<byte> utf8 = stackalloc byte[SkuText.MaxLength * 4];
        var bytes = entity.Length <= SkuText.MaxLength ? utf8[..Encoding.UTF8.GetBytes(entity, utf8)] : Encoding.UTF8.GetBytes(entity);
        var hash = 14695981039346656037UL;
        foreach (var b in bytes)
            hash = (hash ^ b) * 1099511628211UL;
        // FNV's low bits vary too little for short texts that differ in their last character; the high half is folded in.
        return new Bucket((int)((hash ^ (hash >> 32)) % (ulong)count));
    }

    public static Bucket Of(Sku sku, int count) => Of(sku.Value, count);

    /// <summary>All orders of a number are in one bucket: one writer decides which of them an event is about.</summary>
    public static Bucket Of(OrderId order, int count) => Of(order.Number.Value, count);

    public override string ToString() => Key;
}
