using System.Diagnostics;
using Azure.Data.Tables;
using Stockgate.Domain;
using Stockgate.Domain.Promotions;
using Stockgate.Domain.Promotions.Live;
using Stockgate.Platform.Promotions.Live;
using Stockgate.Platform.Promotions.Records;
using Stockgate.Platform.Storage;
using Stockgate.TestSupport;
using Xunit.Abstractions;

namespace Stockgate.Functions.Tests.Promotions.Live;

/// <summary>Budgets on a real store. Each ledger stands for a process: nothing but the store is shared between them.</summary>
public sealed class BudgetLedgerTests(AzuriteFixture fixture, ITestOutputHelper output) : IClassFixture<AzuriteFixture>, IAsyncLifetime
{
    private static readonly Currency Gbp = Currency.Parse("GBP");

    private readonly StateTables tables = new(new TableServiceClient(fixture.Azurite.ConnectionString), 4);
    private readonly PromotionId promotion = new($"summer #{Guid.NewGuid():N}");

    public Task InitializeAsync() => tables.PrepareAsync(CancellationToken.None);

    public Task DisposeAsync() => Task.CompletedTask;

    private BudgetLedger Process() => new(tables, TimeProvider.System);

    private PromotionClaim Claim(string id, int redemptions = 1, decimal cost = 1.25m, string? customer = null) =>
        new(promotion, id, customer, redemptions, new Money(cost, Gbp));

    private async Task<BudgetStanding> StateAsync() => (await Process().StateAsync(promotion))!;

    [Fact]
    public async Task A_thousand_claims_at_once_from_two_processes_on_a_budget_of_500_take_exactly_500()
    {
        BudgetLedger[] processes = [Process(), Process()];
        await processes[0].OpenAsync(promotion, new Budget { Redemptions = 500, TotalDiscount = new Money(10_000, Gbp) }, Gbp);
        var started = Stopwatch.GetTimestamp();
        var answers = await Task.WhenAll(Enumerable.Range(0, 1_000).Select(i => processes[i % 2].ClaimAsync(Claim($"c{i}"))));
        output.WriteLine($"two processes, 1,000 claims: {1_000 / Stopwatch.GetElapsedTime(started).TotalSeconds:0} claims/s");
        Assert.Equal(500, answers.Count(static a => a.Accepted));
        Assert.All(answers.Where(static a => !a.Accepted), static a => Assert.Equal(ClaimOutcome.BudgetSpent, a.Outcome));
        var standing = await StateAsync();
        Assert.Equal(new BudgetState(new Money(9_375, Gbp), 0), standing.Account.Left);
        Assert.Equal((500, 500, 625m), (standing.Account.Claims, standing.Account.Redemptions, standing.Account.Given.Amount));
        Assert.Equal(500, await CountAsync("claim"));
    }

