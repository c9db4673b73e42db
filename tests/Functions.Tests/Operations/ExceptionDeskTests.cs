using Azure.Data.Tables;
using Stockgate.Domain;
using Stockgate.Domain.Operations;
using Stockgate.Platform;
using Stockgate.Platform.Operations;
using Stockgate.Platform.Storage;
using Stockgate.TestSupport;

namespace Stockgate.Functions.Tests.Operations;

public sealed class ExceptionDeskTests(AzuriteFixture fixture) : IClassFixture<AzuriteFixture>, IAsyncLifetime
{
    private readonly FakeTime time = new();
    private readonly StateTables tables = new(new TableServiceClient(fixture.Azurite.ConnectionString), 64);
    private readonly string subject = $"order {Guid.NewGuid():N}";

    private ExceptionLog Log => new(tables);

    private ExceptionDesk Desk => new(Log, new DecisionLog(tables), time);

    public Task InitializeAsync() => tables.PrepareAsync(CancellationToken.None);

    public Task DisposeAsync() => Task.CompletedTask;

    private Task<OperationException> RaiseAsync(decimal money = 0, string failure = "no stock") =>
        Log.RaiseAsync(
            new OperationException
            {
                Type = "order-short",
                Subject = subject,
                Failure = failure,
                RecommendedAction = "Reroute it.",
                Owner = "customer-service",
                Sla = TimeSpan.FromHours(1),
                FirstSeenAt = time.GetUtcNow(),
                LastSeenAt = time.GetUtcNow(),
                ExposedMoney = money,
                Currency = Currency.Parse("GBP"),
            },
            CancellationToken.None
        );

    [Fact]
    public async Task Who_works_on_it_stays_when_the_same_failure_comes_again_and_ends_with_it()
    {
        var id = (await RaiseAsync()).Id;
        await Desk.AssignAsync(id, "Olga", "Ida", null, CancellationToken.None);
        var again = await RaiseAsync();
        Assert.Equal(("Olga", 2), (again.AssignedTo, again.Count));
        Assert.NotNull(again.AcknowledgedAt);

        Assert.NotNull((await Desk.ResolveAsync(id, "Olga", "rerouted by hand", CancellationToken.None)).ResolvedAt);
        Assert.Equal(
            "unknown-exception",
            (await Assert.ThrowsAsync<ProblemException>(() => Desk.ResolveAsync(id, "Olga", "again", CancellationToken.None))).Slug
        );
        Assert.Null((await RaiseAsync()).AssignedTo);
        var chain = await new DecisionLog(tables).ChainAsync($"exception {id}", CancellationToken.None);
        Assert.Null(chain.FirstBreak);
        Assert.Equal(["assigned to Olga", "resolved"], chain.Records.Select(static r => r.Decision));
    }

    [Fact]
    public async Task Counted_and_assigned_at_one_moment_it_is_both()
    {
        var id = (await RaiseAsync()).Id;
        await Task.WhenAll([
            .. Enumerable.Range(0, 8).Select(_ => RaiseAsync()),
            Desk.AssignAsync(id, "Olga", "Ida", null, CancellationToken.None),
        ]);
        var now = (await Log.GetAsync(id, CancellationToken.None))!;
        Assert.Equal((9, "Olga"), (now.Count, now.AssignedTo));
    }

    [Fact]
    public async Task The_list_is_filtered_by_what_is_at_stake()
    {
        await RaiseAsync(money: 50, failure: "small");
        var large = await RaiseAsync(money: 12_000, failure: "large");
        var (found, whole) = await Log.OpenAsync(e => e.Subject == subject && e.Severity >= ExceptionSeverity.High, CancellationToken.None);
        Assert.True(whole);
        Assert.Equal((large.Id, ExceptionSeverity.Critical), (Assert.Single(found).Id, found[0].Severity));
    }
}
