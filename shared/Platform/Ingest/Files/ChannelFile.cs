using System.Text.Json.Serialization;
using Azure;
using Stockgate.Domain;
using Stockgate.Domain.Ingest.Files;
using Stockgate.Platform.Ingest.Registry;

namespace Stockgate.Platform.Ingest.Files;

/// <summary>Where a file stands.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FileState>))]
public enum FileState
{
    /// <summary>It is there, and nothing of it was read.</summary>
    Waiting,
    Working,

    /// <summary>Every record has its line in the receipt.</summary>
    Done,

    /// <summary>It can't be read on; <see cref="ChannelFile.Reason"/> says why.</summary>
    Refused,
}

/// <summary>How many records of a file had which outcome.</summary>
public sealed record FileCounts(long Records, long Accepted, long Duplicate, long Quarantined, long Conflict, long Ignored)
{
    public static readonly FileCounts None = new(0, 0, 0, 0, 0, 0);

    /// <summary>One more of a receipt's results.</summary>
    public FileCounts With(string result) =>
        result switch
        {
            "accepted" => this with { Records = Records + 1, Accepted = Accepted + 1 },
            "duplicate" => this with { Records = Records + 1, Duplicate = Duplicate + 1 },
            "quarantined" => this with { Records = Records + 1, Quarantined = Quarantined + 1 },
            "conflict" => this with { Records = Records + 1, Conflict = Conflict + 1 },
            _ => this with { Records = Records + 1, Ignored = Ignored + 1 },
        };
}

/// <summary>A file of a channel and how far it is worked: the checkpoint that work goes on from.</summary>
public sealed record ChannelFile
{
    public required ChannelId Channel { get; init; }

    public required string Name { get; init; }

    /// <summary>SHA-256 of its content, hexadecimal.</summary>
    public required string Version { get; init; }

    /// <summary>Of the blob in the inbox that this version is.</summary>
    public required ETag Content { get; init; }

    public required long Bytes { get; init; }

    public required string By { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public FileState State { get; init; }

    /// <summary>Where the next record begins.</summary>
    public FilePosition Next { get; init; } = FilePosition.Start;

    /// <summary>Bytes of the receipt that are of the records before <see cref="Next"/>.</summary>
    public long ReceiptBytes { get; init; }

    public FileCounts Counts { get; init; } = FileCounts.None;

    public string? Reason { get; init; }

    /// <summary>Of the row.</summary>
    public ETag Row { get; init; }

    public bool IsOpen => State is FileState.Waiting or FileState.Working;

    /// <summary>The beginning of the version, where the whole of it is too long to be read.</summary>
    public string ShortVersion => Version[..12];
}

/// <summary>A file as the API shows it.</summary>
/// <param name="Percent">Of its bytes that are worked.</param>
/// <param name="Receipt">The blob with a line for each record.</param>
public sealed record ChannelFileView(
    string Name,
    FileState State,
    string Version,
    long Bytes,
    decimal Percent,
    long Records,
    long Accepted,
    long Duplicate,
    long Quarantined,
    long Conflict,
    long Ignored,
    string? Reason,
    string By,
    DateTimeOffset ReceivedAt,
    DateTimeOffset UpdatedAt,
    string Receipt
)
{
    public static ChannelFileView Of(ChannelFile file) =>
        new(
            file.Name,
            file.State,
            file.Version,
            file.Bytes,
            PercentOf(file),
            file.Counts.Records,
            file.Counts.Accepted,
            file.Counts.Duplicate,
            file.Counts.Quarantined,
            file.Counts.Conflict,
            file.Counts.Ignored,
            file.Reason,
            file.By,
            file.ReceivedAt,
            file.UpdatedAt,
            $"receipts/{FileReceipts.NameOf(file)}"
        );

    private static decimal PercentOf(ChannelFile file)
    {
        if (file.State == FileState.Done)
            return 100;
        return file.Bytes == 0 ? 0 : Math.Round(100m * file.Next.Offset / file.Bytes, 1);
    }
}
