using System.IO.Compression;
using System.Text;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Stockgate.Domain.Forecasting.Files;

namespace Stockgate.Platform.Forecasting;

/// <summary>One blob container. Files are replaced atomically: a reader sees the old or the new content.</summary>
internal sealed class BlobFolder(BlobServiceClient blobs, string container)
{
    // Unpacked; ten times the size of a large retailer's year.
    private const long MostCharacters = 400_000_000;

    private readonly BlobContainerClient client = blobs.GetBlobContainerClient(container);

    /// <returns>The file's ETag.</returns>
    public async Task<string> PutAsync(string name, ReadOnlyMemory<byte> content, string type, CancellationToken cancellationToken)
    {
        var options = new BlobUploadOptions { HttpHeaders = new BlobHttpHeaders { ContentType = type } };
        try
        {
            return (
                await client.GetBlobClient(name).UploadAsync(new BinaryData(content), options, cancellationToken)
            ).Value.ETag.ToString();
        }
        catch (RequestFailedException missing) when (missing.ErrorCode == BlobErrorCode.ContainerNotFound)
        {
            // The first file of a deployment.
            await client.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
            return (
                await client.GetBlobClient(name).UploadAsync(new BinaryData(content), options, cancellationToken)
            ).Value.ETag.ToString();
        }
    }

    /// <returns>Null if there is no such file.</returns>
    public async Task<ReadOnlyMemory<byte>?> FindAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return (await client.GetBlobClient(name).DownloadContentAsync(cancellationToken)).Value.Content.ToMemory();
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return null;
        }
    }

    /// <returns>Null if there is no such file.</returns>
    public async Task<string?> ETagAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return (await client.GetBlobClient(name).GetPropertiesAsync(cancellationToken: cancellationToken)).Value.ETag.ToString();
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return null;
        }
    }

    /// <summary>Writes a packed text.</summary>
    public Task<string> PutPackedAsync(string name, Action<TextWriter> write, CancellationToken cancellationToken)
    {
        var packed = new MemoryStream();
        using (var text = new StreamWriter(new GZipStream(packed, CompressionLevel.Optimal), new UTF8Encoding(false)))
            write(text);
        return PutAsync(name, packed.ToArray(), "application/gzip", cancellationToken);
    }

    /// <returns>The text of a packed file; null if none.</returns>
    /// <exception cref="HistoryFileException">It can't be unpacked or is too large.</exception>
    public async Task<string?> FindPackedAsync(string name, CancellationToken cancellationToken)
    {
        if (await FindAsync(name, cancellationToken) is not { } packed)
            return null;
        try
        {
            using var reader = new StreamReader(
                new GZipStream(new MemoryStream(packed.ToArray()), CompressionMode.Decompress),
                new UTF8Encoding(false, throwOnInvalidBytes: true)
            );
            var (text, buffer) = (new StringBuilder(packed.Length * 6), new char[64 * 1024]);
            for (int read; (read = reader.Read(buffer)) > 0; text.Append(buffer, 0, read))
                if (text.Length > MostCharacters)
                    throw new HistoryFileException(name, 0, $"has more than {MostCharacters} characters, the limit for a month of sales.");
            return text.ToString();
        }
        catch (Exception broken) when (broken is InvalidDataException or DecoderFallbackException or EndOfStreamException)
        {
            throw new HistoryFileException(
                name,
                0,
                "can't be unpacked: it is damaged or not a gzip file. Delete it; the next run rewrites it from the ledger.",
                broken
            );
        }
    }
}
