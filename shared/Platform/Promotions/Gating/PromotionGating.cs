using System.Text.Json;
using Stockgate.Domain;
using Stockgate.Domain.Operations;
using Stockgate.Domain.Promotions;
using Stockgate.Domain.Promotions.Evaluation;
using Stockgate.Domain.Promotions.Gates;
using Stockgate.Domain.Promotions.Launch;
using Stockgate.Platform.Operations;
using Stockgate.Platform.Outbound;
using Stockgate.Platform.Promotions.Cases;
using Stockgate.Platform.Promotions.Facts;
using Stockgate.Platform.Promotions.Launch;
using Stockgate.Platform.Promotions.Records;
using Stockgate.Platform.Promotions.Requests;

namespace Stockgate.Platform.Promotions.Gating;

/// <summary>A region's shortage of an item.</summary>
/// <param name="ToOrder">Units beyond available to promise.</param>
/// <param name="Missing">Of these, units without a confirmed delivery in time.</param>
public sealed record Shortfall(Sku Sku, RegionId Region, Quantity Needed, Quantity ToOrder, Quantity Missing);

/// <summary>The result of an evaluation, for the promotion's orchestration.</summary>
/// <param name="State">After the look.</param>
/// <param name="PrepareAt">When the channels have to be sent the prices.</param>
/// <param name="WakeAt">When to look again though nobody says that something changed.</param>
/// <param name="Announce">Channels that have to be told of these terms.</param>
public sealed record PromotionLook(
    PromotionState State,
    DateTimeOffset PrepareAt,
    DateTimeOffset WakeAt,
    IReadOnlyList<SalesChannelId> Announce
);

