using System.Linq.Expressions;
using System.Text;
using System.Text.Json;
using Azure.Data.Tables;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Moq;
using Stockgate.Domain;
using Stockgate.Domain.Promotions;
using Stockgate.Functions.Orchestrations;
using Stockgate.Functions.Promotions.Claims;
using Stockgate.Platform;
using Stockgate.Platform.Promotions.Live;
using Stockgate.Platform.Storage;
using Stockgate.TestSupport;

namespace Stockgate.Functions.Tests.Promotions.Live;

public sealed class PromotionClaimsTests(AzuriteFixture fixture) : IClassFixture<AzuriteFixture>, IAsyncLifetime
{
    private readonly Mock<DurableTaskClient> client = new("test");
    private static readonly Currency Gbp = Currency.Parse("GBP");

    private readonly string promotion = $"p-{Guid.NewGuid():N}";
    private BudgetLedger ledger = null!;

    public async Task InitializeAsync()
    {
        var tables = new StateTables(new TableServiceClient(fixture.Azurite.ConnectionString), 4);
        await tables.PrepareAsync(CancellationToken.None);
        ledger = new BudgetLedger(tables, TimeProvider.System);
        await ledger.OpenAsync(new PromotionId(promotion), new Budget { Redemptions = 2, TotalDiscount = new Money(10, Gbp) }, Gbp);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    private static HttpRequest Request(string body)
    {
        var context = new DefaultHttpContext { RequestServices = new ServiceCollection().AddLogging().BuildServiceProvider() };
        context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
        context.Response.Body = new MemoryStream();
        return context.Request;
    }

    private async Task<JsonElement> ClaimAsync(string body)
    {
        var request = Request(body);
        await (await new PromotionClaims(ledger).Claim(request, promotion, client.Object, CancellationToken.None)).ExecuteAsync(
            request.HttpContext
        );
        return Answered(request);
    }

    private static JsonElement Answered(HttpRequest request)
    {
        Assert.Equal(200, request.HttpContext.Response.StatusCode);
        return JsonDocument.Parse(((MemoryStream)request.HttpContext.Response.Body).ToArray()).RootElement;
    }

    private async Task<ProblemException> RefusedAsync(string body) => await Assert.ThrowsAsync<ProblemException>(() => ClaimAsync(body));

    [Fact]
    public async Task A_till_claims_and_gives_back()
    {
        var left = (
            await ClaimAsync("""{"claimId":"t1","customer":"ada","redemptions":2,"cost":{"amount":1.5,"currency":"GBP"}}""")
        ).GetProperty("left");
        Assert.Equal((8.5m, 0), (left.GetProperty("money").GetProperty("amount").GetDecimal(), left.GetProperty("redemptions").GetInt32()));
        var spent = await RefusedAsync("""{"claimId":"t2","cost":{"amount":1,"currency":"GBP"}}""");
        Assert.Equal((409, "budget-spent"), (spent.Status, spent.Slug));
        var request = Request("");
        await (await new PromotionClaims(ledger).Release(request, promotion, "t1", CancellationToken.None)).ExecuteAsync(
            request.HttpContext
        );
        Assert.True(Answered(request).GetProperty("released").GetBoolean());
        Assert.True((await ClaimAsync("""{"claimId":"t3","cost":{"amount":1,"currency":"GBP"}}""")).GetProperty("accepted").GetBoolean());
    }

    [Fact]
    public async Task The_claim_that_leaves_nothing_tells_the_promotions_owner_and_no_other_does()
    {
        await ClaimAsync("""{"claimId":"t1","cost":{"amount":1,"currency":"GBP"}}""");
        client.Verify(Told(), Times.Never);
        await ClaimAsync("""{"claimId":"t2","cost":{"amount":1,"currency":"GBP"}}""");
        client.Verify(Told(), Times.Once);

        Expression<Func<DurableTaskClient, Task>> Told() =>
            c => c.RaiseEventAsync($"promotion-{promotion}", Signal.Name, It.IsAny<object?>(), It.IsAny<CancellationToken>());
    }

    [Theory]
    [InlineData("", 400, "claim")]
    [InlineData("null", 400, "claim")]
    [InlineData("""{"claimId":"a"}""", 400, "claim")]
    [InlineData("""{"claimId":null,"cost":{"amount":1,"currency":"GBP"}}""", 400, "claim")]
    [InlineData("""{"claimId":"a","cost":{"amount":1,"currency":"XXX"}}""", 400, "claim")]
    [InlineData("""{"claimId":"a","cost":{"amount":1}}""", 400, "claim")]
    [InlineData("""{"claimId":"a","cost":{"amount":1,"currency":"EUR"}}""", 400, "claim")]
    [InlineData("""{"claimId":"a","redemptions":0,"cost":{"amount":1,"currency":"GBP"}}""", 400, "claim")]
    [InlineData("""{"claimId":"a","cost":{"amount":10.01,"currency":"GBP"}}""", 409, "claim-denied")]
    public async Task What_can_not_be_claimed_is_refused_with_its_reason(string body, int status, string slug)
    {
        var problem = await RefusedAsync(body);
        Assert.Equal((status, slug), (problem.Status, problem.Slug));
    }
}
