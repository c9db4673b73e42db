using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Stockgate.Domain;
using Stockgate.Domain.Promotions;
using Stockgate.Domain.Promotions.Gates;
using Stockgate.Platform;
using Stockgate.Platform.Operations;
using Stockgate.Platform.Promotions.Facts;
using Stockgate.Platform.Promotions.Records;
using Stockgate.Platform.Promotions.Requests;
using Stockgate.TestSupport;

namespace Stockgate.Functions.Tests.Promotions;

public sealed class PromotionDeskTests(AzuriteFixture fixture) : PromotionsOnAzurite(fixture)
{
    private PromotionDesk Desk => App.GetRequiredService<PromotionDesk>();

    private Task<PromotionRecord> PostedAsync(Action<JsonObject>? change = null) =>
        Desk.SubmitAsync(Body(change), null, "mia", CancellationToken.None);

    private static async Task<ProblemException> RefusedAsync(Func<Task> asked, int status, string slug)
    {
        var refused = await Assert.ThrowsAsync<ProblemException>(asked);
        Assert.Equal((status, slug), (refused.Status, refused.Slug));
        return refused;
    }

    [Fact]
    public async Task The_same_idempotency_key_of_the_same_person_is_one_promotion_also_at_one_moment_in_two_processes()
    {
        var (desks, key) = (new[] { Desk, Process().GetRequiredService<PromotionDesk>() }, Guid.NewGuid().ToString());
        var made = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(i => desks[i % 2].SubmitAsync(Body(), key, "mia", CancellationToken.None))
        );
        Assert.Single(made.Select(static r => r.Id).Distinct());
        Assert.StartsWith("summer-deal-", made[0].Id.Value, StringComparison.Ordinal);
        Assert.NotEqual(made[0].Id, (await Desk.SubmitAsync(Body(), key, "max", CancellationToken.None)).Id);
        Assert.NotEqual((await PostedAsync()).Id, (await PostedAsync()).Id);
    }

    [Fact]
    public async Task A_key_that_was_sent_with_another_request_is_refused_whatever_is_changed()
    {
        var (key, own) = (Guid.NewGuid().ToString(), $"Deal {Guid.NewGuid():N}");
        var first = await Desk.SubmitAsync(Body(r => r["name"] = own), key, "mia", CancellationToken.None);
        foreach (
            var change in new Action<JsonObject>[]
            {
                r => r["name"] = own + " again",
                r => (r["name"], r["channels"]) = (own, new JsonArray("pos")),
            }
        )
            Assert.Contains(
                first.Id.Value,
                (await RefusedAsync(() => Desk.SubmitAsync(Body(change), key, "mia", CancellationToken.None), 422, "key-used")).Message,
                StringComparison.Ordinal
            );
    }

    [Fact]
    public async Task The_same_request_under_a_second_key_is_the_same_promotion_and_one_with_other_terms_is_another()
    {
        var own = $"Deal {Guid.NewGuid():N}";
        var (desks, changed) = (
            new[] { Desk, Process().GetRequiredService<PromotionDesk>() },
            Body(r => (r["name"], r["channels"]) = (own, new JsonArray("pos")))
        );
        var made = await Task.WhenAll(
            Enumerable
                .Range(0, 10)
                .Select(i => desks[i % 2].SubmitAsync(Body(r => r["name"] = own), $"{own}{i}", "mia", CancellationToken.None))
        );
        Assert.Single(made.Select(static r => r.Id).Distinct());
        Assert.NotEqual(made[0].Id, (await Desk.SubmitAsync(changed, $"{own}-other", "mia", CancellationToken.None)).Id);
    }

    [Theory]
    [InlineData("discont", "discount"), InlineData("excludedItem", "excludedItems"), InlineData("xyzzyx", "known are")]
    public async Task A_field_that_nobody_reads_is_refused_with_the_one_that_was_meant(string typed, string says) =>
        Assert.Contains(
            says,
            (await RefusedAsync(() => PostedAsync(r => r[typed] = 1), 400, "unfit-promotion")).Message,
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("name"), InlineData("discount"), InlineData("regions"), InlineData("currency"), InlineData("window")]
    public async Task What_is_left_out_is_refused_and_named(string field) =>
        Assert.Contains(
            field,
            (await RefusedAsync(() => PostedAsync(r => r.Remove(field)), 400, "unfit-promotion")).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public async Task A_field_that_can_not_be_is_named_with_its_place()
    {
        async Task SaysAsync(string says, Action<JsonObject> change) =>
            Assert.Contains(
                says,
                (await RefusedAsync(() => PostedAsync(change), 400, "unfit-promotion")).Message,
                StringComparison.Ordinal
            );
        await SaysAsync("channels[1]", static r => r["channels"] = new JsonArray("web", "nowhere"));
        await SaysAsync(
            "window.end",
            static r => (r["window"]!["start"], r["window"]!["end"]) = ("2020-01-01T00:00:00", "2020-01-02T00:00:00")
        );
        await SaysAsync("window.timeZone", static r => r["window"]!["timeZone"] = "Mars/Olympus");
        await SaysAsync(
            "categories",
            static r =>
            {
                r["categories"] = new JsonArray("nothing like it");
                r.Remove("items");
            }
        );
        await RefusedAsync(() => Desk.SubmitAsync("[1"u8.ToArray(), null, "mia", CancellationToken.None), 400, "unfit-promotion");
        await RefusedAsync(() => Desk.SubmitAsync("null"u8.ToArray(), null, "mia", CancellationToken.None), 400, "unfit-promotion");
    }

    [Fact]
    public async Task Who_asks_is_who_is_signed_in_whatever_the_body_says()
    {
        var record = await PostedAsync(static r => r["requestedBy"] = "somebody else");
        Assert.Equal(
            ("mia", "mia"),
            (record.RequestedBy, (await Store.TermsAsync(record.Id, 1, CancellationToken.None)).Request.RequestedBy)
        );
    }

    [Fact]
    public async Task A_category_is_every_product_of_it_now_but_those_excluded()
    {
        var own = Guid.NewGuid().ToString("N");
        foreach (var sku in new[] { "3", "1", "2", "4" })
            await ProductAsync($"{own}-{sku}", own);
        await ProductAsync($"{own}-other", "other");
        var record = await PostedAsync(r =>
        {
            (r["categories"], r["excludedItems"]) = (new JsonArray(own), new JsonArray($"{own}-2"));
            r.Remove("items");
        });
        Assert.Equal(
            [$"{own}-1", $"{own}-3", $"{own}-4"],
            (await Store.TermsAsync(record.Id, 1, CancellationToken.None)).Items.Select(static s => s.Value)
        );
        await ProductAsync($"{own}-5", own);
        Assert.Equal(3, (await Store.TermsAsync(record.Id, 1, CancellationToken.None)).Items.Count);
    }

    [Fact]
    public async Task Edits_at_one_moment_get_numbers_of_their_own_and_each_is_kept_as_it_was_asked()
    {
        var record = await PostedAsync();
        var desks = new[] { Desk, Process().GetRequiredService<PromotionDesk>() };
        var numbers = await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(i => desks[i % 2].EditAsync(record.Id, Body(r => r["name"] = $"Edit {i}"), "why", "mia", CancellationToken.None))
        );
        Assert.Equal(Enumerable.Range(2, 8), numbers.Order());
        for (var i = 0; i < 8; i++)
            Assert.Equal($"Edit {i}", (await Store.TermsAsync(record.Id, numbers[i], CancellationToken.None)).Request.Name);
        await RefusedAsync(() => Desk.EditAsync(record.Id, Body(), " ", "mia", CancellationToken.None), 400, "unfit-promotion");
    }

    [Fact]
    public async Task Nobody_decides_about_their_own_nor_about_terms_that_do_not_hold()
    {
        var id = (await PostedAsync()).Id;
        Task DecideAsync(string by, int terms = 1, bool approved = true, string? reason = null) =>
            Desk.DecideAsync(id, "finance", terms, approved, reason, by, CancellationToken.None);
        await RefusedAsync(() => DecideAsync("MIA"), 403, "own-promotion");
        await RefusedAsync(() => DecideAsync("finn", terms: 2), 409, "terms-changed");
        await RefusedAsync(() => DecideAsync("finn", approved: false), 400, "unfit-promotion");
        await DecideAsync("finn");
        await RefusedAsync(
            () => Desk.DecideAsync(new("none"), "finance", 1, true, null, "finn", CancellationToken.None),
            404,
            "unknown-promotion"
        );
        var chain = await App.GetRequiredService<DecisionLog>().ReadAsync(PromotionStore.SubjectOf(id), CancellationToken.None);
        Assert.Equal(["approved as finance"], chain.Select(static d => d.Decision));
    }

    [Fact]
    public async Task A_gate_is_taken_upon_oneself_by_another_with_a_reason_and_an_end_and_never_a_final_one()
    {
        var id = (await PostedAsync()).Id;
        var now = TimeProvider.System.GetUtcNow();
        Task OverrideAsync(string gate, string by = "cora", string? reason = "counted by hand", DateTimeOffset? until = null) =>
            Desk.OverrideAsync(id, gate, reason, until ?? now.AddHours(1), by, CancellationToken.None);
        await RefusedAsync(() => OverrideAsync("weather"), 400, "unfit-promotion");
        foreach (var final in new[] { GateNames.Eligibility, GateNames.PriceFloor, GateNames.Approval })
            await RefusedAsync(() => OverrideAsync(final), 403, "gate-final");
        await RefusedAsync(() => OverrideAsync(GateNames.Stock, by: "Mia"), 403, "own-promotion");
        await RefusedAsync(() => OverrideAsync(GateNames.Stock, reason: ""), 400, "unfit-promotion");
        foreach (var until in new[] { now.AddMinutes(-1), now.AddDays(31) })
            await RefusedAsync(() => OverrideAsync(GateNames.Stock, until: until), 400, "unfit-promotion");
        await RefusedAsync(
            () => Desk.OverrideAsync(id, GateNames.Stock, "why", null, "cora", CancellationToken.None),
            400,
            "unfit-promotion"
        );
        await OverrideAsync(GateNames.Stock);
        var facts = await App.GetRequiredService<PromotionFactsReader>()
            .ReadAsync((await Store.GetAsync(id, CancellationToken.None)).Record, CancellationToken.None);
        Assert.Equal(
            (GateNames.Stock, "cora", "mia"),
            (facts.Overrides.Single().Gate, facts.Overrides[0].By, facts.Overrides[0].Requester)
        );
    }

    [Fact]
    public async Task Nothing_is_ordered_that_nobody_lacks() =>
        await RefusedAsync(
            async () => await Desk.OrderAsync((await PostedAsync()).Id, new("A"), new("north"), 5, "paul", CancellationToken.None),
            409,
            "nothing-short"
        );

    [Fact]
    public async Task A_command_that_changes_nothing_in_the_state_is_refused_when_it_is_given()
    {
        var id = (await PostedAsync()).Id;
        await RefusedAsync(
            () => Desk.CommandAsync(id, PromotionCommandKind.Pause, "why", "mia", CancellationToken.None),
            409,
            "not-in-this-state"
        );
        await RefusedAsync(
            () => Desk.CommandAsync(id, PromotionCommandKind.Cancel, null, "mia", CancellationToken.None),
            400,
            "unfit-promotion"
        );
        await Desk.CommandAsync(id, PromotionCommandKind.Cancel, "why", "mia", CancellationToken.None);
        var commands = App.GetRequiredService<PromotionCommands>();
        Assert.Single(await commands.PendingAsync(id, CancellationToken.None));
        var after = await commands.CarryOutAsync(await Store.GetAsync(id, CancellationToken.None), CancellationToken.None);
        Assert.Equal(PromotionState.Cancelled, after.Record.State);
        Assert.Empty(await commands.PendingAsync(id, CancellationToken.None));
    }
}
