namespace Stockgate.Domain.Ingest.Files;

/// <summary>A place between two records, where reading can go on.</summary>
/// <param name="Offset">Bytes before it; of EDI files records before it.</param>
/// <param name="Line">The number of the line that begins there, from 1; of EDI files of the segment.</param>
public readonly record struct FilePosition(long Offset, long Line)
{
    public static readonly FilePosition Start = new(0, 1);
}

/// <summary>What is known of a file beside its content. Rows are given it, so that a mapping can use it.</summary>
/// <param name="Name">As the sender calls it.</param>
/// <param name="Version">Digest of its content.</param>
/// <param name="ReceivedAt">When it came in.</param>
public sealed record FileStamp(string Name, string Version, DateTimeOffset ReceivedAt);

/// <summary>A record of a file.</summary>
/// <param name="Line">Where it begins.</param>
/// <param name="Next">Where the next one begins.</param>
/// <param name="Content">JSON, as the channel's format reads it; of a broken record what there is of it.</param>
/// <param name="Broken">Why it is no record; null if it is one.</param>
public sealed record FileRecord(long Line, FilePosition Next, ReadOnlyMemory<byte> Content, Rejection? Broken = null)
{
    /// <summary>Why nothing follows from it although nothing is wrong with it.</summary>
    public string? IgnoredBecause { get; init; }
}

/// <summary>A file can't be read on.</summary>
/// <param name="line">Where; of EDI files the number of the segment.</param>
/// <param name="reason">What is wrong, for who sent it.</param>
public sealed class FileBrokenException(long line, string reason) : Exception(reason)
{
    public long Line => line;
}
