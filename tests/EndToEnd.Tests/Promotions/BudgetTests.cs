using System.Net;
using Stockgate.Domain;
using Stockgate.Domain.Promotions;

namespace Stockgate.EndToEnd.Tests.Promotions;

/// <summary>A budget of N is given away N times, and then the promotion is over.</summary>
[Collection(ToldWorld.Name)]
public class BudgetTests(ToldWorld world)
{
    [Fact]
    public async Task Of_more_claims_at_once_than_the_budget_has_exactly_as_many_are_accepted_and_the_last_ends_the_promotion()
    {
        const int budget = 10;
        var sku = await world.ItemAsync(price: 20);
        var id = await world.LiveAsync(sku, budget: new Budget { Redemptions = budget });
        using (var spare = await ClaimAsync(id, 0))
            Assert.Equal(HttpStatusCode.OK, spare.StatusCode);
        using (var back = await world.SendAsync(HttpMethod.Delete, $"promotions/{id}/claims/basket-0", new { }, RunningApp.Till))
            Assert.Equal(HttpStatusCode.OK, back.StatusCode);
        var answers = await Task.WhenAll(Enumerable.Range(1, budget + 1).Select(n => ClaimAsync(id, n)));
        Assert.Equal(budget, answers.Count(static a => a.StatusCode == HttpStatusCode.OK));
        await Problem.IsAsync(answers.Single(static a => a.StatusCode != HttpStatusCode.OK), 409, "budget-spent", null);
        // The monitor looks every three minutes here: that it is over before is the claim's doing.
        await world.IsOverAsync(id, "Settled", sku, 20);
        await world.DecidedAsync(id, "Live → Ended: BudgetSpent");
        using var late = await ClaimAsync(id, budget + 2);
        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        foreach (var answer in answers)
            answer.Dispose();
    }

    private Task<HttpResponseMessage> ClaimAsync(string id, int n) =>
        world.SendAsync(
            HttpMethod.Post,
            $"promotions/{id}/claims",
            new
            {
                claimId = $"basket-{n}",
                customer = $"c-{n}",
                redemptions = 1,
                cost = new { amount = 4, currency = "GBP" },
            },
            RunningApp.Till
        );
}
