using System.Runtime.CompilerServices;
using Stockgate.Domain.Edi;
using Stockgate.Domain.Ingest.Files;
using Stockgate.Platform.Ingest.Registry;

namespace Stockgate.Platform.Ingest.Files;

/// <summary>Reads the records of a file from its checkpoint on.</summary>
public sealed class FileContent(FileBlobs blobs)
{
    /// <exception cref="FileBrokenException">It can't be read on.</exception>
    /// <exception cref="FileGoneException">It is not in the inbox any more.</exception>
    public async IAsyncEnumerable<FileRecord> ReadAsync(
        Channel channel,
        ChannelFile file,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var form = channel.Files!;
        if (channel.Edi is { } terms)
        {
            // Each has one line in the receipt.
            foreach (var record in (await InterchangesAsync(file, form, terms, cancellationToken)).Skip((int)file.Counts.Records))
                yield return record;
            yield break;
        }
        IReadOnlyList<FileColumn> columns;
        await using (var beginning = await blobs.OpenAsync(file, 0, cancellationToken))
            columns = await FileReader.ColumnsAsync(beginning, form, cancellationToken);
        await using var rest = await blobs.OpenAsync(file, file.Next.Offset, cancellationToken);
        var stamp = new FileStamp(file.Name, file.ShortVersion, file.ReceivedAt);
        await foreach (var record in FileReader.ReadAsync(rest, form, stamp, columns, file.Next, cancellationToken))
            yield return record;
    }

    private async Task<IEnumerable<FileRecord>> InterchangesAsync(
        ChannelFile file,
        FileForm form,
        EdiTerms terms,
        CancellationToken cancellationToken
    )
    {
        if (file.Bytes > EdiRecords.MostBytes)
            throw new FileBrokenException(1, $"an EDI file may have at most {EdiRecords.MostBytes} bytes; send its interchanges apart");
        await using var content = await blobs.OpenAsync(file, 0, cancellationToken);
        var bytes = new byte[file.Bytes];
        await content.ReadExactlyAsync(bytes, cancellationToken);
        return EdiRecords.Read(bytes, form.Encoding, terms);
    }
}
