using System.Security.Cryptography;
using System.Text;
using Azure.Data.Tables;
using Stockgate.Domain;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Approvals.Links;

/// <summary>The subject of a mail.</summary>
/// <param name="Case">The case that it asked about.</param>
/// <param name="Invitation">Whose it was, by its number in the case.</param>
public sealed record MailedAbout(CaseId Case, int Invitation);

/// <summary>Stores mails by the digest of their ids, to recognize bounces.</summary>
public sealed class MailIndex(StateTables tables)
{
    private const string Kind = "mail",
        Case = "Case",
        Invitation = "Invitation";

    /// <summary>Called before the mail is sent, because a bounce may arrive first.</summary>
    public Task RememberAsync(string messageId, MailedAbout about, CancellationToken cancellationToken)
    {
        var digest = DigestOf(messageId);
        return tables.ApprovalLinks.UpsertEntityAsync(
            new TableEntity(ApprovalLinks.PartitionOf(digest), RowKeys.Of(Kind, digest))
            {
                [Case] = about.Case.Value,
                [Invitation] = about.Invitation,
            },
            TableUpdateMode.Replace,
            cancellationToken
        );
    }

    /// <param name="messageId">With or without angle brackets.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public async Task<MailedAbout?> FindAsync(string messageId, CancellationToken cancellationToken)
    {
        var digest = DigestOf(messageId);
        var found = await tables.ApprovalLinks.GetEntityIfExistsAsync<TableEntity>(
            ApprovalLinks.PartitionOf(digest),
            RowKeys.Of(Kind, digest),
            cancellationToken: cancellationToken
        );
        return found.HasValue ? new(new CaseId(found.Value!.GetString(Case)), found.Value!.GetInt32(Invitation)!.Value) : null;
    }

    private static string DigestOf(string messageId) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(messageId.Trim().TrimStart('<').TrimEnd('>').ToLowerInvariant())));
}
