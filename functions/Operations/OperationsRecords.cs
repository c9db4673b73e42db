using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Stockgate.Domain.Operations;
using Stockgate.Functions.Api;
using Stockgate.Platform.Operations;

namespace Stockgate.Functions.Operations;

/// <summary>API of decision records.</summary>
public sealed class OperationsRecords(DecisionLog decisions)
{
    /// <summary>The decisions about a subject such as <c>order 1001</c>, oldest first, and whether their chain is whole.</summary>
    [Function("GetDecisions")]
    [Summary("Shows the decisions about a subject, and whether their chain is whole")]
    [Answers(200)]
    public async Task<IResult> Decisions(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/decisions/{subject}")] HttpRequest request,
        string subject,
        CancellationToken cancellationToken
    )
    {
        subject = request.Whole(subject);
        var chain = await decisions.ChainAsync(subject, cancellationToken);
        return Results.Json(
            new
            {
                subject,
                chainIsWhole = chain.FirstBreak is null,
                firstBreak = chain.FirstBreak,
                records = chain.Records,
            },
            Answer.Json
        );
    }
}
