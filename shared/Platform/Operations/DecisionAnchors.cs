using System.Globalization;
using System.Text;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Stockgate.Domain.Operations;

namespace Stockgate.Platform.Operations;

/// <summary>The result of checking all decision chains.</summary>
/// <param name="Subjects">Chains there are.</param>
/// <param name="Broken">Subjects whose chain is changed or shorter than it was, with the number of the first record at fault.</param>
public sealed record AuditResult(int Subjects, IReadOnlyList<(string Subject, int FirstBreak)> Broken);

/// <summary>
/// Stores the head of every decision chain once a day in an immutable blob and compares the chains with the previous one. A person with
/// write access to the tables can rewrite a chain and its head, but not the blob.
/// </summary>
public sealed class DecisionAnchors(DecisionLog decisions, BlobServiceClient blobs, ExceptionLog exceptions, TimeProvider time)
{
    private readonly BlobContainerClient container = blobs.GetBlobContainerClient("decision-anchors");

    /// <summary>
    /// Reads every chain once, tells of those that are broken, and writes today's anchor. Again on the same day it compares and writes
    /// nothing. It reads the whole table, a thousand rows a request: that is what proves that nothing is missing, and why it is done at
    /// night and no more often.
    /// </summary>
    public async Task<AuditResult> AnchorAsync(CancellationToken cancellationToken)
    {
        await container.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        var today = time.GetUtcNow();
        var (before, anchor, broken, subjects) = (await LastAsync(cancellationToken), new StringBuilder(), new List<(string, int)>(), 0);
        await foreach (var chain in decisions.EachChainAsync(cancellationToken))
        {
            // One whose records are all gone names its subject no more; the anchor of before does.
            if (chain.Records is not [.., var last])
                continue;
            subjects++;
            if (BreakOf(chain, before.GetValueOrDefault(last.Subject)) is { } firstBreak)
                broken.Add((last.Subject, firstBreak));
            anchor.Append(CultureInfo.InvariantCulture, $"{chain.Records.Count}\t{last.Hash}\t{Uri.EscapeDataString(last.Subject)}\n");
            before.Remove(last.Subject);
        }
        // Chains that have disappeared.
        broken.AddRange(before.Keys.Select(static gone => (gone, 1)));
        foreach (var (subject, firstBreak) in broken)
            await RaiseAsync(subject, firstBreak, today, cancellationToken);
        await WriteAsync(today, anchor.ToString(), cancellationToken);
        return new AuditResult(subjects, broken);
    }

    private static int? BreakOf(DecisionChain chain, Anchor? before)
    {
        if (chain.FirstBreak is { } firstBreak)
            return firstBreak;
        if (before is null)
            return null;
        if (chain.Records.Count < before.Number)
            return chain.Records.Count + 1;
        // A chain rewritten with its head: consistent in itself but different from the anchor.
        return chain.Records[before.Number - 1].Hash == before.Hash ? null : before.Number;
    }

    private async Task<Dictionary<string, Anchor>> LastAsync(CancellationToken cancellationToken)
    {
        var last = string.Empty;
        await foreach (var blob in container.GetBlobsAsync(cancellationToken: cancellationToken))
            if (string.CompareOrdinal(blob.Name, last) > 0)
                last = blob.Name;
        if (last.Length == 0)
            return [];
        BlobDownloadResult content = await container.GetBlobClient(last).DownloadContentAsync(cancellationToken);
        var lines = content.Content.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => line.Split('\t'));
        return lines.ToDictionary(
            static parts => Uri.UnescapeDataString(parts[2]),
            static parts => new Anchor(int.Parse(parts[0], CultureInfo.InvariantCulture), parts[1])
        );
    }

    private async Task WriteAsync(DateTimeOffset day, string anchor, CancellationToken cancellationToken)
    {
        try
        {
            var onlyNew = new BlobUploadOptions { Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All } };
            await container.GetBlobClient($"{day:yyyy-MM-dd}.tsv").UploadAsync(BinaryData.FromString(anchor), onlyNew, cancellationToken);
        }
        catch (RequestFailedException there) when (there.Status is 409 or 412)
        {
            // Written today already, and never twice.
        }
    }

    private Task RaiseAsync(string subject, int firstBreak, DateTimeOffset now, CancellationToken cancellationToken) =>
        exceptions.RaiseAsync(
            new OperationException
            {
                Type = "audit-chain-broken",
                Subject = $"decisions of {subject}",
                Failure = $"record {firstBreak} is changed or missing",
                FirstSeenAt = now,
                LastSeenAt = now,
                Owner = "security",
                Sla = TimeSpan.FromHours(1),
                RecommendedAction =
                    $"Compare GET /api/v1/decisions/{subject} with the blobs of the container decision-anchors and with a backup, "
                    + "and find who can write the table Decisions.",
            },
            cancellationToken
        );

    private sealed record Anchor(int Number, string Hash);
}