/// <summary>Evaluates a promotion before its launch: commands, gates, transitions.</summary>
public sealed class PromotionGating(
    PromotionStore store,
    PromotionCommands commands,
    PromotionFactsReader reader,
    PromotionRows rows,
    PromotionQuestions questions,
    OutboundChannels channels,
    ChannelClient client,
    DecisionLog decisions,
    PromotionPolicy policy,
    TimeProvider time
)
{
    private const string Rule = "promotion gates";

    // Until these gates are green no channel is informed: the merchandiser has to fix them.
    private static readonly string[] BeforeAnnouncing =
    [
        GateNames.Eligibility,
        GateNames.Conflicts,
        GateNames.PriceFloor,
        GateNames.Margin,
    ];

    public static string BoardKey => "board";

    public async Task<PromotionLook> LookAsync(PromotionId promotion, CancellationToken cancellationToken)
    {
        var stored = await commands.CarryOutAsync(await store.GetAsync(promotion, cancellationToken), cancellationToken);
        if (stored.Record.State == PromotionState.Draft)
            stored = await store.ApplyAsync(
                stored,
                PromotionEvent.Submitted,
                "Posted and checked.",
                stored.Record.RequestedBy,
                cancellationToken
            );
        if (stored.Record.State is not (PromotionState.Gating or PromotionState.AwaitingApproval or PromotionState.Scheduled))
            return LookOf(stored.Record, [], DateTimeOffset.MinValue);
        var (facts, evaluated) = await JudgeAsync(stored.Record, cancellationToken);
        stored = await MoveAsync(stored, facts, evaluated.Board, cancellationToken);
        if (questions.Approval(stored.Record, facts, evaluated) is { } approval)
            await questions.OpenAsync(approval, cancellationToken);
        if (questions.Replenishment(stored.Record, await ShortfallsAsync(promotion, cancellationToken)) is { } replenishment)
            await questions.OpenAsync(replenishment, cancellationToken);
        var announce =
            evaluated.Board.Verdicts.Any(v => BeforeAnnouncing.Contains(v.Gate) && v.State == GateState.Red) || facts.Now >= facts.Terms.End
                ? []
                : facts.Channels.Where(static c => c.AnnouncedAt is null).Select(static c => c.Channel).ToList();
        return LookOf(stored.Record, announce, facts.Terms.At + PromotionSignals.Unheard);
    }

    /// <summary>Judges the gates and stores the board.</summary>
    public async Task<(PromotionFacts Facts, Evaluated Evaluated)> JudgeAsync(PromotionRecord record, CancellationToken cancellationToken)
    {
        var facts = await reader.ReadAsync(record, cancellationToken);
        var evaluated = GateEvaluation.Judge(facts);
        var before = await BoardAsync(record.Id, cancellationToken);
        await rows.PutAsync(record.Id, BoardKey, evaluated.Board, PromotionsJson.Default.GateBoard, cancellationToken);
        Shortfall[] shortfalls =
        [
            .. evaluated
                .Short.Where(static s => s.Short > Quantity.Zero)
                .OrderByDescending(static s => s.Short)
                .Take(500)
                .Select(s => new Shortfall(
                    facts.Items[s.Item].Sku,
                    facts.Terms.Request.Regions[s.Region].Region,
                    s.Needed,
                    s.ToOrder,
                    s.Short
                )),
        ];
        await rows.PutAsync(record.Id, "shortfalls", shortfalls, PromotionRowsJson.Default.ShortfallArray, cancellationToken);
        if (before is null || before.Revision != evaluated.Board.Revision || !StatesOf(before).SequenceEqual(StatesOf(evaluated.Board)))
            await RecordAsync(evaluated.Board, before, cancellationToken);
        return (facts, evaluated);
    }

    /// <summary>Judges the gates on other terms without storing the result.</summary>
    public async Task<GateBoard> TryAsync(PromotionRecord record, PromotionTerms terms, CancellationToken cancellationToken) =>
        GateEvaluation.Judge(await reader.ReadAsync(record, terms, cancellationToken)).Board;

    public Task<GateBoard?> BoardAsync(PromotionId promotion, CancellationToken cancellationToken) =>
        rows.FindAsync(promotion, BoardKey, PromotionsJson.Default.GateBoard, cancellationToken);

    public async Task<Shortfall[]> ShortfallsAsync(PromotionId promotion, CancellationToken cancellationToken) =>
        await rows.FindAsync(promotion, "shortfalls", PromotionRowsJson.Default.ShortfallArray, cancellationToken) ?? [];

    /// <summary>Tells a channel of the terms, once.</summary>
    /// <returns>Whether it took them.</returns>
    public async Task<bool> AnnounceAsync(PromotionId promotion, SalesChannelId channel, CancellationToken cancellationToken)
    {
        var record = (await store.GetAsync(promotion, cancellationToken)).Record;
        var terms = await store.TermsAsync(promotion, record.Terms, cancellationToken);
        var to = channels.Find(channel)!;
        var message = await MessageAsync(record, terms, to, cancellationToken);
        var delivery = await client.SendAsync(
            to,
            $"{promotion}.terms-{terms.Number}.{channel}.announce",
            JsonSerializer.SerializeToUtf8Bytes(message, PromotionRowsJson.Default.AnnouncementMessage),
            cancellationToken
        );
        if (delivery.Outcome != DeliveryOutcome.Accepted)
            return false;
        var taken = new PromotionInput { Announced = new Announcement(channel, terms.Number, time.GetUtcNow()) };
        await rows.PutAsync(promotion, taken.Key, taken, PromotionRowsJson.Default.PromotionInput, cancellationToken);
        return true;
    }

    private async Task<AnnouncementMessage> MessageAsync(
        PromotionRecord record,
        PromotionTerms terms,
        OutboundChannel to,
        CancellationToken cancellationToken
    )
    {
        var due = terms.Start - policy.StoreTaskLead;
        var now = time.GetUtcNow();
        var message = new AnnouncementMessage
        {
            Type = AnnouncementMessage.TypeName,
            Promotion = record.Id,
            Terms = terms.Number,
            Channel = to.Id,
            Name = record.Name,
            Start = terms.Start,
            End = terms.End,
            Discount = terms.Request.Discount,
            Items = terms.Items,
            Regions = terms.Request.Regions,
            Needs = to.AsksReadiness ? to.Needs : null,
        };
        if (to.Kind == ChannelKind.Pos)
            message.Tasks =
            [
                .. terms
                    .Request.Regions.SelectMany(static r => r.Stores)
                    .SelectMany(store => policy.StoreTasks.Select(task => new AnnouncedTask(store, task, due > now ? due : terms.Start))),
            ];
        if (to.Kind == ChannelKind.Wms)
        {
            var facts = await reader.ReadAsync(record, cancellationToken);
            message.Allocations =
            [
                .. RegionStock
                    .Of(facts, new ExpectedItems(facts))
                    .Where(static i => i.FromWarehouses > Quantity.Zero)
                    .Select(i => new AllocationRequest(facts.Items[i.Item].Sku, terms.Request.Regions[i.Region].Region, i.FromWarehouses)),
            ];
        }
        return message;
    }

    private async Task<StoredPromotion> MoveAsync(
        StoredPromotion stored,
        PromotionFacts facts,
        GateBoard board,
        CancellationToken cancellationToken
    )
    {
        var record = stored.Record;
        if (facts.Now >= record.End)
            return await store.ApplyAsync(
                stored,
                record.State == PromotionState.AwaitingApproval ? PromotionEvent.Declined
                    : record.State == PromotionState.Gating ? PromotionEvent.GatesRefused
                    : PromotionEvent.GatesToRepeat,
                "The window ended before the promotion was ready.",
                Rule,
                cancellationToken
            );
        var approval = board.Verdicts.First(static v => v.Gate == GateNames.Approval);
        var others = board.Open.Where(static v => v.Gate != GateNames.Approval).ToList();
        // Red because of a rejection; red because the matrix has no row for this size waits until the promotion or the matrix changes.
        if (
            approval.State == GateState.Red
            && facts.Approvals.Any(a => !a.Approved && a.Revision == record.Terms)
            && record.State != PromotionState.Scheduled
        )
            return await store.ApplyAsync(
                stored,
                record.State == PromotionState.Gating ? PromotionEvent.GatesRefused : PromotionEvent.Declined,
                approval.Reason,
                Rule,
                cancellationToken
            );
        if (board.MayLaunch)
            return record.State switch
            {
                PromotionState.Scheduled => stored,
                PromotionState.AwaitingApproval => await store.ApplyAsync(
                    stored,
                    PromotionEvent.Approved,
                    approval.Reason,
                    Rule,
                    cancellationToken
                ),
                _ => await store.ApplyAsync(
                    stored,
                    PromotionEvent.GatesGreen,
                    $"All {GateNames.All.Count} gates are green.",
                    Rule,
                    cancellationToken
                ),
            };
        if (others.Count == 0 && board.Missing.Count == 0 && approval.State == GateState.Amber)
            return record.State switch
            {
                PromotionState.Gating => await store.ApplyAsync(
                    stored,
                    PromotionEvent.ApprovalNeeded,
                    approval.Reason,
                    Rule,
                    cancellationToken
                ),
                PromotionState.Scheduled => await store.ApplyAsync(
                    stored,
                    PromotionEvent.GatesToRepeat,
                    approval.Reason,
                    Rule,
                    cancellationToken
                ),
                _ => stored,
            };
        return record.State == PromotionState.Gating
            ? stored
            : await store.ApplyAsync(
                stored,
                PromotionEvent.GatesToRepeat,
                string.Join(" ", board.Open.Select(static v => $"{v.Gate}: {v.Reason}")),
                Rule,
                cancellationToken
            );
    }

    private Task RecordAsync(GateBoard board, GateBoard? before, CancellationToken cancellationToken)
    {
        var earlier = before?.Revision == board.Revision ? before.Verdicts.ToDictionary(static v => v.Gate, static v => v.State) : [];
        var changed = board.Verdicts.Where(v => !earlier.TryGetValue(v.Gate, out var state) || state != v.State).ToList();
        return decisions.AppendOnceAsync(
            new DecisionRecord
            {
                Subject = PromotionStore.SubjectOf(board.Promotion),
                DecidedAt = board.At,
                DecidedBy = Rule,
                Decision = board.MayLaunch
                    ? $"terms {board.Revision}: all gates are green"
                    : $"terms {board.Revision}: {string.Join(", ", board.Open.Select(static v => $"{v.Gate} {v.State.ToString().ToLowerInvariant()}"))}",
                Inputs =
                [
                    .. changed.SelectMany(static v =>
                        v.Seen.Select(seen => new DecisionInput($"{v.Gate}: {seen.Name}", seen.Value, seen.Source, seen.Age))
                    ),
                ],
                Verdicts = [.. changed.Select(static v => new RuleVerdict(v.Gate, v.State == GateState.Green, v.Reason))],
            },
            $"board {board.Revision} {board.At.UtcTicks}",
            cancellationToken
        );
    }

    private static IEnumerable<(string, GateState)> StatesOf(GateBoard board) => board.Verdicts.Select(static v => (v.Gate, v.State));

    private PromotionLook LookOf(PromotionRecord record, IReadOnlyList<SalesChannelId> announce, DateTimeOffset heardFrom)
    {
        var (now, prepareAt) = (time.GetUtcNow(), record.Start - policy.PrepareLead);
        List<DateTimeOffset> moments = [now + policy.JudgeEvery, record.End];
        if (record.State == PromotionState.Scheduled)
            moments.Add(prepareAt);
        // Events applied before the new terms were indexed for signals are found by this evaluation.
        if (heardFrom > now)
            moments.Add(heardFrom);
        // An announcement that a channel did not accept is retried soon.
        if (announce.Count > 0)
            moments.Add(now + policy.RetryEvery);
        return new PromotionLook(record.State, prepareAt, moments.Min(), announce);
    }
}
