using System.Text;
using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Stockgate.Domain;
using Stockgate.Domain.Promotions.Settlement;
using Stockgate.Pages.Settlement;

namespace Stockgate.Platform.Promotions.Settlement;

/// <summary>Where a settlement's files are, in the container <see cref="SettlementReports.Container"/>.</summary>
public sealed record SettlementFiles(string Json, string Csv, string Html);

/// <summary>
/// Settlements as files in blob storage: for programs, for spreadsheets, for people. The same report written again makes the same bytes
/// under the same names.
/// </summary>
public sealed class SettlementReports(BlobServiceClient blobs)
{
    public const string Container = "promotion-reports";

    private readonly BlobContainerClient container = blobs.GetBlobContainerClient(Container);

    /// <summary>
    /// Names of a promotion's files. Whatever its id holds, they stay in a folder of its own: only letters, digits, <c>-</c> and <c>_</c>
    /// stand for themselves.
    /// </summary>
    public static SettlementFiles FilesOf(PromotionId promotion)
    {
        var folder = new StringBuilder();
        foreach (var c in promotion.Value)
            if (char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
                folder.Append(c);
            // Not percent-encoding: a slash or a dot that a proxy decodes would be a path.
            else
                folder.Append('~').Append(((int)c).ToString("X4", System.Globalization.CultureInfo.InvariantCulture));
        return new SettlementFiles($"{folder}/settlement.json", $"{folder}/settlement.csv", $"{folder}/settlement.html");
    }

    /// <summary>Writes all three files, the page last, so that its data files always exist.</summary>
    public async Task<SettlementFiles> WriteAsync(SettlementReport report, CancellationToken cancellationToken)
    {
        var files = FilesOf(report.Promotion);
        var page = Encoding.UTF8.GetBytes(SettlementPage.Of(report));
        await PutAsync(
            files.Json,
            JsonSerializer.SerializeToUtf8Bytes(report, SettlementJson.Default.SettlementReport),
            "application/json; charset=utf-8",
            cancellationToken
        );
        await PutAsync(files.Csv, Encoding.UTF8.GetBytes(SettlementCsv.Of(report)), "text/csv; charset=utf-8", cancellationToken);
        await PutAsync(files.Html, page, "text/html; charset=utf-8", cancellationToken);
        return files;
    }

    /// <returns>The report as it was written last; null if none.</returns>
    public async Task<SettlementReport?> LastAsync(PromotionId promotion, CancellationToken cancellationToken) =>
        await ReadAsync(FilesOf(promotion).Json, cancellationToken) is { } json
            ? JsonSerializer.Deserialize(json, SettlementJson.Default.SettlementReport)
            : null;

    /// <summary>Keeps a report that is about to be corrected, under its number.</summary>
    public Task KeepAsync(SettlementReport report, CancellationToken cancellationToken) =>
        PutAsync(
            FilesOf(report.Promotion).Json.Replace("settlement.json", $"settlement-{report.Correction}.json", StringComparison.Ordinal),
            JsonSerializer.SerializeToUtf8Bytes(report, SettlementJson.Default.SettlementReport),
            "application/json; charset=utf-8",
            cancellationToken
        );

    /// <returns>A file's content; null if the promotion has no report yet.</returns>
    public async Task<byte[]?> ReadAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return (await container.GetBlobClient(name).DownloadContentAsync(cancellationToken)).Value.Content.ToArray();
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return null;
        }
    }

    private async Task PutAsync(string name, byte[] content, string type, CancellationToken cancellationToken)
    {
        var options = new BlobUploadOptions { HttpHeaders = new BlobHttpHeaders { ContentType = type } };
        try
        {
            await container.GetBlobClient(name).UploadAsync(new BinaryData(content), options, cancellationToken);
        }
        catch (RequestFailedException missing) when (missing.ErrorCode == BlobErrorCode.ContainerNotFound)
        {
            // The first report of a deployment.
            await container.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
            await container.GetBlobClient(name).UploadAsync(new BinaryData(content), options, cancellationToken);
        }
    }
}