    [Fact]
    public async Task Money_is_bounded_to_the_last_coin_whatever_the_claims_cost()
    {
        BudgetLedger[] processes = [Process(), Process(), Process()];
        await processes[0].OpenAsync(promotion, new Budget { TotalDiscount = new Money(100, Gbp) }, Gbp);
        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 300)
                .Select(async i =>
                    (Cost: 0.01m * (1 + i % 97), Answer: await processes[i % 3].ClaimAsync(Claim($"c{i}", cost: 0.01m * (1 + i % 97))))
                )
        );
        var given = answers.Where(static a => a.Answer.Accepted).Sum(static a => a.Cost);
        var account = (await StateAsync()).Account;
        Assert.Equal((given, 100 - given), (account.Given.Amount, account.Left.Money!.Value.Amount));
        // What was denied did not fit: a claim of less than what is left would have been accepted.
        Assert.All(answers.Where(static a => !a.Answer.Accepted), a => Assert.True(a.Cost > 100 - given));
    }

    [Fact]
    public async Task One_process_reaches_its_rate_by_deciding_many_claims_in_one_transaction()
    {
        var process = Process();
        await process.OpenAsync(promotion, new Budget { Redemptions = 100_000 }, Gbp);
        var started = Stopwatch.GetTimestamp();
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 3_000).Select(i => process.ClaimAsync(Claim($"c{i}", customer: $"shopper {i}")))
        );
        var rate = answers.Length / Stopwatch.GetElapsedTime(started).TotalSeconds;
        output.WriteLine($"one process, {answers.Length} claims: {rate:0} claims/s");
        Assert.All(answers, static a => Assert.True(a.Accepted));
        Assert.Equal(97_000, (await StateAsync()).Account.Left.Redemptions);
    }

    [Fact]
    public async Task A_claim_that_is_sent_again_has_the_same_answer_also_elsewhere_and_when_nothing_is_left()
    {
        var (here, there) = (Process(), Process());
        await here.OpenAsync(promotion, new Budget { Redemptions = 2 }, Gbp);
        var first = await here.ClaimAsync(Claim("a"));
        Assert.Equal((ClaimOutcome.Accepted, 1), (first.Outcome, first.Left.Redemptions));
        Assert.True((await here.ClaimAsync(Claim("b"))).Accepted);
        Assert.Equal(ClaimOutcome.BudgetSpent, (await here.ClaimAsync(Claim("c"))).Outcome);
        foreach (var ledger in new[] { here, there, Process() })
            Assert.Equal(first, await ledger.ClaimAsync(Claim("a")));
        var twins = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => (i % 2 == 0 ? here : there).ClaimAsync(Claim("a"))));
        Assert.All(twins, twin => Assert.Equal(first, twin));
        Assert.Equal(2, (await StateAsync()).Account.Redemptions);
        Assert.Equal(1, (await StateAsync()).Denied);
    }

    [Fact]
    public async Task The_same_new_claim_at_once_from_two_processes_is_taken_once()
    {
        BudgetLedger[] processes = [Process(), Process()];
        await processes[0].OpenAsync(promotion, new Budget { Redemptions = 1_000 }, Gbp);
        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => processes[i % 2].ClaimAsync(Claim($"c{i / 4}"))));
        Assert.All(answers, static a => Assert.True(a.Accepted));
        Assert.Equal((50, 950), ((await StateAsync()).Account.Claims, (await StateAsync()).Account.Left.Redemptions));
    }

    [Fact]
    public async Task An_id_stands_for_one_claim()
    {
        var process = Process();
        await process.OpenAsync(promotion, new Budget { Redemptions = 10 }, Gbp);
        await process.ClaimAsync(Claim("a"));
        Assert.Equal(ClaimOutcome.IdUsed, (await process.ClaimAsync(Claim("a", redemptions: 2))).Outcome);
        Assert.Equal(9, (await StateAsync()).Account.Left.Redemptions);
    }

    [Fact]
    public async Task A_customer_has_its_share_and_no_more_in_however_many_processes_and_is_not_stored_in_clear()
    {
        BudgetLedger[] processes = [Process(), Process()];
        await processes[0].OpenAsync(promotion, new Budget { Redemptions = 1_000, PerCustomer = 3 }, Gbp);
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 120).Select(i => processes[i % 2].ClaimAsync(Claim($"c{i}", customer: $"zoe.miller{i % 10}@example.com")))
        );
        Assert.Equal(30, answers.Count(static a => a.Accepted));
        Assert.All(answers.Where(static a => !a.Accepted), static a => Assert.Equal(ClaimOutcome.BeyondBounds, a.Outcome));
        Assert.Equal(10, await CountAsync("customer"));
        Assert.Equal(ClaimOutcome.Unfit, (await processes[0].ClaimAsync(Claim("nobody"))).Outcome);
        await foreach (
            var row in tables.Promotions.QueryAsync<TableEntity>(
                TableClient.CreateQueryFilter($"PartitionKey eq {PromotionKeys.PartitionOf(promotion)}")
            )
        )
            Assert.DoesNotContain("zoe.miller", string.Join(' ', row.Keys.Select(key => row[key])), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_claim_is_given_back_once_with_its_money_and_its_customers_use()
    {
        var (here, there) = (Process(), Process());
        await here.OpenAsync(
            promotion,
            new Budget
            {
                Redemptions = 2,
                TotalDiscount = new Money(10, Gbp),
                PerCustomer = 2,
            },
            Gbp
        );
        Assert.True((await here.ClaimAsync(Claim("a", 2, 4.5m, "zoe.miller"))).Accepted);
        Assert.Equal(ClaimOutcome.BudgetSpent, (await here.ClaimAsync(Claim("b", 1, 1, "zoe.miller"))).Outcome);
        var released = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => (i % 2 == 0 ? here : there).ReleaseAsync(promotion, "a")));
        Assert.Equal(1, released.Count(static r => r.GivenBack));
        var account = (await StateAsync()).Account;
        Assert.Equal(new BudgetState(new Money(10, Gbp), 2), account.Left);
        Assert.Equal((0, 0, 0m), (account.Claims, account.Redemptions, account.Given.Amount));
        Assert.Equal(ClaimOutcome.IdUsed, (await there.ClaimAsync(Claim("a", 2, 4.5m, "zoe.miller"))).Outcome);
        // This process believes that it is spent, for another one gave back; it looks before it denies.
        Assert.True((await here.ClaimAsync(Claim("c", 2, 1, "zoe.miller"))).Accepted);
    }

    [Fact]
    public async Task A_claim_that_arrives_after_it_was_given_back_is_denied()
    {
        var process = Process();
        await process.OpenAsync(promotion, null, Gbp);
        Assert.False((await process.ReleaseAsync(promotion, "a")).GivenBack);
        Assert.Equal(ClaimOutcome.IdUsed, (await process.ClaimAsync(Claim("a"))).Outcome);
    }

    [Fact]
    public async Task Nothing_is_claimed_before_it_opens_after_it_closes_or_from_a_process_that_has_not_heard_of_it()
    {
        var (here, there) = (Process(), Process());
        Assert.Equal(ClaimOutcome.NotLive, (await here.ClaimAsync(Claim("early"))).Outcome);
        Assert.Null(await here.StateAsync(promotion));
        await there.OpenAsync(promotion, new Budget { Redemptions = 5 }, Gbp);
        Assert.True((await here.ClaimAsync(Claim("a", 2))).Accepted);
        await there.CloseAsync(promotion);
        Assert.Equal(ClaimOutcome.NotLive, (await here.ClaimAsync(Claim("b"))).Outcome);
        Assert.True((await here.ReleaseAsync(promotion, "a")).GivenBack);
        Assert.True((await here.ClaimAsync(Claim("a2"))).Outcome == ClaimOutcome.NotLive);
        Assert.Equal(5, (await there.OpenAsync(promotion, new Budget { Redemptions = 99 }, Gbp)).Left.Redemptions);
        Assert.True((await here.ClaimAsync(Claim("c", 5))).Accepted);
        await here.OpenAsync(promotion, new Budget { Redemptions = 99 }, Gbp);
        Assert.Equal(0, (await StateAsync()).Account.Left.Redemptions);
    }

    [Fact]
    public async Task What_no_till_can_give_is_refused_and_harms_no_other_claim()
    {
        var process = Process();
        await process.OpenAsync(promotion, null, Gbp);
        var wrong = new[]
        {
            Claim(""),
            Claim(new string('x', 129)),
            Claim("a", 0),
            Claim("a", -1),
            Claim("a", int.MaxValue),
            Claim("a", cost: -1),
            Claim("a", cost: 0.001m),
            Claim("a", cost: decimal.MaxValue),
            Claim("a\n"),
            Claim("a", customer: " "),
        };
        var answers = await Task.WhenAll([
            .. wrong.Select(w => process.ClaimAsync(w)),
            process.ClaimAsync(Claim("a") with { Cost = new Money(1, Currency.Parse("EUR")) }),
        ]);
        Assert.All(answers, static a => Assert.Equal(ClaimOutcome.Unfit, a.Outcome));
        Assert.True((await process.ClaimAsync(Claim("a"))).Accepted);
    }

    [Fact]
    public async Task Ids_that_a_table_key_could_not_hold_are_claims_of_their_own()
    {
        var process = Process();
        await process.OpenAsync(promotion, new Budget { Redemptions = 100 }, Gbp);
        string[] ids = ["a/b", "a%2Fb", "a|b", "a'b", "a#b", "ä", new string('l', 128), new string('l', 127)];
        Assert.All(await Task.WhenAll(ids.Select(id => process.ClaimAsync(Claim(id)))), static a => Assert.True(a.Accepted));
        Assert.All(await Task.WhenAll(ids.Select(id => process.ReleaseAsync(promotion, id))), static r => Assert.True(r.GivenBack));
    }

    private async Task<int> CountAsync(string kind)
    {
        var count = 0;
        await foreach (var _ in tables.Promotions.QueryAsync<TableEntity>(RowKeys.Under(PromotionKeys.PartitionOf(promotion), kind)))
            count++;
        return count;
    }
}
