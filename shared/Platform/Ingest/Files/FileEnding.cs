using Stockgate.Domain.Operations;
using Stockgate.Platform.Ingest.Registry;
using Stockgate.Platform.Operations;

namespace Stockgate.Platform.Ingest.Files;

/// <summary>Ends the work on a file, and moves it out of the inbox.</summary>
public sealed class FileEnding(FileStore store, FileBlobs blobs, ExceptionLog exceptions, TimeProvider time)
{
    /// <summary>Every record has its line in the receipt.</summary>
    public async Task DoneAsync(ChannelFile file, CancellationToken cancellationToken)
    {
        // Before the state: a crash in between works the end of the file again, the other way round the content would not be known.
        var done = file with
        {
            State = FileState.Done,
        };
        await store.RememberAsync(done, cancellationToken);
        await EndAsync(done, cancellationToken);
    }

    /// <summary>It can't be read on. What was taken before stays taken; the same content may be sent again.</summary>
    public async Task RefuseAsync(FileKey key, string reason, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(key.Channel, key.Name, cancellationToken) is not { IsOpen: true } file)
            return;
        var now = time.GetUtcNow();
        await exceptions.RaiseAsync(
            new OperationException
            {
                Type = "file-refused",
                Subject = $"channel {file.Channel}",
                Failure = $"{file.Name}: {reason}",
                Count = 1,
                FirstSeenAt = now,
                LastSeenAt = now,
                Owner = "integration",
                Sla = TimeSpan.FromHours(4),
                RecommendedAction = $"Have the sender correct {file.Name} and send it again.",
            },
            cancellationToken
        );
        await EndAsync(file with { State = FileState.Refused, Reason = reason }, cancellationToken);
    }

    private async Task EndAsync(ChannelFile file, CancellationToken cancellationToken)
    {
        var ended = await store.SaveAsync(file with { UpdatedAt = time.GetUtcNow() }, cancellationToken);
        await blobs.ArchiveAsync(ended, cancellationToken);
    }
}
