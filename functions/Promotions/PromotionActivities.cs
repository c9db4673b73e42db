using Microsoft.Azure.Functions.Worker;
using Stockgate.Domain;
using Stockgate.Domain.Events;
using Stockgate.Domain.Promotions;
using Stockgate.Domain.Promotions.Launch;
using Stockgate.Platform.Promotions;
using Stockgate.Platform.Promotions.Gating;
using Stockgate.Platform.Promotions.Launch;
using Stockgate.Platform.Promotions.Live;
using Stockgate.Platform.Promotions.Records;
using Stockgate.Platform.Promotions.Settlement;

namespace Stockgate.Functions.Promotions;

public sealed record ChannelsOfPromotion(string Promotion, IReadOnlyList<string> Channels);

public sealed record PlanOfPromotion(string Promotion, int Revision);

public sealed record StepOfChannels(string Promotion, int Revision, IReadOnlyList<string> Channels, LaunchStep Step);

public sealed record PromotionMove(string Promotion, PromotionEvent Happened, string Reason);

public sealed record RaisedTrouble(string Promotion, PromotionTrouble Trouble);

/// <summary>The steps of <see cref="RunPromotion"/>. Each is idempotent, so that it may be repeated after a crash.</summary>
public sealed class PromotionActivities(
    PromotionStore store,
    PromotionGating gating,
    PromotionLaunch launch,
    PromotionMonitor monitor,
    PromotionTroubles troubles,
    PromotionAccount account,
    SettlementCorrections corrections
)
{
    private const string Rule = "promotion orchestration";

    [Function(nameof(LookAtPromotion))]
    public Task<PromotionLook> LookAtPromotion([ActivityTrigger] string promotion, CancellationToken cancellationToken) =>
        gating.LookAsync(new(promotion), cancellationToken);

    /// <summary>Announces to all channels in parallel, in one activity. Each channel's row records whether it accepted.</summary>
    [Function(nameof(AnnouncePromotion))]
    public async Task<bool> AnnouncePromotion([ActivityTrigger] ChannelsOfPromotion to, CancellationToken cancellationToken)
    {
        var taken = await Task.WhenAll(
            to.Channels.Select(channel => gating.AnnounceAsync(new(to.Promotion), new(channel), cancellationToken))
        );
        return taken.All(static t => t);
    }

    [Function(nameof(MovePromotion))]
    public async Task<PromotionState> MovePromotion([ActivityTrigger] PromotionMove move, CancellationToken cancellationToken) =>
        (
            await store.ApplyAsync(
                await store.GetAsync(new(move.Promotion), cancellationToken),
                move.Happened,
                move.Reason,
                Rule,
                cancellationToken
            )
        )
            .Record
            .State;

    [Function(nameof(PlanPromotionLaunch))]
    public Task<PlannedLaunch> PlanPromotionLaunch([ActivityTrigger] string promotion, CancellationToken cancellationToken) =>
        launch.PlanAsync(new(promotion), cancellationToken);

    [Function(nameof(PlanPromotionRestore))]
    public Task<PlannedLaunch?> PlanPromotionRestore([ActivityTrigger] string promotion, CancellationToken cancellationToken) =>
        launch.PlanRestoreAsync(new(promotion), cancellationToken);

    [Function(nameof(CheckPromotionLaunch))]
    public Task<LaunchCheck> CheckPromotionLaunch([ActivityTrigger] PlanOfPromotion plan, CancellationToken cancellationToken) =>
        launch.CheckAsync(new(plan.Promotion), plan.Revision, cancellationToken);

    /// <summary>
    /// Prepares, activates or reverts all channels in parallel. Progress is stored per channel, so that a repetition after a crash
    /// continues.
    /// </summary>
    [Function(nameof(DrivePromotionChannels))]
    public Task<ChannelStep[]> DrivePromotionChannels([ActivityTrigger] StepOfChannels step, CancellationToken cancellationToken) =>
        Task.WhenAll(
            step.Channels.Select(channel =>
                launch.DriveAsync(new(step.Promotion), step.Revision, new(channel), step.Step, cancellationToken)
            )
        );

    [Function(nameof(WatchPromotion))]
    public Task<LiveLook> WatchPromotion([ActivityTrigger] string promotion, CancellationToken cancellationToken) =>
        monitor.LookAsync(new(promotion), cancellationToken);

    [Function(nameof(ResumePromotion))]
    public Task<bool> ResumePromotion([ActivityTrigger] string promotion, CancellationToken cancellationToken) =>
        monitor.ResumeAsync(new(promotion), cancellationToken);

    [Function(nameof(NotePromotionRestored))]
    public Task<bool> NotePromotionRestored([ActivityTrigger] string promotion, CancellationToken cancellationToken) =>
        troubles.RestoredAsync(new(promotion), cancellationToken);

    [Function(nameof(RaisePromotionException))]
    public Task<bool> RaisePromotionException([ActivityTrigger] RaisedTrouble raised, CancellationToken cancellationToken) =>
        troubles.RaiseAsync(new(raised.Promotion), raised.Trouble, cancellationToken);

    [Function(nameof(SettlePromotion))]
    public async Task<SettlementLook> SettlePromotion([ActivityTrigger] string promotion, CancellationToken cancellationToken)
    {
        await corrections.NoteEndAsync(new(promotion), cancellationToken);
        return await account.LookAsync(new(promotion), cancellationToken);
    }
}
