using System.Buffers;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Stockgate.Platform.Ingest.Registry;

namespace Stockgate.Platform.Ingest.Files;

/// <summary>A file that was put into the inbox.</summary>
/// <param name="Content">The version of the blob.</param>
public sealed record InboxBlob(string Channel, string Name, ETag Content, long Bytes);

/// <summary>
/// The blobs of files: <c>inbox/CHANNEL/NAME</c> until it is worked, then <c>worked/CHANNEL/NAME.VERSION</c>. The inbox so holds only what
/// is still to be done.
/// </summary>
public sealed class FileBlobs(BlobServiceClient blobs)
{
    private const int BlockBytes = 1024 * 1024;

    private readonly BlobContainerClient inbox = blobs.GetBlobContainerClient("inbox");
    private readonly BlobContainerClient worked = blobs.GetBlobContainerClient("worked");

    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        foreach (var container in new[] { inbox, worked })
            await container.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
    }

    /// <summary>Uploads a content without putting it in force, a block at a time.</summary>
    /// <param name="path">Channel and name.</param>
    /// <param name="content">Read to its end.</param>
    /// <param name="most">Bytes.</param>
    /// <param name="cancellationToken">Cancels the upload.</param>
    /// <returns>Null if it has more bytes.</returns>
    public async Task<StagedContent?> StageAsync(string path, Stream content, long most, CancellationToken cancellationToken)
    {
        var blob = inbox.GetBlockBlobClient(path);
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (blocks, bytes, buffer) = (new List<string>(), 0L, ArrayPool<byte>.Shared.Rent(BlockBytes));
        try
        {
            while (await content.ReadAtLeastAsync(buffer.AsMemory(0, BlockBytes), BlockBytes, false, cancellationToken) is var read and > 0)
            {
                bytes += read;
                if (bytes > most)
                    return null;
                digest.AppendData(buffer, 0, read);
                // Named by what it holds: two uploads of one name at once can't mix their blocks.
                var id = SHA256.HashData(buffer.AsSpan(0, read)).AsSpan(0, 16).ToArray();
                blocks.Add(Convert.ToBase64String([.. BitConverter.GetBytes(blocks.Count), .. id]));
                using var block = new MemoryStream(buffer, 0, read, writable: false);
                await blob.StageBlockAsync(blocks[^1], block, cancellationToken: cancellationToken);
            }
            return new StagedContent(path, blocks, Convert.ToHexStringLower(digest.GetHashAndReset()), bytes);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Puts a staged content in force.</summary>
    public async Task<ETag> CommitAsync(StagedContent staged, CancellationToken cancellationToken)
    {
        BlobContentInfo written = await inbox
            .GetBlockBlobClient(staged.Path)
            .CommitBlockListAsync(staged.Blocks, cancellationToken: cancellationToken);
        return written.ETag;
    }

    /// <summary>Everything in the inbox that stands in a channel's folder.</summary>
    public async IAsyncEnumerable<InboxBlob> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var blob in inbox.GetBlobsAsync(cancellationToken: cancellationToken))
            if (blob.Name.Split('/', 2) is [var channel, var name])
                // Lists have ETags without their quotes, answers with them.
                yield return new InboxBlob(
                    channel,
                    name,
                    new ETag(blob.Properties.ETag!.Value.ToString("H")),
                    blob.Properties.ContentLength ?? 0
                );
    }

    /// <summary>SHA-256 of a blob in the inbox.</summary>
    /// <exception cref="FileGoneException">It is another one now.</exception>
    public async Task<string> DigestAsync(InboxBlob blob, CancellationToken cancellationToken)
    {
        await using var content = await OpenAsync($"{blob.Channel}/{blob.Name}", blob.Content, 0, blob.Bytes, cancellationToken);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken));
    }

    /// <summary>The content of a file from a byte on.</summary>
    /// <exception cref="FileGoneException">It is not in the inbox any more, or another one is.</exception>
    public Task<Stream> OpenAsync(ChannelFile file, long offset, CancellationToken cancellationToken) =>
        OpenAsync($"{file.Channel}/{file.Name}", file.Content, offset, file.Bytes, cancellationToken);

    /// <summary>Moves a file that is done out of the inbox. Nothing happens where that was done before.</summary>
    public async Task ArchiveAsync(ChannelFile file, CancellationToken cancellationToken)
    {
        try
        {
            await using (var content = await OpenAsync(file, 0, cancellationToken))
                await worked
                    .GetBlobClient($"{file.Channel}/{file.Name}.{file.ShortVersion}")
                    .UploadAsync(content, overwrite: true, cancellationToken);
            await inbox
                .GetBlobClient($"{file.Channel}/{file.Name}")
                .DeleteIfExistsAsync(
                    conditions: new BlobRequestConditions { IfMatch = file.Content },
                    cancellationToken: cancellationToken
                );
        }
        catch (FileGoneException)
        {
            // Archived before a crash, or replaced by a new version, which waits there.
        }
        catch (RequestFailedException replaced) when (replaced.Status == 412) { }
    }

    private async Task<Stream> OpenAsync(string path, ETag version, long offset, long bytes, CancellationToken cancellationToken)
    {
        // No byte begins at the end of a blob, and asking for one is a fault there.
        if (offset >= bytes)
            return Stream.Null;
        try
        {
            BlobDownloadStreamingResult found = await inbox
                .GetBlobClient(path)
                .DownloadStreamingAsync(
                    new BlobDownloadOptions
                    {
                        Range = new HttpRange(offset),
                        Conditions = new BlobRequestConditions { IfMatch = version },
                    },
                    cancellationToken
                );
            return found.Content;
        }
        catch (RequestFailedException gone) when (gone.Status is 404 or 412)
        {
            throw new FileGoneException();
        }
    }
}

/// <summary>A content that was uploaded and is not in force yet.</summary>
/// <param name="Digest">SHA-256, hexadecimal.</param>
public sealed record StagedContent(string Path, IReadOnlyList<string> Blocks, string Digest, long Bytes);

/// <summary>The content of a file was deleted or replaced in the inbox.</summary>
public sealed class FileGoneException() : Exception("The file was deleted or replaced in the inbox.");
