using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Stockgate.Domain;
using Stockgate.Domain.Approvals;
using Stockgate.Functions.Access;
using Stockgate.Functions.Api;
using Stockgate.Platform;
using Stockgate.Platform.Approvals;
using Stockgate.Platform.Operations;

namespace Stockgate.Functions.Approvals;

/// <summary>API for cases waiting for a decision, under the same rules as the links in mails.</summary>
public sealed class Cases(ApprovalStore store, ApprovalDesk desk, People people)
{
    private sealed record Decision(CaseAnswer? Answer, string? Reason, string? To, string? Revision);

    [Function("ListCases")]
    [Summary("Lists the cases that wait for a decision, by due time")]
    [Answers(200, typeof(ApprovalRecord[]))]
    public Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/cases")] HttpRequest request,
        CancellationToken cancellationToken
    ) => Paging.LinkedAsync(request, async after => Paging.PageOf(await store.ListWaitingAsync(cancellationToken), DueKey, after));

    [Function("GetCase")]
    [Summary("Shows a case")]
    [Answers(200, typeof(ApprovalRecord))]
    public async Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/cases/{id}")] HttpRequest request,
        string id,
        CancellationToken cancellationToken
    ) => Functions.Answer.OkOrNotFound(await desk.FindAsync(new CaseId(request.Whole(id)), cancellationToken), "case", request.Whole(id));

    /// <summary>A person's answer: <c>{"answer":"Reject","reason":"why","revision":"as it was shown"}</c>.</summary>
    [Function("DecideCase")]
    [Summary("Approves, rejects or delegates a case")]
    [Accepts(typeof(Decision))]
    [Answers(202)]
    public async Task<IResult> Decide(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/cases/{id}/decisions")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken
    )
    {
        const string form =
            "{\"answer\":\"Approve\",\"revision\":\"as shown\",\"reason\":\"required for Reject\",\"to\":\"required for Delegate\"}";
        var (person, caseId) = (people.Of(request.Caller()), new CaseId(request.Whole(id)));
        var said = await CommandBody.ReadAsync<Decision>(request, form, cancellationToken);
        if (await store.FindAsync(caseId, cancellationToken) is null)
            return Functions.Answer.OkOrNotFound<ApprovalRecord>(null, "case", id);
        var verdict = await desk.DecideAsync(
            caseId,
            person,
            said.Answer ?? throw CommandBody.Unfit("answer", form),
            said.Reason,
            said.To,
            said.Revision ?? throw CommandBody.Unfit("revision", form),
            cancellationToken
        );
        if (!verdict.Accepted)
            throw Refused(verdict);
        await ApprovalOwner.SignalAsync(client, caseId, cancellationToken);
        return Results.Accepted(
            $"/api/v1/cases/{caseId}",
            new
            {
                id = caseId,
                verdict.Record.State,
                verdict.Words,
            }
        );
    }

    // Ordered by due time.
    private static string DueKey(ApprovalRecord record) => $"{record.Deadline.UtcTicks:D19} {record.Case.Id}";

    private static ProblemException Refused(AnswerVerdict verdict) =>
        verdict.Refusal switch
        {
            Refusal.Incomplete => new(
                StatusCodes.Status400BadRequest,
                "incomplete-answer",
                "Incomplete answer",
                verdict.Words,
                verdict.Field
            ),
            Refusal.NotTheirs => new(StatusCodes.Status403Forbidden, "not-theirs", "Not allowed", verdict.Words),
            Refusal.Changed => new(
                StatusCodes.Status409Conflict,
                "case-changed",
                "The case changed",
                $"{verdict.Words} Revision {verdict.Record.Case.Revision} holds.",
                "revision"
            ),
            _ => new(StatusCodes.Status409Conflict, "case-closed", "Already decided", verdict.Words, "id"),
        };
}
