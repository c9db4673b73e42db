using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Stockgate.Domain;
using Stockgate.Platform.Http;
using Stockgate.Platform.Ingest.Registry;

namespace Stockgate.Platform.Ingest.Files;

/// <summary>Takes files in, from requests and from what was put into the inbox, and shows how far each is.</summary>
public sealed partial class FileInbox(Channels channels, FileStore store, FileBlobs blobs, FileReceipts receipts, TimeProvider time)
{
    // A sender that takes longer holds room that others need.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly SemaphoreSlim preparing = new(1, 1);
    private bool isPrepared;

    /// <summary>Whether a name can be a file's: one segment, without what a path could mean.</summary>
    public static bool IsName(string name) => FileName().IsMatch(name) && !name.Contains("..", StringComparison.Ordinal);

    /// <summary>Keeps an uploaded file; it is worked after the answer.</summary>
    /// <returns>The file, and whether it is to be worked: what was worked before is not again.</returns>
    /// <exception cref="ProblemException">It is refused; nothing of it is kept.</exception>
    public async Task<(ChannelFile File, bool IsNew)> PutAsync(
        string channelName,
        string name,
        HttpRequest request,
        string by,
        CancellationToken cancellationToken
    )
    {
        var channel = await channels.RequireOpenAsync(channelName, cancellationToken);
        if (channel.Files is null)
            throw FileProblems.TakesNone(channelName);
        if (!IsName(name))
            throw FileProblems.Name();
        if (request.ContentLength > Limits.DeliveryBytes)
            throw FileProblems.TooLarge();
        channels.Admit(channel, request.HttpContext.Response);
        await PrepareAsync(cancellationToken);
        var staged = await StageAsync($"{channel.Id}/{name}", request, cancellationToken);
        if (staged.Bytes == 0)
            throw FileProblems.Empty();
        var before = await store.FindAsync(channel.Id, name, cancellationToken);
        if (before is { IsOpen: true })
            return before.Version == staged.Digest ? (before, true) : throw FileProblems.InWork(name);
        if (await store.WorkedAsync(channel.Id, staged.Digest, cancellationToken) is { } worked)
            return (worked, false);
        var file = New(channel.Id, name, staged.Digest, staged.Bytes, by) with
        {
            Content = await blobs.CommitAsync(staged, cancellationToken),
        };
        return (await store.TryAddAsync(file, before, cancellationToken) ?? throw FileProblems.InWork(name), true);
    }

    /// <summary>Takes in what was put into the inbox.</summary>
    /// <returns>The file where there is work to do; null where there is none, or it can't be taken.</returns>
    public async Task<ChannelFile?> ClaimAsync(InboxBlob blob, CancellationToken cancellationToken)
    {
        var channel = new ChannelId(blob.Channel);
        var before = await store.FindAsync(channel, blob.Name, cancellationToken);
        // Of a version that was replaced while it was worked the next read fails, and ends its work; then the new one has its turn.
        if (before is { IsOpen: true })
            return before;
        if (before is not null && before.Content == blob.Content)
            return await PutAwayAsync(before, cancellationToken);
        // A file that is still being written has no bytes at first, nor has a folder.
        if (blob.Bytes == 0 || !IsName(blob.Name) || !await TakesFilesAsync(blob.Channel, cancellationToken))
            return null;
        try
        {
            var version = await blobs.DigestAsync(blob, cancellationToken);
            var file = New(channel, blob.Name, version, blob.Bytes, "inbox") with { Content = blob.Content };
            return await store.WorkedAsync(channel, version, cancellationToken) is null
                ? await store.TryAddAsync(file, before, cancellationToken)
                : await PutAwayAsync(file, cancellationToken);
        }
        catch (FileGoneException)
        {
            // Still being written, or deleted: the next look finds what became of it.
            return null;
        }
    }

    /// <exception cref="ProblemException">There is none.</exception>
    public async Task<ChannelFile> GetAsync(string channel, string name, CancellationToken cancellationToken) =>
        await store.FindAsync((await channels.GetAsync(channel, cancellationToken)).Id, name, cancellationToken)
        ?? throw FileProblems.Unknown(name);

    /// <summary>A page of a channel's files.</summary>
    public async Task<(IReadOnlyList<ChannelFileView>, string?)> ListAsync(
        string channel,
        int size,
        string? after,
        CancellationToken cancellationToken
    )
    {
        var setup = await channels.GetAsync(channel, cancellationToken);
        var (page, next) = await store.ListAsync(setup.Id, size, after, cancellationToken);
        return ([.. page.Select(ChannelFileView.Of)], next);
    }

    /// <summary>Makes the containers, so that files can be put there.</summary>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        if (isPrepared)
            return;
        await preparing.WaitAsync(cancellationToken);
        try
        {
            await blobs.PrepareAsync(cancellationToken);
            await receipts.PrepareAsync(cancellationToken);
            isPrepared = true;
        }
        finally
        {
            preparing.Release();
        }
    }

    private async Task<StagedContent> StageAsync(string path, HttpRequest request, CancellationToken cancellationToken)
    {
        using var room = new LargeBodyRoom();
        room.Take();
        using var slow = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        slow.CancelAfter(Patience);
        try
        {
            return await blobs.StageAsync(path, request.Body, Limits.DeliveryBytes, slow.Token) ?? throw FileProblems.TooLarge();
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw FileProblems.TooSlow(Patience);
        }
    }

    private async Task<bool> TakesFilesAsync(string channel, CancellationToken cancellationToken)
    {
        try
        {
            var known = await channels.RequireOpenAsync(channel, cancellationToken);
            return known.Files is not null && known.Id.Value == channel;
        }
        catch (ProblemException)
        {
            return false;
        }
    }

    private async Task<ChannelFile?> PutAwayAsync(ChannelFile file, CancellationToken cancellationToken)
    {
        await blobs.ArchiveAsync(file, cancellationToken);
        return null;
    }

    private ChannelFile New(ChannelId channel, string name, string version, long bytes, string by) =>
        new()
        {
            Channel = channel,
            Name = name,
            Version = version,
            Content = default,
            Bytes = bytes,
            By = by,
            ReceivedAt = time.GetUtcNow(),
            UpdatedAt = time.GetUtcNow(),
        };

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]{0,127}\\z")]
    private static partial Regex FileName();
}
