using System.Security.Cryptography;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace Stockgate.Platform.Messaging;

/// <summary>
/// Stores events above Service Bus's limit of 256 KiB in a container; the message holds the blob's name. Blobs stay after projection, since
/// the message may be delivered again; the storage account's lifecycle rule deletes them.
/// </summary>
public sealed class LargeEvents(BlobServiceClient blobs)
{
    /// <summary>Bytes of a body that still travels in its message, with room for its properties.</summary>
    public const int MessageBytes = 200 * 1024;

    private readonly BlobContainerClient container = blobs.GetBlobContainerClient("large-events");

    public Task PrepareAsync(CancellationToken cancellationToken) => container.CreateIfNotExistsAsync(cancellationToken: cancellationToken);

    /// <summary>Ends when the body is kept.</summary>
    /// <returns>Its name. It comes from the bytes, so that the same event sent again is the same blob and one of the same id with another
    /// body is another.</returns>
    public async Task<string> KeepAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var name = $"{Convert.ToHexStringLower(SHA256.HashData(body.Span))}.json";
        await container.GetBlobClient(name).UploadAsync(new BinaryData(body), overwrite: true, cancellationToken);
        return name;
    }

    /// <exception cref="UnreadableMessageException">It is not there.</exception>
    public async Task<ReadOnlyMemory<byte>> ReadAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            BlobDownloadResult found = await container.GetBlobClient(name).DownloadContentAsync(cancellationToken);
            return found.Content.ToMemory();
        }
        catch (RequestFailedException gone) when (gone.Status == 404)
        {
            throw new UnreadableMessageException($"its body {name} is no longer in the container large-events");
        }
    }
}
