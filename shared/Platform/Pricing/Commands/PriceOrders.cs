using Stockgate.Domain;
using Stockgate.Domain.Pricing;
using Stockgate.Platform.Pricing.Publishing;
using Stockgate.Platform.Pricing.Signals;
using Stockgate.Platform.Pricing.Writing;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Pricing.Commands;

/// <summary>Carries out people's commands: approve, reject, revert, resume.</summary>
public sealed class PriceOrders(StateTables tables, PriceTroubles troubles)
{
    // Two rows each, and all of a price are written in one transaction.
    private const int MostTakenBack = 30;

    internal async Task CarryOutAsync(
        PriceChange change,
        PriceWork work,
        PricePolicy policy,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        if (work.Kind == PriceWorkKind.Resume)
            await ResumeAsync(change, now, cancellationToken);
        for (var i = 0; i < work.Decisions?.Count; i++)
        {
            // Those of other items are not even read: a revert of a whole category names a hundred.
            if (work.Skus[i] != change.Key.Sku || await change.RecordAsync(tables, work.Decisions[i], cancellationToken) is not { } record)
                continue;
            if (work.Kind == PriceWorkKind.Publish)
                await PublishAsync(change, record, work, policy, now, cancellationToken);
            else if (work.Kind == PriceWorkKind.Reject)
                Reject(change, record, work, policy, now);
            else if (work.Kind == PriceWorkKind.Revert)
                await RevertAsync(change, record, work, policy, now, cancellationToken);
        }
    }

    private async Task ResumeAsync(PriceChange change, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (change.State.Stopped is null)
            return;
        // The person has confirmed the cost, so the next one is compared with it.
        change.State = change.State with
        {
            Stopped = null,
            ResumedAt = now,
            CostBefore = change.Before.Facts?.Cost?.Value ?? change.State.CostBefore,
        };
        await troubles.ResumedAsync(change.Key, now, cancellationToken);
    }

    private async Task PublishAsync(
        PriceChange change,
        PriceDecisionRecord record,
        PriceWork work,
        PricePolicy policy,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        if (record.Fate != PriceFate.AwaitingApproval)
        {
            Again(change, record);
            return;
        }
        change.State = change.State with { Asked = null };
        if (Against(change, record, policy) is { } reason)
        {
            change.Put(record with { Fate = PriceFate.Superseded, Detail = $"{work.By} approved, but {reason}" });
            return;
        }
        var lowest = PriorPrice.LowestIn30Days(change.State.Moves, change.State.Price, now);
        await SupersedeAsync(change, cancellationToken);
        change.State = change.State.Published(
            record.Decision.To,
            record.Decision.To.Amount < change.State.Price.Amount && lowest.Amount > record.Decision.To.Amount ? lowest : null,
            record.Id,
            PriceMoveCause.Decision,
            now
        );
        var published = record with
        {
            Fate = PriceFate.Published,
            PublishedAt = now,
            Revision = change.State.Revision,
            Detail = $"{work.By} approved: {work.Cause}",
        };
        change.Put(published);
        change.ToTell.Add(published);
    }

    // Redelivered after a crash: it is done, but may not have been reported.
    private static void Again(PriceChange change, PriceDecisionRecord record)
    {
        if (record.Revision is not null)
            change.ToTell.Add(record);
    }

    // Hours may pass between question and answer, so the guardrails are checked again after an approval.
    private static string? Against(PriceChange change, PriceDecisionRecord record, PricePolicy policy)
    {
        if (change.State.Publication is { Open: true } open)
            return $"the channel has not answered revision {open.Revision} yet";
        if (policy.Leash == PricingLeash.Off)
            return "prices are not changed: the policy's leash is Off";
        if (change.State.Price != record.Decision.From)
            return $"the price has changed since, from {record.Decision.From} to {change.State.Price}";
        if (change.Before.Facts is not { } facts)
            return "the policy no longer covers this market";
        var now = PriceDecider.Decide(Current(facts, change.State));
        if (now.Outcome is PriceOutcome.Hold or PriceOutcome.Stop)
            return now.Reason;
        return now.Bounds is { } bounds && (record.Decision.To.Amount < bounds.Low || record.Decision.To.Amount > bounds.High)
            ? $"{record.Decision.To} is no longer between {decimal.Round(bounds.Low, record.Decision.To.Currency.MinorUnits, MidpointRounding.ToPositiveInfinity)} ({bounds.LowBy}) and {decimal.Round(bounds.High, record.Decision.To.Currency.MinorUnits, MidpointRounding.ToNegativeInfinity)} ({bounds.HighBy})"
            : null;
    }

