using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Stockgate.Domain.Approvals;
using Stockgate.Functions.Promotions;
using Stockgate.Platform.Approvals;
using Stockgate.Platform.Promotions.Cases;

namespace Stockgate.Functions.Approvals;

public sealed record LetterOfCase(string Case, Letter Letter);

/// <summary>The steps of <see cref="RunApproval"/>. Each may be repeated after a crash; at worst a mail is sent twice.</summary>
public sealed class ApprovalActivities(ApprovalRounds rounds)
{
    [Function(nameof(LookAtCase))]
    public Task<CaseLook> LookAtCase([ActivityTrigger] string id, CancellationToken cancellationToken) =>
        rounds.LookAsync(new(id), cancellationToken);

    [Function(nameof(MailApprover))]
    public Task<bool> MailApprover([ActivityTrigger] LetterOfCase letter, CancellationToken cancellationToken) =>
        rounds.MailAsync(new(letter.Case), letter.Letter, cancellationToken);

    [Function(nameof(TakeDecisionOver))]
    public async Task<string> TakeDecisionOver(
        [ActivityTrigger] string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken
    )
    {
        var (asked, words) = await rounds.TakeOverAsync(new(id), cancellationToken);
        // Without the signal the promotion would find the decision minutes later.
        if (PromotionSubject.PromotionOf(asked) is { } promotion)
            await PromotionSignal.RaiseAsync(client, promotion, cancellationToken);
        return words;
    }
}
