using System.Text.Json;
using Stockgate.Domain;
using Stockgate.Domain.Operations;
using Stockgate.Domain.Promotions;
using Stockgate.Domain.Promotions.Settlement;
using Stockgate.Platform.Operations;
using Stockgate.Platform.Outbound;
using Stockgate.Platform.Promotions.Live;
using Stockgate.Platform.Promotions.Records;
using Stockgate.Platform.Promotions.Settlement;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Promotions.Settlement;

/// <summary>The progress of a promotion's settlement.</summary>
/// <param name="Restored">Whether every channel shows the prior prices; before that nothing is counted.</param>
/// <param name="Reason">Why it is settled; null while it is not.</param>
/// <param name="WakeAt">When to look again though nobody says that something changed.</param>
public sealed record SettlementLook(bool Restored, string? Reason, DateTimeOffset WakeAt);

/// <summary>
/// Bills a supplier, by way of the ERP: <c>stockgate.promotion.claim.v1</c>. What was paid is reported with
/// <c>stockgate.promotion.claim-paid.v1</c>.
/// </summary>
public sealed record ClaimMessage(
    string Type,
    PromotionId Promotion,
    SalesChannelId Channel,
    SupplierId Supplier,
    string Reference,
    Quantity Units,
    Money Amount
)
{
    public const string TypeName = "stockgate.promotion.claim.v1";
}

