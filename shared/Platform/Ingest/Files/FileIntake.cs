using System.Text.Json;
using System.Text.Json.Serialization;
using Stockgate.Domain.Ingest.Files;
using Stockgate.Platform.Ingest.Accepting;
using Stockgate.Platform.Ingest.Reading;
using Stockgate.Platform.Ingest.Registry;

namespace Stockgate.Platform.Ingest.Files;

/// <summary>
/// Takes in a slice of a file. Its records are taken in like those of a webhook, then its lines are in the receipt, then the checkpoint is
/// written. After a crash in between the slice is taken in again under the same ids, which changes nothing.
/// </summary>
public sealed class FileIntake(Intake intake, DeliveryReader reader, FileStore store, FileReceipts receipts, TimeProvider time)
{
    /// <returns>The file with its checkpoint behind the slice.</returns>
    public async Task<ChannelFile> TakeAsync(
        Channel channel,
        ChannelFile file,
        IReadOnlyList<FileRecord> slice,
        CancellationToken cancellationToken
    )
    {
        var now = time.GetUtcNow();
        var (lines, records) = (new List<long>(), new List<IncomingRecord>());
        var delivery = new ReceivedDelivery(channel, "", Body(slice), null, now) { IsLines = true };
        foreach (var one in slice)
        foreach (var record in await RecordsOfAsync(delivery, one, cancellationToken))
        {
            lines.Add(one.Line);
            records.Add(record);
        }
        var receipt = await intake.TakeInAsync(delivery, records, cancellationToken);
        var written = Lines(lines, receipt.Records);
        var kept = await receipts.AppendAsync(file, written, cancellationToken);
        return await store.SaveAsync(
            file with
            {
                State = FileState.Working,
                Next = slice[^1].Next,
                ReceiptBytes = file.ReceiptBytes + kept.Length,
                Counts = Count(file.Counts, kept.Span),
                UpdatedAt = now,
            },
            cancellationToken
        );
    }

    private async Task<IReadOnlyList<IncomingRecord>> RecordsOfAsync(
        ReceivedDelivery delivery,
        FileRecord record,
        CancellationToken cancellationToken
    )
    {
        if (record.Broken is { } broken)
            return [new IncomingRecord(null, null, record.Content, [], broken, [])];
        if (record.IgnoredBecause is { } reason)
            return [new IncomingRecord(null, null, record.Content, [], null, []) { IgnoredBecause = reason }];
        return await reader.ReadLineAsync(delivery, record.Content, cancellationToken);
    }

    // What is archived: the records as the channel's format reads them, a line each; an empty one where there is none to be read.
    private static byte[] Body(IReadOnlyList<FileRecord> slice)
    {
        using var body = new MemoryStream();
        for (var i = 0; i < slice.Count; i++)
        {
            if (i > 0)
                body.WriteByte((byte)'\n');
            if (slice[i] is { Broken: null, IgnoredBecause: null } record)
                body.Write(record.Content.Span);
        }
        return body.ToArray();
    }

    private static byte[] Lines(List<long> lines, IReadOnlyList<RecordReceipt> receipts)
    {
        using var text = new MemoryStream();
        for (var i = 0; i < receipts.Count; i++)
        {
            var one = receipts[i];
            // What is known with this content already changes nothing.
            var result = one is { Status: RecordReceipt.Accepted, IsRepeat: true } ? "duplicate" : one.Status;
            var line = new ReceiptLine(lines[i], one.Id, result, one.Field, one.Reason, one.QuarantineId);
            JsonSerializer.Serialize(text, line, ReceiptLineJson.Default.ReceiptLine);
            text.WriteByte((byte)'\n');
        }
        return text.ToArray();
    }

    private static FileCounts Count(FileCounts counts, ReadOnlySpan<byte> receipt)
    {
        foreach (var range in receipt.Split((byte)'\n'))
            if (receipt[range] is { IsEmpty: false } line)
                counts = counts.With(JsonSerializer.Deserialize(line, ReceiptLineJson.Default.ReceiptLine)!.Result);
        return counts;
    }
}

/// <summary>A line of a receipt.</summary>
/// <param name="Line">Where the record stands in the file; of EDI files the number of the segment.</param>
/// <param name="Id">Of its event.</param>
/// <param name="Result"><c>accepted</c>, <c>duplicate</c>, <c>quarantined</c>, <c>conflict</c> or <c>ignored</c>.</param>
internal sealed record ReceiptLine(long Line, string? Id, string Result, string? Field, string? Reason, string? QuarantineId);

/// <summary>Source-generated JSON of receipts.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ReceiptLine))]
internal sealed partial class ReceiptLineJson : JsonSerializerContext;
