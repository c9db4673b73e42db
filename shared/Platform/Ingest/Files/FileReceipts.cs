using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Stockgate.Platform.Ingest.Registry;

namespace Stockgate.Platform.Ingest.Files;

/// <summary>Receipts: the blob <c>receipts/CHANNEL/NAME.jsonl</c> has a line for each record of the latest version of a file.</summary>
public sealed class FileReceipts(BlobServiceClient blobs)
{
    private readonly BlobContainerClient receipts = blobs.GetBlobContainerClient("receipts");

    public static string NameOf(ChannelFile file) => $"{file.Channel}/{file.Name}.jsonl";

    public Task PrepareAsync(CancellationToken cancellationToken) => receipts.CreateIfNotExistsAsync(cancellationToken: cancellationToken);

    /// <summary>Begins the receipt of a version. That of the version before is kept under its version.</summary>
    public async Task BeginAsync(ChannelFile file, CancellationToken cancellationToken)
    {
        const string version = "version";
        var blob = receipts.GetAppendBlobClient(NameOf(file));
        if (await FindAsync(blob, cancellationToken) is { } before)
        {
            var of = before.Metadata.TryGetValue(version, out var known) ? known : "";
            if (of == file.Version)
                return;
            await using var content = await blob.OpenReadAsync(cancellationToken: cancellationToken);
            await receipts
                .GetBlobClient($"{file.Channel}/{file.Name}.{(of.Length > 12 ? of[..12] : "before")}.jsonl")
                .UploadAsync(content, overwrite: true, cancellationToken);
        }
        var options = new AppendBlobCreateOptions
        {
            Metadata = new Dictionary<string, string> { [version] = file.Version },
            HttpHeaders = new BlobHttpHeaders { ContentType = "application/x-ndjson" },
        };
        await blob.CreateAsync(options, cancellationToken);
    }

    /// <summary>Appends lines to the receipt, once: where a crash came between them and the checkpoint, what stands there holds.</summary>
    /// <returns>What stands in the receipt from the checkpoint on.</returns>
    public async Task<ReadOnlyMemory<byte>> AppendAsync(ChannelFile file, byte[] lines, CancellationToken cancellationToken)
    {
        var blob = receipts.GetAppendBlobClient(NameOf(file));
        try
        {
            using var content = new MemoryStream(lines, writable: false);
            var conditions = new AppendBlobRequestConditions { IfAppendPositionEqual = file.ReceiptBytes };
            await blob.AppendBlockAsync(content, new AppendBlobAppendBlockOptions { Conditions = conditions }, cancellationToken);
            return lines;
        }
        catch (RequestFailedException there) when (there.Status == 412)
        {
            BlobDownloadResult found = await blob.DownloadContentAsync(
                new BlobDownloadOptions { Range = new HttpRange(file.ReceiptBytes) },
                cancellationToken
            );
            return found.Content.ToMemory();
        }
    }

    /// <returns>Null if there is none yet.</returns>
    public async Task<Stream?> OpenAsync(ChannelFile file, CancellationToken cancellationToken)
    {
        var blob = receipts.GetAppendBlobClient(NameOf(file));
        return await FindAsync(blob, cancellationToken) is null ? null : await blob.OpenReadAsync(cancellationToken: cancellationToken);
    }

    private static async Task<BlobProperties?> FindAsync(AppendBlobClient blob, CancellationToken cancellationToken)
    {
        try
        {
            return await blob.GetPropertiesAsync(cancellationToken: cancellationToken);
        }
        catch (RequestFailedException none) when (none.Status == 404)
        {
            return null;
        }
    }
}
