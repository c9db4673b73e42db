using Microsoft.Azure.Functions.Worker;
using Stockgate.Domain.Approvals;
using Stockgate.Platform.Approvals;

namespace Stockgate.Functions.Approvals;

public sealed record LetterOfCase(string Case, Letter Letter);

/// <summary>The steps of <see cref="RunApproval"/>. Each may be run again after a crash; the worst that comes of it is a mail that is there twice.</summary>
public sealed class ApprovalActivities(ApprovalRounds rounds)
{
    [Function(nameof(LookAtCase))]
    public Task<CaseLook> LookAtCase([ActivityTrigger] string id, CancellationToken cancellationToken) => rounds.LookAsync(new(id), cancellationToken);

    [Function(nameof(MailApprover))]
    public Task<bool> MailApprover([ActivityTrigger] LetterOfCase letter, CancellationToken cancellationToken) => rounds.MailAsync(new(letter.Case), letter.Letter, cancellationToken);

    [Function(nameof(TakeDecisionOver))]
    public Task<string> TakeDecisionOver([ActivityTrigger] string id, CancellationToken cancellationToken) => rounds.TakeOverAsync(new(id), cancellationToken);
}