    private static void Reject(PriceChange change, PriceDecisionRecord record, PriceWork work, PricePolicy policy, DateTimeOffset now)
    {
        if (record.Fate != PriceFate.AwaitingApproval)
            return;
        change.Put(record with { Fate = PriceFate.Rejected, Detail = $"{work.By ?? "nobody"}: {work.Cause}" });
        // Held for a while, so that the next sale does not open the same question again.
        change.State = change.State with
        {
            Asked = null,
            HeldUntil = now + policy.RulesFor(change.Key.Sku, record.Category, now).HoldAfterRevert,
        };
    }

    private async Task RevertAsync(
        PriceChange change,
        PriceDecisionRecord record,
        PriceWork work,
        PricePolicy policy,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        if (record.RevertedBy is { } earlier)
        {
            if (await change.RecordAsync(tables, earlier, cancellationToken) is { } there)
                Again(change, there);
            return;
        }
        var (state, since) = (change.State, change.State.Moves.SkipWhile(m => m.Decision != record.Id).ToList());
        if (since.Count == 0 || (work.Revert is null ? since.Count > 1 : since.Exists(static m => m.Cause == PriceMoveCause.Outside)))
        {
            if (work.Revert is { } many)
                change.Fail(
                    many,
                    record.Id,
                    since.Count == 0 ? "it is no longer in force" : $"another system has changed the price since, to {state.Price}"
                );
            return;
        }
        var (to, id) = (record.Decision.From, change.IdOf(now, "revert"));
        foreach (
            var taken in since
                .Select(static m => m.Decision)
                .OfType<string>()
                .Distinct()
                .TakeLast(MostTakenBack)
                .Append(record.Id)
                .Distinct()
        )
            if (await change.RecordAsync(tables, taken, cancellationToken) is { } standing)
                change.Put(standing with { Fate = PriceFate.Reverted, RevertedBy = id });
        await DropAskedAsync(change, "a revert arrived before the answer", cancellationToken);
        change.State = change.State.Published(to, null, id, PriceMoveCause.Revert, now) with
        {
            HeldUntil = now + policy.RulesFor(change.Key.Sku, record.Category, now).HoldAfterRevert,
        };
        var reverted = new PriceDecisionRecord
        {
            Id = id,
            Category = record.Category,
            PolicyVersion = policy.Version,
            Cause = work.Cause,
            By = work.By ?? "nobody",
            Fate = PriceFate.Published,
            Revision = change.State.Revision,
            PublishedAt = now,
            Reverts = record.Id,
            Revert = work.Revert,
            Decision = new PriceDecision
            {
                Key = change.Key,
                At = now,
                Outcome = PriceOutcome.Publish,
                Mode = record.Decision.Mode,
                From = state.Price,
                To = to,
                Reason = $"{work.By} took {record.Id} back: {work.Cause}",
            },
        };
        change.Put(reverted);
        change.ToTell.Add(reverted);
    }

    /// <summary>A pending decision is superseded by a new one.</summary>
    internal async Task SupersedeAsync(PriceChange change, CancellationToken cancellationToken)
    {
        await DropAskedAsync(change, "another decision arrived before the answer", cancellationToken);
        if (change.State.Publication is { Open: true } open)
            await change.FateAsync(
                tables,
                open.Decision,
                PriceFate.Published,
                static record =>
                    record with
                    {
                        Fate = PriceFate.Superseded,
                        Detail = "another decision arrived before the channel's answer",
                    },
                cancellationToken
            );
    }

    internal async Task DropAskedAsync(PriceChange change, string why, CancellationToken cancellationToken)
    {
        await change.FateAsync(
            tables,
            change.State.Asked,
            PriceFate.AwaitingApproval,
            record => record with { Fate = PriceFate.Superseded, Detail = why },
            cancellationToken
        );
        change.State = change.State with { Asked = null };
    }

    /// <summary>The facts as this batch has changed them so far.</summary>
    internal static PricingFacts Current(PricingFacts facts, PriceState state) =>
        facts with
        {
            Price = state.Price,
            Regular = state.Regular,
            Moves = state.Moves,
            HeldUntil = state.HeldUntil,
            Stopped = state.Stopped,
            ResumedAt = state.ResumedAt,
            CostBefore = state.CostBefore,
        };
}
