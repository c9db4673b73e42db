using System.Collections.Concurrent;
using Stockgate.Domain;
using Stockgate.Domain.Approvals;
using Stockgate.Domain.Operations;
using Stockgate.Platform.Operations;

namespace Stockgate.Platform.Approvals;

/// <summary>Writes a case's question, answers and outcome to its subject's audit chain, each exactly once.</summary>
public sealed class ApprovalAudit(DecisionLog decisions)
{
    private const int Remembered = 10_000;

    // A cache of recorded keys; cleared as a whole, because a miss only costs a read.
    private readonly ConcurrentDictionary<CaseId, string> known = new();

    public async Task RecordAsync(ApprovalRecord record, CancellationToken cancellationToken)
    {
        var state = $"{record.Decisions.Count} {record.State} {record.TakenOverAt is not null}";
        if (known.TryGetValue(record.Case.Id, out var seen) && seen == state)
            return;
        var asked = record.Case;
        await PutAsync(
            "asked",
            record.OpenedAt,
            $"asked: {asked.Title}",
            asked.RequestedBy,
            asked.Reasons.Select((reason, i) => new DecisionInput($"reason {i + 1}", reason, asked.RequestedBy, null))
        );
        for (var i = 0; i < record.Decisions.Count; i++)
        {
            var said = record.Decisions[i];
            var what = said.Answer switch
            {
                CaseAnswer.Approve => "approved",
                CaseAnswer.Reject => "rejected",
                _ => $"delegated to {said.To}",
            };
            await PutAsync(
                $"answer {i}",
                said.At,
                $"{what}: {asked.Title}",
                said.By,
                [
                    new("revision", said.Revision, $"what {said.By} saw", null), // The case may have fewer stages by now than when they answered.
                    new("answered through", said.Channel, asked.Stages.ElementAtOrDefault(said.Stage)?.Role ?? "a removed stage", null),
                    .. said.Reason is { } reason ? [new DecisionInput("reason", reason, said.By, null)] : Array.Empty<DecisionInput>(),
                ]
            );
        }
        if (record.ClosedAt is { } closed)
            await PutAsync(
                "closed",
                closed,
                $"{record.State.ToString().ToLowerInvariant()}: {asked.Title}",
                "approvals",
                [new("outcome", record.Outcome ?? "", "the case", null)]
            );
        if (record.TakenOverAt is { } taken)
            await PutAsync("taken over", taken, record.TakenOver ?? "", "approvals", []);
        if (known.Count >= Remembered)
            known.Clear();
        known[asked.Id] = state;

        Task PutAsync(string key, DateTimeOffset at, string decision, string by, IEnumerable<DecisionInput> inputs) =>
            decisions.AppendOnceAsync(
                new DecisionRecord
                {
                    Subject = asked.Subject,
                    DecidedAt = at,
                    Decision = decision,
                    DecidedBy = by,
                    Inputs = [new DecisionInput("case", asked.Id.Value, "approvals", null), .. inputs],
                },
                $"case {asked.Id} {key}",
                cancellationToken
            );
    }
}
