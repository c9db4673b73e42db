using Azure.Data.Tables;
using Microsoft.AspNetCore.Http;
using Stockgate.Domain;
using Stockgate.Domain.Events;
using Stockgate.Domain.Promotions;
using Stockgate.Domain.Promotions.Live;
using Stockgate.Platform.Promotions.Records;
using Stockgate.Platform.Promotions.Requests;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Promotions.Live;

/// <summary>A claim on a promotion's budget.</summary>
/// <param name="ClaimId">The caller's idempotency key, 1 to <see cref="BudgetLedger.IdCharacters"/> characters.</param>
/// <param name="Customer">Who buys; stored as a digest only. Needed where the budget bounds uses per customer.</param>
/// <param name="Redemptions">1 or more.</param>
/// <param name="Cost">Money that it gives away, 0 or more.</param>
public sealed record PromotionClaim(PromotionId Promotion, string ClaimId, string? Customer, int Redemptions, Money Cost);

/// <summary>The state of a promotion's budget.</summary>
/// <param name="Account">The remaining budget, whether it is open, and the granted discount.</param>
/// <param name="Denied">Claims that were denied; a process that ended meanwhile may not have counted its last.</param>
public sealed record BudgetStanding(BudgetAccount Account, long Denied);

/// <summary>
/// Promotion budgets that concurrent claims never overspend. Claims of one promotion that wait in this process at the same time are decided
/// in one transaction (<see cref="ClaimLane"/>).
/// </summary>
public sealed class BudgetLedger(StateTables tables, TimeProvider time)
{
    /// <summary>Characters of a claim's id, and of a customer's.</summary>
    public const int IdCharacters = 128;

    private const int MostWaiting = 20_000,
        LongestTurn = 250;

    private readonly Lock gate = new();
    private readonly Dictionary<PromotionId, ClaimLane> lanes = [];
    private readonly string process = $"{Guid.NewGuid():N}";
    private readonly Random turns = new(Environment.ProcessId);

    /// <summary>Opens a budget for claims: the full one the first time, the rest after a pause. Idempotent.</summary>
    public Task<BudgetAccount> OpenAsync(
        PromotionId promotion,
        Budget? budget,
        Currency currency,
        CancellationToken cancellationToken = default
    ) =>
        AskAsync(
            promotion,
            new BudgetAsk<BudgetAccount>(book => book.Open(budget, currency), static _ => true) { NeedsAccount = true },
            cancellationToken
        );

    /// <summary>Denies every claim from now on: the promotion is paused or has ended.</summary>
    /// <returns>Null if it was never opened.</returns>
    public Task<BudgetAccount?> CloseAsync(PromotionId promotion, CancellationToken cancellationToken = default) =>
        AskAsync(
            promotion,
            new BudgetAsk<BudgetAccount?>(static book => book.Close(), static _ => true) { NeedsAccount = true },
            cancellationToken
        );

    /// <summary>Takes redemptions and money, or nothing. The same claim again has the same answer.</summary>
    public Task<ClaimAnswer> ClaimAsync(PromotionClaim claim, CancellationToken cancellationToken = default)
    {
        if ((Mistake("claimId", claim.ClaimId) ?? (claim.Customer is { } named ? Mistake("customer", named) : null)) is { } mistake)
            return Task.FromResult(new ClaimAnswer(ClaimOutcome.Unfit, new BudgetState(null, null), mistake));
        var customer = claim.Customer is { } who ? ClaimForms.DigestOf(claim.Promotion, who) : null;
        var ask = new ClaimAsk(claim.ClaimId, customer, claim.Redemptions, claim.Cost);
        return AskAsync(
            claim.Promotion,
            new BudgetAsk<ClaimAnswer>(book => book.Claim(ask), static answer => answer.Accepted)
            {
                ClaimId = claim.ClaimId,
                Customer = customer,
            },
            cancellationToken
        );
    }

    /// <summary>Gives a claim back, once.</summary>
    public Task<ReleaseAnswer> ReleaseAsync(PromotionId promotion, string claimId, CancellationToken cancellationToken = default) =>
        Mistake("claimId", claimId) is { } mistake
            ? Task.FromResult(new ReleaseAnswer(false, new BudgetState(null, null), mistake))
            : AskAsync(
                promotion,
                new BudgetAsk<ReleaseAnswer>(book => book.Release(claimId), static _ => true) { ClaimId = claimId, NeedsClaim = true },
                cancellationToken
            );

