using System.ComponentModel.DataAnnotations;
using Stockgate.Domain;

namespace Stockgate.Platform;

/// <summary>Into how many parts SKUs and orders are cut.</summary>
public sealed class BucketOptions
{
    [Setting("", "parts that SKUs and orders are cut into; fixed for the life of a deployment"), Range(1, 4096)]
    public int Buckets { get; set; } = Bucket.DefaultCount;
}
