using Stockgate.Domain;
using Stockgate.Domain.Operations;
using Stockgate.Domain.Pricing;
using Stockgate.Platform.Operations;
using Stockgate.Platform.Pricing.Facts;
using Stockgate.Platform.Pricing.Publishing;

namespace Stockgate.Platform.Pricing.Commands;

/// <summary>Queries and commands on prices.</summary>
public sealed class PriceDesk(
    PricingFactsReader reader,
    PricingPolicies policies,
    PriceCategories categories,
    PriceTroubles troubles,
    DecisionLog log,
    TimeProvider time
)
{
    /// <summary>Evaluates an item's prices without changing them.</summary>
    public async Task<IReadOnlyList<PriceDecision>> TryAsync(Sku sku, CancellationToken cancellationToken) =>
        [.. (await reader.ReadAsync([sku], await policies.CurrentAsync(cancellationToken), cancellationToken)).Select(PriceDecider.Decide)];

    /// <summary>Lets a stopped category go on.</summary>
    /// <returns>Why it was stopped.</returns>
    /// <exception cref="ProblemException">It is not stopped.</exception>
    public async Task<string> ResumeCategoryAsync(string category, string by, string reason, CancellationToken cancellationToken)
    {
        var (stopped, now) = (await categories.ResumeAsync(category, cancellationToken), time.GetUtcNow());
        await log.AppendAsync(
            new DecisionRecord
            {
                Subject = PriceCategories.SubjectOf(category),
                DecidedAt = now,
                Decision = "prices resumed",
                DecidedBy = by,
                Inputs =
                [
                    new DecisionInput("stopped because", stopped, "the breaker", null),
                    new DecisionInput("reason", reason, by, null),
                ],
            },
            cancellationToken
        );
        await troubles.CategoryResumedAsync(category, now, cancellationToken);
        return stopped;
    }
}