    /// <returns>Null if the budget was never opened.</returns>
    public async Task<BudgetStanding?> StateAsync(PromotionId promotion, CancellationToken cancellationToken = default)
    {
        var partition = PromotionKeys.PartitionOf(promotion);
        var row = await tables.Promotions.GetEntityIfExistsAsync<TableEntity>(
            partition,
            ClaimForms.BudgetKey,
            cancellationToken: cancellationToken
        );
        if (!row.HasValue)
            return null;
        long denied = 0;
        await foreach (
            var counted in tables.Promotions.QueryAsync<TableEntity>(
                RowKeys.Under(partition, ClaimForms.DeniedKind),
                cancellationToken: cancellationToken
            )
        )
            denied += counted.GetInt64(ClaimForms.Count)!.Value;
        return new BudgetStanding(ClaimForms.Account.Read(row.Value!), denied);
    }

    private async Task<T> AskAsync<T>(PromotionId promotion, BudgetAsk<T> ask, CancellationToken cancellationToken)
    {
        ClaimLane? idle = null;
        lock (gate)
        {
            if (!lanes.TryGetValue(promotion, out var lane))
                lanes[promotion] = lane = new ClaimLane(tables.Promotions, promotion, TurnAsync);
            if (lane.Waiting.Count >= MostWaiting)
                throw new ProblemException(
                    StatusCodes.Status503ServiceUnavailable,
                    "claims-waiting",
                    "Too many claims waiting",
                    $"{MostWaiting} claims on promotion '{promotion}' are waiting. Repeat the same claim in a few seconds."
                );
            lane.Waiting.Enqueue(ask);
            if (!lane.Busy)
                (idle, lane.Busy) = (lane, true);
        }
        if (idle is not null)
            _ = Task.Run(() => DrainAsync(promotion, idle), CancellationToken.None);
        // A cancelled caller's claim may have been accepted; repeating it returns the result.
        return await ask.Answered.WaitAsync(cancellationToken);
    }

    // One round at a time per promotion; further requests collect for the next one.
    private async Task DrainAsync(PromotionId promotion, ClaimLane lane)
    {
        long denied = 0;
        while (true)
        {
            List<BudgetAsk> round;
            lock (gate)
                round = lane.Take();
            if (round.Count > 0)
            {
                denied += await DecideAsync(lane, round);
                continue;
            }
            if (denied > 0 && lane.HasBudget)
                await CountAsync(promotion, denied);
            denied = 0;
            lock (gate)
            {
                if (lane.Waiting.Count > 0)
                    continue;
                lane.Busy = false;
                if (!lane.IsOpen)
                    lanes.Remove(promotion);
                return;
            }
        }
    }

    /// <returns>Claims that were denied.</returns>
    private static async Task<long> DecideAsync(ClaimLane lane, List<BudgetAsk> round)
    {
        try
        {
            await lane.DecideAsync(round);
        }
        catch (Exception fault)
        {
            foreach (var ask in round)
                ask.Fail(fault);
            return 0;
        }
        foreach (var ask in round)
            ask.Answer();
        return round.Count(static ask =>
            ask is BudgetAsk<ClaimAnswer> { Answered: { IsCompletedSuccessfully: true, Result.Accepted: false } }
        );
    }

    // A row of this process alone, beside the budget and unguarded: denials must not make accepted claims wait for each other's ETags.
    private async Task CountAsync(PromotionId promotion, long denied)
    {
        var (partition, row) = (PromotionKeys.PartitionOf(promotion), RowKeys.Of(ClaimForms.DeniedKind, process));
        try
        {
            var before = await tables.Promotions.GetEntityIfExistsAsync<TableEntity>(partition, row);
            await tables.Promotions.UpsertEntityAsync(
                new TableEntity(partition, row)
                {
                    [ClaimForms.Count] = denied + (before.HasValue ? before.Value!.GetInt64(ClaimForms.Count)!.Value : 0),
                }
            );
        }
        catch (Exception)
        {
            // A figure for people; the claims themselves were answered, and the lane must go on whatever storage does.
        }
    }

    // Processes that collide again and again step aside for a moment, each for another one.
    private Task TurnAsync(int conflicts)
    {
        if (conflicts < 2)
            return Task.CompletedTask;
        lock (gate)
            return Task.Delay(TimeSpan.FromMilliseconds(turns.Next(1, Math.Min(LongestTurn, 4 << Math.Min(conflicts, 6)))), time);
    }

    private static string? Mistake(string field, string? id) =>
        string.IsNullOrWhiteSpace(id) ? $"{field} is missing"
        : id.Length > IdCharacters ? $"{field} has {id.Length} characters; at most {IdCharacters} are allowed"
        : id.Any(char.IsControl) ? $"{field} has a control character"
        : null;
}
