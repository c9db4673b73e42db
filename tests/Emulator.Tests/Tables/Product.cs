using System.Runtime.Serialization;
using Azure;
using Azure.Data.Tables;

namespace Stockgate.Emulator.Tests.Tables;

public enum Season
{
    Spring,
    Autumn,
}

/// <summary>An entity class with a property of every type that the service has.</summary>
public sealed class Product : ITableEntity
{
    public string PartitionKey { get; set; } = "p";
    public string RowKey { get; set; } = "r";
    public DateTimeOffset? Timestamp { get; set; }
    public ETag ETag { get; set; }

    public string? Text { get; set; }
    public byte[]? Bytes { get; set; }
    public BinaryData? Data { get; set; }
    public bool Flag { get; set; }
    public bool? MaybeFlag { get; set; }
    public DateTimeOffset Offset { get; set; } = DateTimeOffset.UnixEpoch;
    public DateTimeOffset? MaybeOffset { get; set; }
    public DateTime Time { get; set; } = DateTime.UnixEpoch;
    public DateTime? MaybeTime { get; set; }
    public double Double { get; set; }
    public double? MaybeDouble { get; set; }
    public Guid Id { get; set; }
    public Guid? MaybeId { get; set; }
    public int Int { get; set; }
    public int? MaybeInt { get; set; }
    public long Long { get; set; }
    public long? MaybeLong { get; set; }
    public Season Season { get; set; }
    public Season? MaybeSeason { get; set; }

    [DataMember(Name = "renamed")]
    public string? Renamed { get; set; }

    [IgnoreDataMember]
    public decimal Ignored { get; set; }

    public string Computed => $"{Text}!";
}
