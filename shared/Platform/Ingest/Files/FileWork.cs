using Microsoft.AspNetCore.Http;
using Stockgate.Domain;
using Stockgate.Domain.Ingest.Files;
using Stockgate.Platform.Ingest.Registry;

namespace Stockgate.Platform.Ingest.Files;

/// <summary>The name of a file and its channel.</summary>
public sealed record FileKey(ChannelId Channel, string Name);

/// <summary>Works a file from its checkpoint on, in slices; holds one slice in memory.</summary>
public sealed class FileWork(
    Channels channels,
    FileStore store,
    FileContent content,
    FileReceipts receipts,
    FileIntake intake,
    FileEnding ending
)
{
    // Some seconds of work: an activity that is not heard of for long can't be told from one that hangs.
    private const int MostSlices = 20;

    private const int SliceBytes = 1024 * 1024,
        SenselessRecords = 1_000;

    /// <summary>Works some slices.</summary>
    /// <returns>True if there is nothing more to do.</returns>
    public async Task<bool> WorkAsync(FileKey key, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(key.Channel, key.Name, cancellationToken) is not { IsOpen: true } file)
            return true;
        try
        {
            var channel = await channels.GetAsync(key.Channel.Value, cancellationToken);
            if (!channel.Enabled || channel.Files is null)
                throw new FileBrokenException(file.Next.Line, "the channel takes no files any more");
            await receipts.BeginAsync(file, cancellationToken);
            return await SlicesAsync(channel, file, cancellationToken);
        }
        catch (FileBrokenException broken)
        {
            await ending.RefuseAsync(key, $"line {broken.Line}: {broken.Message}", cancellationToken);
        }
        catch (FileGoneException gone)
        {
            await ending.RefuseAsync(key, gone.Message, cancellationToken);
        }
        catch (ProblemException unknown) when (unknown.Status == StatusCodes.Status404NotFound)
        {
            await ending.RefuseAsync(key, "The channel is not set up any more.", cancellationToken);
        }
        return true;
    }

    private async Task<bool> SlicesAsync(Channel channel, ChannelFile file, CancellationToken cancellationToken)
    {
        var (slice, bytes, slices) = (new List<FileRecord>(Limits.BatchRecords), 0, 0);
        await foreach (var record in content.ReadAsync(channel, file, cancellationToken))
        {
            slice.Add(record);
            bytes += record.Content.Length;
            if (slice.Count < Limits.BatchRecords && bytes < SliceBytes)
                continue;
            file = await intake.TakeAsync(channel, file, slice, cancellationToken);
            RequireSomeSense(file);
            slice.Clear();
            bytes = 0;
            if (++slices == MostSlices)
                return false;
        }
        if (slice.Count > 0)
            file = await intake.TakeAsync(channel, file, slice, cancellationToken);
        await ending.DoneAsync(file, cancellationToken);
        return true;
    }

    // Another column order or separator would fill the quarantine with a million records that one correction mends.
    private static void RequireSomeSense(ChannelFile file)
    {
        if (file.Counts is { Records: >= SenselessRecords } counts && counts.Quarantined == counts.Records)
            throw new FileBrokenException(
                file.Next.Line,
                $"all of the first {counts.Records} records were refused, as the receipt says; compare the file with the channel's setup"
            );
    }
}
