using System.Globalization;
using Azure;
using Azure.Data.Tables;
using Stockgate.Domain;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Approvals.Links;

/// <summary>A link's scope: one person, one revision of a case, one expiry time.</summary>
/// <param name="Token">As it was presented.</param>
/// <param name="Case">The case.</param>
/// <param name="Invitation">Its number in the case.</param>
/// <param name="Approver">The addressee of the link.</param>
/// <param name="Revision">Of the case when it was mailed.</param>
/// <param name="ExpiresAt">From then on it shows how the case ended, and decides nothing.</param>
/// <param name="RevokedBecause">Why it decides nothing any more; null if it does.</param>
public sealed record ApprovalLink(
    LinkToken Token,
    CaseId Case,
    int Invitation,
    string Approver,
    string Revision,
    DateTimeOffset ExpiresAt,
    string? RevokedBecause
);

/// <summary>A new link.</summary>
/// <param name="Url">Only for the mail to its addressee: any holder of the URL can decide.</param>
public sealed record IssuedLink(Uri Url)
{
    public override string ToString() => nameof(IssuedLink);
}

/// <summary>Stores links by the digest of their tokens. An invitation may have several, because each reminder has a new one.</summary>
public sealed class ApprovalLinks(StateTables tables, LinkSettings settings)
{
    internal const string Kind = "link";

    private const string Case = "Case",
        Invitation = "Invitation",
        Approver = "Approver",
        Revision = "Revision",
        ExpiresAt = "ExpiresAt",
        Revoked = "RevokedBecause";

    /// <summary>Whether links can be created: needs the setting <c>PublicUrl</c>.</summary>
    public bool Configured => settings.PublicUrl is not null;

    /// <exception cref="InvalidOperationException">The setting <c>PublicUrl</c> is missing.</exception>
    public async Task<IssuedLink> IssueAsync(
        CaseId id,
        int invitation,
        string approver,
        string revision,
        DateTimeOffset expiresAt,
        CancellationToken cancellationToken
    )
    {
        var token = LinkToken.New();
        var url = settings.UrlOf(token);
        await tables.ApprovalLinks.AddEntityAsync(
            new TableEntity(PartitionOf(token.Digest), RowKeys.Of(Kind, token.Digest))
            {
                [Case] = id.Value,
                [Invitation] = invitation,
                [Approver] = approver,
                [Revision] = revision,
                [ExpiresAt] = expiresAt.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
            },
            cancellationToken
        );
        return new(url);
    }

    /// <returns>Null if there is no such link. A malformed text costs no read.</returns>
    public async Task<ApprovalLink?> FindAsync(string? token, CancellationToken cancellationToken)
    {
        if (LinkToken.Read(token) is not { } read)
            return null;
        var found = await tables.ApprovalLinks.GetEntityIfExistsAsync<TableEntity>(
            PartitionOf(read.Digest),
            RowKeys.Of(Kind, read.Digest),
            cancellationToken: cancellationToken
        );
        return found.HasValue && found.Value is { } row
            ? new(
                read,
                new(row.GetString(Case)),
                row.GetInt32(Invitation)!.Value,
                row.GetString(Approver),
                row.GetString(Revision),
                DateTimeOffset.Parse(row.GetString(ExpiresAt), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
                row.GetString(Revoked)
            )
            : null;
    }

    /// <summary>Revokes the decision right of a link. It still shows the case.</summary>
    /// <param name="because">For the person who opens it: a whole sentence, and what to do.</param>
    public Task RevokeAsync(ApprovalLink link, string because, CancellationToken cancellationToken) =>
        tables.ApprovalLinks.UpdateEntityAsync(
            new TableEntity(PartitionOf(link.Token.Digest), RowKeys.Of(Kind, link.Token.Digest)) { [Revoked] = because },
            ETag.All,
            TableUpdateMode.Merge,
            cancellationToken
        );

    /// <summary>Digests spread evenly, so their first byte makes 256 partitions of like size.</summary>
    internal static string PartitionOf(string digest) => digest[..2];
}
