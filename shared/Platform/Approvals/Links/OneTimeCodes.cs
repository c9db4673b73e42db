using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Data.Tables;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Approvals.Links;

/// <summary>The result of requesting a code.</summary>
/// <param name="Code">Six digits, for the mail; null if none was made.</param>
/// <param name="Words">Why none was made; null if one was.</param>
public sealed record NewCode(string? Code, string? Words)
{
    public override string ToString() => Words ?? nameof(NewCode);
}

/// <summary>The result of entering a code.</summary>
public enum CodeVerdict
{
    Right,
    Wrong,

    /// <summary>No code was sent, or it has expired.</summary>
    None,

    /// <summary>The last try was wrong: the link can no longer decide.</summary>
    Spent,
}

/// <summary>
/// One-time codes, mailed separately from the link. Only an HMAC under the link's token is stored, and the token is not, so that read
/// access to the table does not allow trying the million codes. Each link has <see cref="Tries"/> tries over all its codes.
/// </summary>
public sealed class OneTimeCodes(StateTables tables, TimeProvider time)
{
    public const int Tries = 5,
        Digits = 6;

    /// <summary>The maximum number of codes per link, to prevent mail flooding.</summary>
    public const int CodesPerLink = 4;

    /// <summary>The lifetime of a code.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    private const string Kind = "code",
        Salt = "Salt",
        Mac = "Mac",
        Until = "Until",
        Tried = "Tried",
        Made = "Made";
    private const int Codes = 1_000_000;

    // Between two codes of one link.
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    /// <summary>Creates a new code for a link and invalidates the previous one.</summary>
    public async Task<NewCode> MakeAsync(ApprovalLink link, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var found = await ReadAsync(link, cancellationToken);
        var made = found?.GetInt32(Made) ?? 0;
        if (made >= CodesPerLink)
            return new(
                null,
                $"{CodesPerLink} codes were mailed for this link, which is the limit. Use the newest code, or the link in another mail about this case."
            );
        if (found is not null && UntilOf(found) - Lifetime + Pause > now)
            return new(null, "A code was mailed within the last minute. Wait for it, and check the spam folder.");
        var code = RandomNumberGenerator.GetInt32(Codes).ToString($"D{Digits}", CultureInfo.InvariantCulture);
        var salt = RandomNumberGenerator.GetBytes(16);
        var row = new TableEntity(ApprovalLinks.PartitionOf(link.Token.Digest), KeyOf(link))
        {
            [Salt] = Convert.ToHexStringLower(salt),
            [Mac] = MacOf(link, salt, code),
            [Until] = (now + Lifetime).UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
            [Tried] = found?.GetInt32(Tried) ?? 0,
            [Made] = made + 1,
        };
        try
        {
            if (found is null)
                await tables.ApprovalLinks.AddEntityAsync(row, cancellationToken);
            else
                await tables.ApprovalLinks.UpdateEntityAsync(row, found.ETag, TableUpdateMode.Replace, cancellationToken);
            return new(code, null);
        }
        catch (RequestFailedException lost) when (lost.Status is 409 or 412)
        {
            return new(null, "A code is being mailed. Wait for it.");
        }
    }

    /// <summary>Checks a code. The try is counted before the check, so that concurrent tries gain nothing.</summary>
    public async Task<CodeVerdict> CheckAsync(ApprovalLink link, string? code, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await ReadAsync(link, cancellationToken) is not { } row)
                return CodeVerdict.None;
            var tried = row.GetInt32(Tried)!.Value;
            if (tried >= Tries)
                return CodeVerdict.Spent;
            if (UntilOf(row) <= time.GetUtcNow())
                return CodeVerdict.None;
            row[Tried] = tried + 1;
            try
            {
                await tables.ApprovalLinks.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace, cancellationToken);
            }
            catch (RequestFailedException lost) when (lost.Status == 412)
            {
                continue;
            }
            var right = CryptographicOperations.FixedTimeEquals(
                Encoding.ASCII.GetBytes(MacOf(link, Convert.FromHexString(row.GetString(Salt)), Entered(code))),
                Encoding.ASCII.GetBytes(row.GetString(Mac))
            );
            return right ? CodeVerdict.Right
                : tried + 1 < Tries ? CodeVerdict.Wrong
                : CodeVerdict.Spent;
        }
    }

    // Spaces in and around the typed code are ignored.
    private static string Entered(string? code) =>
        string.Concat((code ?? string.Empty).Where(static c => !char.IsWhiteSpace(c)).Take(Digits + 1));

    private static string MacOf(ApprovalLink link, byte[] salt, string code) =>
        Convert.ToHexStringLower(link.Token.Sign(Encoding.UTF8.GetBytes($"code|{Convert.ToHexStringLower(salt)}|{code}")));

    private static DateTimeOffset UntilOf(TableEntity row) =>
        DateTimeOffset.Parse(row.GetString(Until), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static string KeyOf(ApprovalLink link) => RowKeys.Of(Kind, link.Token.Digest);

    private async Task<TableEntity?> ReadAsync(ApprovalLink link, CancellationToken cancellationToken) =>
        await tables.ApprovalLinks.GetEntityIfExistsAsync<TableEntity>(
            ApprovalLinks.PartitionOf(link.Token.Digest),
            KeyOf(link),
            cancellationToken: cancellationToken
        )
            is { HasValue: true } found
            ? found.Value
            : null;
}
