using Stockgate.Domain;
using Stockgate.Domain.Operations;
using Stockgate.Domain.Promotions;
using Stockgate.Platform.Operations;
using Stockgate.Platform.Promotions.Records;
using Stockgate.Platform.Promotions.Settlement;

namespace Stockgate.Platform.Promotions;

/// <summary>A problem with a promotion that a person has to resolve.</summary>
/// <param name="Type">Stable: <c>promotion-rolled-back</c>, <c>prices-not-restored</c>.</param>
/// <param name="Reason">What happened.</param>
/// <param name="Action">What to do.</param>
public sealed record PromotionTrouble(string Type, string Reason, string Action);

/// <summary>Opens exceptions about promotions with the amounts at stake and updates them.</summary>
public sealed class PromotionTroubles(
    PromotionStore store,
    PromotionExposure exposure,
    ExceptionLog exceptions,
    DecisionLog decisions,
    TimeProvider time
)
{
    private const string Owner = "promotion operations";

    // The exceptions that close once every channel shows the prior prices.
    private static readonly string[] Restorable = ["prices-not-restored", "promotion-not-ended"];

    private static readonly TimeSpan Sla = TimeSpan.FromMinutes(30);

    public async Task<bool> RaiseAsync(PromotionId promotion, PromotionTrouble trouble, CancellationToken cancellationToken)
    {
        var record = (await store.GetAsync(promotion, cancellationToken)).Record;
        await exceptions.RaiseAsync(Exception(record, trouble, count: 1), cancellationToken);
        await decisions.AppendOnceAsync(
            new DecisionRecord
            {
                Subject = PromotionStore.SubjectOf(promotion),
                DecidedAt = time.GetUtcNow(),
                Decision = $"exception opened: {trouble.Type}",
                DecidedBy = "promotion orchestration",
                Verdicts = [new RuleVerdict(trouble.Type, false, trouble.Reason)],
            },
            $"{trouble.Type} {record.Revision} {record.Plan}",
            cancellationToken
        );
        return true;
    }

    /// <summary>
    /// Every channel shows the prior prices again: notes when, and tells what customers bought at the offer where it was taken back.
    /// </summary>
    public async Task<bool> RestoredAsync(PromotionId promotion, CancellationToken cancellationToken)
    {
        var stored = await store.GetAsync(promotion, cancellationToken);
        // Before the early return: a crash after the note must not leave an exception open whose prices are back.
        foreach (var over in Restorable)
            await exceptions.ResolveAsync(over, PromotionStore.SubjectOf(promotion), time.GetUtcNow(), cancellationToken);
        if (stored.Record.RestoredAt is not null)
            return true;
        var record = stored.Record with { RestoredAt = time.GetUtcNow() };
        // Counted after the last channel has returned to prior prices, so that the figure is final.
        var exposed = record.State == PromotionState.RollingBack ? await exposure.OfAsync(record, cancellationToken) : null;
        await store.SaveAsync(stored, record, cancellationToken);
        // Exceptions sum the amounts at stake, so this follows the completion mark: a crash in between loses the figure here (the audit
        // chain has it) but never counts it twice.
        if (exposed is { } bought && record.Timeline.LastOrDefault(static t => t.On is PromotionEvent.ChannelFailed) is { } failure)
        {
            var words =
                $"{(bought.Customers == 1 ? "1 customer" : $"{bought.Customers} customers")} bought {bought.Units} units and got {bought.Money} off.";
            await decisions.AppendOnceAsync(
                new DecisionRecord
                {
                    Subject = PromotionStore.SubjectOf(promotion),
                    DecidedAt = record.RestoredAt.Value,
                    Decision = "prior prices are restored in every channel",
                    DecidedBy = "promotion orchestration",
                    Verdicts = [new RuleVerdict("exposure", true, words)],
                },
                $"restored {record.Revision}",
                cancellationToken
            );
            await exceptions.RaiseAsync(
                Exception(
                    record,
                    new PromotionTrouble(
                        "promotion-rolled-back",
                        failure.Reason,
                        $"Prior prices are restored in every channel. {words} Decide whether to inform them, then repair the channel and post the promotion again."
                    ),
                    count: 0
                ) with
                {
                    ExposedUnits = bought.Units.Value,
                    ExposedMoney = bought.Money.Amount,
                    Currency = bought.Money.Currency,
                },
                cancellationToken
            );
        }
        return true;
    }

    public Task OrphanedAsync(PromotionRecord record, string failure, CancellationToken cancellationToken) =>
        exceptions.RaiseAsync(
            Exception(
                record,
                new PromotionTrouble("promotion-orphaned", failure, "Its orchestration was restarted. Find out why it ended."),
                1
            ),
            cancellationToken
        );

    private OperationException Exception(PromotionRecord record, PromotionTrouble trouble, int count) =>
        new()
        {
            Type = trouble.Type,
            Subject = PromotionStore.SubjectOf(record.Id),
            Failure = trouble.Reason,
            RecommendedAction = trouble.Action,
            Owner = Owner,
            Sla = Sla,
            Count = count,
            FirstSeenAt = time.GetUtcNow(),
            LastSeenAt = time.GetUtcNow(),
        };
}
