using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Stockgate.Domain;
using Stockgate.Domain.Promotions.Live;
using Stockgate.Functions.Api;
using Stockgate.Platform;
using Stockgate.Platform.Http;
using Stockgate.Platform.Promotions.Live;

namespace Stockgate.Functions.Promotions.Claims;

/// <summary>API of budget claims: a till or shop claims before granting the offer and releases the claim if the basket is voided.</summary>
public sealed class PromotionClaims(BudgetLedger budgets)
{
    [Function("ClaimPromotion")]
    [Summary("Claims budget of a promotion before the offer is granted")]
    [Accepts(typeof(ClaimRequest))]
    [Answers(200, typeof(ClaimAccepted))]
    public async Task<IResult> Claim(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/promotions/{id}/claims")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken
    )
    {
        var (promotion, asked) = (PromotionIn(request, id), await ReadAsync(request, cancellationToken));
        var answer = await budgets.ClaimAsync(
            new PromotionClaim(promotion, asked.ClaimId, asked.Customer, asked.Redemptions, asked.Cost),
            cancellationToken
        );
        // A spent budget ends the promotion at once, not at the monitor's next check.
        if (answer is { Outcome: ClaimOutcome.Accepted, Left.Spent: true })
            await PromotionSignal.RaiseAsync(client, promotion, cancellationToken);
        return answer.Outcome switch
        {
            ClaimOutcome.Accepted => Results.Json(new ClaimAccepted(true, answer.Left), ClaimsJson.Default.ClaimAccepted),
            ClaimOutcome.Unfit => throw new ProblemException(
                StatusCodes.Status400BadRequest,
                "claim",
                "Invalid claim",
                Sentence(answer.Reason)
            ),
            ClaimOutcome.BudgetSpent => throw new ProblemException(
                StatusCodes.Status409Conflict,
                "budget-spent",
                "Budget spent",
                $"Sell at the regular price: {answer.Reason}."
            ),
            _ => throw new ProblemException(StatusCodes.Status409Conflict, "claim-denied", "Denied", Sentence(answer.Reason)),
        };
    }

    [Function("ReleasePromotionClaim")]
    [Summary("Releases a claim of a voided basket")]
    [Answers(200, typeof(ClaimReleased))]
    public async Task<IResult> Release(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "v1/promotions/{id}/claims/{claimId}")] HttpRequest request,
        string id,
        string claimId,
        CancellationToken cancellationToken
    )
    {
        var answer = await budgets.ReleaseAsync(PromotionIn(request, id), request.Whole(claimId), cancellationToken);
        return Results.Json(new ClaimReleased(answer.GivenBack, Sentence(answer.Reason), answer.Left), ClaimsJson.Default.ClaimReleased);
    }

    private static PromotionId PromotionIn(HttpRequest request, string id) =>
        request.Whole(id) is { Length: <= BudgetLedger.IdCharacters } whole
            ? new PromotionId(whole)
            : throw new ProblemException(
                StatusCodes.Status400BadRequest,
                "promotion-id",
                "Invalid promotion id",
                $"A promotion's id has at most {BudgetLedger.IdCharacters} characters.",
                "id"
            );

    private static async Task<ClaimRequest> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var body = await RequestBody.ReadAsync(request, cancellationToken);
        return JsonBody.Read(
            body.Memory,
            ClaimsJson.Default.ClaimRequest,
            static mistake => new ProblemException(
                StatusCodes.Status400BadRequest,
                "claim",
                "Invalid claim",
                $"{mistake.Field} {mistake.Reason}. Send {{\"claimId\": \"your own id, the same on every retry\", \"customer\": \"optional\", \"redemptions\": 1, \"cost\": {{\"amount\": 1.50, \"currency\": \"GBP\"}}}}.",
                mistake.Field
            )
        );
    }

    private static string Sentence(string reason) => $"{char.ToUpperInvariant(reason[0])}{reason[1..]}.";
}

/// <summary>A claim as it is posted.</summary>
internal sealed record ClaimRequest
{
    public required string ClaimId { get; init; }

    public string? Customer { get; init; }

    // Set, not init: see ProductUpdated.Active.
    public int Redemptions { get; set; } = 1;

    public required Money Cost { get; init; }
}

/// <summary>Answer to an accepted claim.</summary>
internal sealed record ClaimAccepted(bool Accepted, Domain.Promotions.BudgetState Left);

/// <summary>Answer to a release.</summary>
internal sealed record ClaimReleased(bool Released, string Reason, Domain.Promotions.BudgetState Left);

/// <summary>Source-generated JSON of claims.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ClaimRequest))]
[JsonSerializable(typeof(ClaimAccepted))]
[JsonSerializable(typeof(ClaimReleased))]
internal sealed partial class ClaimsJson : JsonSerializerContext;