/// <summary>
/// Settles a promotion: computes the report, bills suppliers, and updates the report until they have paid or their payment term ends.
/// </summary>
public sealed class PromotionAccount(
    PromotionStore store,
    PromotionRows rows,
    SettlementReader reader,
    SettlementReports reports,
    BudgetLedger budget,
    OutboundChannels channels,
    ChannelClient client,
    ExceptionLog exceptions,
    DecisionLog decisions,
    PromotionPolicy policy,
    TimeProvider time
)
{
    private const string Rule = "promotion settlement",
        Open = "claim-unpaid";

    public async Task<SettlementLook> LookAsync(PromotionId promotion, CancellationToken cancellationToken)
    {
        await budget.CloseAsync(promotion, cancellationToken);
        var record = (await store.GetAsync(promotion, cancellationToken)).Record;
        var now = time.GetUtcNow();
        if (record.RestoredAt is null)
            return new SettlementLook(false, null, now);
        var report = Settling.Settle(await reader.ReadAsync(record, cancellationToken));
        var files = await reports.WriteAsync(report, cancellationToken);
        await RecordAsync(report, files, cancellationToken);
        var billed = await BillAsync(report, cancellationToken);
        var open = report.Funding.Where(static f => f.Open.Amount > 0).ToList();
        var due = (record.EndedAt ?? record.End) + policy.ClaimTerm;
        if (open.Count == 0)
            return new SettlementLook(
                true,
                report.Funding.Count == 0 ? "No supplier funded it, so no claim is billed." : "Every claim is paid.",
                now
            );
        if (now < due)
            return new SettlementLook(true, null, billed || due < now + policy.RetryEvery ? due : now + policy.RetryEvery);
        foreach (var claim in open)
            await RaiseAsync(report, claim, now, cancellationToken);
        return new SettlementLook(
            true,
            $"{open.Count} of {report.Funding.Count} claims were not paid within the suppliers' payment term; an exception was opened for each.",
            now
        );
    }

    /// <summary>
    /// Books what came after a promotion was settled: a claim that was paid later, late sales, returns. Where figures differ, the report
    /// that stood is kept under its number, and a correction takes its place. Idempotent, so that it may be repeated after a crash.
    /// </summary>
    /// <returns>False if something has to be sent again.</returns>
    public async Task<bool> CorrectAsync(PromotionRecord record, CancellationToken cancellationToken)
    {
        var last = await reports.LastAsync(record.Id, cancellationToken);
        var report = Settling.Settle(await reader.ReadAsync(record, cancellationToken)) with { Correction = (last?.Correction ?? -1) + 1 };
        if (last is not null && report.ComesToTheSameAs(last))
            report = last;
        else if (last is not null)
            await reports.KeepAsync(last, cancellationToken);
        var files = await reports.WriteAsync(report, cancellationToken);
        await RecordAsync(report, files, cancellationToken);
        var billed = await BillAsync(report, cancellationToken);
        var now = time.GetUtcNow();
        var over = now >= (record.EndedAt ?? record.End) + policy.ClaimTerm;
        foreach (var claim in report.Funding)
            if (claim.Open.Amount <= 0)
                await exceptions.ResolveAsync(Open, SubjectOf(report, claim), now, cancellationToken);
            else if (over)
                await RaiseAsync(report, claim, now, cancellationToken);
        return billed;
    }

    /// <returns>False if a claim did not get through and has to be sent again.</returns>
    private async Task<bool> BillAsync(SettlementReport report, CancellationToken cancellationToken)
    {
        var all = true;
        foreach (var claim in report.Funding.Where(static f => f.Claimed.Amount > 0))
        foreach (var erp in channels.All.Where(static c => c.Kind == ChannelKind.Erp))
        {
            var key = RowKeys.Of("billed", erp.Id.Value, claim.Supplier.Value, claim.Reference);
            var message = new ClaimMessage(
                ClaimMessage.TypeName,
                report.Promotion,
                erp.Id,
                claim.Supplier,
                claim.Reference,
                claim.Units,
                claim.Claimed
            );
            if (
                await rows.FindAsync(report.Promotion, key, PromotionRowsJson.Default.ClaimMessage, cancellationToken) is { } sent
                && sent == message
            )
                continue;
            // The amount is in the id: a claim that a late return made smaller is another claim, one that is sent again is the same.
            var id =
                $"{report.Promotion}.{erp.Id}.claim.{claim.Supplier}.{claim.Reference}.{claim.Claimed.Amount.ToString(System.Globalization.CultureInfo.InvariantCulture)}";
            var delivery = await client.SendAsync(
                erp,
                id,
                JsonSerializer.SerializeToUtf8Bytes(message, PromotionRowsJson.Default.ClaimMessage),
                cancellationToken
            );
            if (delivery.Outcome == DeliveryOutcome.Accepted)
                await rows.PutAsync(report.Promotion, key, message, PromotionRowsJson.Default.ClaimMessage, cancellationToken);
            else
                all = false;
        }
        return all;
    }

    private Task RecordAsync(SettlementReport report, SettlementFiles files, CancellationToken cancellationToken) =>
        decisions.AppendOnceAsync(
            new DecisionRecord
            {
                Subject = PromotionStore.SubjectOf(report.Promotion),
                DecidedAt = report.SettledAt,
                DecidedBy = Rule,
                Decision = report.Correction == 0 ? "settlement written" : $"settlement corrected: correction {report.Correction}",
                Inputs =
                [
                    .. report.Funding.Select(static f => new DecisionInput(
                        $"{f.Supplier} {f.Reference}",
                        $"claimed {f.Claimed}, recovered {f.Recovered}",
                        "the stock ledger and the supplier",
                        null
                    )),
                ],
                Verdicts = [.. report.Summary.Select(static sentence => new RuleVerdict("settlement", true, sentence))],
                Published = [files.Json, files.Csv, files.Html],
                // Written again whenever what is billed or paid changes, and only then.
            },
            $"settlement {(report.Correction == 0 ? "" : $"{report.Correction} ")}{string.Join(' ', report.Funding.Select(static f => $"{f.Claimed.Amount}/{f.Recovered.Amount}"))}",
            cancellationToken
        );

    private static string SubjectOf(SettlementReport report, FundingOutcome claim) =>
        $"{PromotionStore.SubjectOf(report.Promotion)}: {claim.Supplier} {claim.Reference}";

    private Task RaiseAsync(SettlementReport report, FundingOutcome claim, DateTimeOffset now, CancellationToken cancellationToken) =>
        exceptions.RaiseAsync(
            new OperationException
            {
                Type = Open,
                Subject = SubjectOf(report, claim),
                Failure = "not paid within the suppliers' payment term",
                Owner = "supplier accounts",
                Sla = TimeSpan.FromDays(7),
                RecommendedAction =
                    $"Collect {claim.Open} from {claim.Supplier} under {claim.Reference}: {claim.Claimed} was billed and {claim.Recovered} paid.",
                ExposedUnits = claim.Units.Value,
                ExposedMoney = claim.Open.Amount,
                Currency = claim.Open.Currency,
                FirstSeenAt = now,
                LastSeenAt = now,
            },
            cancellationToken
        );
}
