using System.Collections.Concurrent;
using Azure.Data.Tables;
using Stockgate.Domain;
using Stockgate.Domain.Catalog;
using Stockgate.Domain.Events;
using Stockgate.Domain.Forecasting;
using Stockgate.Domain.Forecasting.Files;
using Stockgate.Domain.Forecasting.History;
using Stockgate.Domain.Inventory;
using Stockgate.Domain.Operations;
using Stockgate.Domain.Promotions;
using Stockgate.Domain.Promotions.Evaluation;
using Stockgate.Domain.Promotions.Gates;
using Stockgate.Platform.Catalog;
using Stockgate.Platform.Forecasting;
using Stockgate.Platform.Inventory;
using Stockgate.Platform.Operations;
using Stockgate.Platform.Outbound;
using Stockgate.Platform.Promotions.Records;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Promotions.Facts;

/// <summary>Reads the facts of a promotion's gates.</summary>
public sealed class PromotionFactsReader(
    StateTables tables,
    PromotionStore store,
    PromotionRows rows,
    OpenPromotions open,
    OutboundChannels channels,
    PromotionPolicy policy,
    ItemSupplyReader items,
    SalesBaselines baselines,
    Switches switches,
    TimeProvider time
)
{
    public async Task<PromotionFacts> ReadAsync(PromotionRecord record, CancellationToken cancellationToken) =>
        await ReadAsync(record, await store.TermsAsync(record.Id, record.Terms, cancellationToken), cancellationToken);

    /// <param name="record">The promotion.</param>
    /// <param name="terms">Its own, or others that are only looked at.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public async Task<PromotionFacts> ReadAsync(PromotionRecord record, PromotionTerms terms, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var reports = ReportsAsync(record.Id, cancellationToken);
        var inputs = rows.ListAsync(record.Id, PromotionInput.Kind, PromotionRowsJson.Default.PromotionInput, cancellationToken);
        var others = open.OthersAsync(record.Id, record.Terms, cancellationToken);
        var sales = baselines.ReadAsync(record, terms, now, cancellationToken);
        var supplies = await items.ReadAsync(terms.Items, cancellationToken);
        var given = await inputs;
        var announced = given
            .Select(static i => i.Announced)
            .OfType<Announcement>()
            .Where(a => a.Terms == terms.Number)
            .ToDictionary(static a => a.Channel, static a => a.TakenAt);
        return new PromotionFacts
        {
            Promotion = record.Id,
            RequestedBy = record.RequestedBy,
            Terms = terms,
            Policy = policy,
            Now = now,
            Held = await switches.OnAsync(OperatingSwitch.HoldLaunches, cancellationToken),
            Channels =
            [
                .. channels
                    .For(terms.Request.Channels)
                    .Select(c => new ChannelFact(
                        c.Id,
                        c.AnswersFrom,
                        c.LeadTime,
                        c.AsksReadiness ? c.Needs : null,
                        c.ReadyMaxAge,
                        announced.TryGetValue(c.Id, out var at) ? at : null
                    )),
            ],
            Items = [.. supplies.Select(static s => s.Item)],
            Stock = await items.GridAsync(terms, supplies, cancellationToken),
            Baselines = await sales,
            Inbound = [.. supplies.SelectMany(s => ItemSupplyReader.InboundOf(terms, s))],
            Orders = [.. given.Select(static i => i.Order).OfType<ReplenishmentOrder>()],
            Approvals = [.. given.Select(static i => i.Approval).OfType<GivenApproval>()],
            Overrides = [.. given.Select(static i => i.Override).OfType<GateOverride>()],
            Reports = await reports,
            Others = await others,
        };
    }

    /// <summary>The reports of all systems about the promotion.</summary>
    public async Task<List<Fact<PromotionReport>>> ReportsAsync(PromotionId promotion, CancellationToken cancellationToken)
    {
        var reports = new List<Fact<PromotionReport>>();
        await foreach (
            var row in tables.PromotionReports.QueryAsync<TableEntity>(
                RowKeys.Under(tables.PartitionOf(promotion), promotion.Value),
                cancellationToken: cancellationToken
            )
        )
            reports.Add(ReportForms.Form.Read(row));
        return reports;
    }
}
