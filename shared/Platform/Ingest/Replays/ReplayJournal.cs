using System.Globalization;
using Stockgate.Domain.Operations;
using Stockgate.Platform.Ingest.Registry;
using Stockgate.Platform.Operations;

namespace Stockgate.Platform.Ingest.Replays;

/// <summary>Who asked for which replay, and who paused or stopped it: on the replay's own decision chain.</summary>
public sealed class ReplayJournal(DecisionLog decisions, TimeProvider time)
{
    public Task NoteAsync(string id, ReplayPlan plan, string decision, string by, CancellationToken cancellationToken) =>
        decisions.AppendAsync(
            new DecisionRecord
            {
                Subject = $"replay {id}",
                DecidedAt = time.GetUtcNow(),
                Decision = decision,
                DecidedBy = by,
                Inputs =
                [
                    new("channel", plan.Channel?.Value ?? "all", "request", null),
                    new("from", Text(plan.From), "request", null),
                    new("to", Text(plan.To), "request", null),
                    new("order", plan.Order ?? "all", "request", null),
                    new("sku", plan.Sku ?? "all", "request", null),
                ],
                TakeBack = "What was accepted before is not applied twice; post what corrects the rest.",
            },
            cancellationToken
        );

    private static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
}
