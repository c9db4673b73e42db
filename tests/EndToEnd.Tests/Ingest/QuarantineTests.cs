using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Stockgate.Demo.Local;

namespace Stockgate.EndToEnd.Tests.Ingest;

[Collection(SharedApp.Name)]
public class QuarantineTests(RunningApp running)
{
    private static string Own(string name) => $"{name}-{Guid.NewGuid():N}"[..20];

    private static string IdOf(string sku) => $"bad-{sku}";

    private static byte[] Corrected(string sku, decimal quantity) => Events.Counted(sku, quantity, id: IdOf(sku));

    private static byte[] Bad(string sku) =>
        Events.Of(
            "stock.counted",
            new
            {
                sku,
                location = "main",
                quantity = 2_000_000_000,
            },
            id: IdOf(sku)
        );

    private static string PathOf(JsonElement receipt, int record = 0) =>
        $"quarantine/{AppSettings.Channel}/{receipt.GetProperty("records")[record].GetProperty("quarantineId").GetString()}";

    private static readonly byte[] Note = """{"note":"a test"}"""u8.ToArray();

    private Task<HttpResponseMessage> DecideAsync(string path, string verb, string? by = "Ada", byte[]? body = null) =>
        running.CallAsync(HttpMethod.Post, $"{path}/{verb}", by, body);

    [Theory]
    [InlineData("stockgate.weather.v1", """{"sunny":true}""", 0, "type", "not known")]
    [InlineData("stockgate.stock.counted.v1", """{"sku":"Q","location":"l","quantity":2000000000}""", 0, "data.quantity", "maximum")]
    [InlineData("stockgate.stock.counted.v1", """{"sku":"Q","location":"l","quantity":3}""", 25, "time", "ahead")]
    [InlineData("stockgate.price.changed.v1", """{"sku":"Q","price":3,"currency":"QQQ"}""", 0, "data.currency", "")]
    [InlineData(
        "stockgate.order.placed.v1",
        """{"orderId":"Q","currency":"GBP","lines":[{"sku":"Q","quantity":1,"unitPrice":1}]}""",
        0,
        "data.lines[0]",
        "description"
    )]
    [InlineData(
        "stockgate.order.placed.v1",
        """{"orderId":"Q","currency":"GBP","lines":[{"sku":"Q","description":"","quantity":1,"unitPrice":1}]}""",
        0,
        "data.lines[0].description",
        "blank"
    )]
    public async Task An_impossible_record_is_kept_whole_with_field_and_reason_and_the_others_go_through(
        string type,
        string data,
        int hoursAhead,
        string field,
        string reason
    )
    {
        var (before, after) = (Own("before"), Own("after"));
        var time = TimeProvider.System.GetUtcNow().AddHours(hoursAhead);
        var bad = Encoding.UTF8.GetBytes(
            $$"""{"specversion":"1.0","id":"{{Guid.NewGuid()}}", "source":"test","type":"{{type}}","time":"{{time:O}}","data":{{data}} }"""
        );
        var receipt = await running.Partner.PostAsync(Events.Counted(before, 1), bad, Events.Counted(after, 2));

        Assert.Equal((2, 1), (receipt.GetProperty("accepted").GetInt32(), receipt.GetProperty("quarantined").GetInt32()));
        var kept = receipt.GetProperty("records")[1];
        Assert.Equal(("quarantined", field), (kept.GetProperty("status").GetString(), kept.GetProperty("field").GetString()));
        Assert.Contains(reason, kept.GetProperty("reason").GetString(), StringComparison.Ordinal);
        using var bytes = await running.GetAsync(PathOf(receipt, 1));
        Assert.Equal(bad, await bytes.Content.ReadAsByteArrayAsync());
        Assert.Equal("text/plain", bytes.Content.Headers.ContentType?.MediaType);
        await running.ProjectedAsync();
        Assert.Equal(1, (await running.ReadAsync($"inventory/{before}")).GetProperty("availableToPromise").GetDecimal());
        Assert.Equal(2, (await running.ReadAsync($"inventory/{after}")).GetProperty("availableToPromise").GetDecimal());
    }

    [Theory]
    [InlineData("{ this is not JSON")]
    [InlineData("")]
    [InlineData("17")]
    [InlineData("[]")]
    [InlineData("""[{"specversion":"1.0"}, oops]""")]
    public async Task A_body_that_is_not_json_of_events_is_kept_as_one_record(string body)
    {
        using var response = await running.Partner.SendAsync(Encoding.UTF8.GetBytes(body));
        Assert.Equal(202, (int)response.StatusCode);
        var receipt = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal((0, 1), (receipt.GetProperty("accepted").GetInt32(), receipt.GetProperty("quarantined").GetInt32()));
        using var bytes = await running.GetAsync(PathOf(receipt));
        Assert.Equal(body, await bytes.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task The_same_record_twice_is_one_row()
    {
        var bad = Bad(Own("twice"));
        var first = PathOf(await running.Partner.PostAsync(bad));
        var footprint = await running.FootprintAsync();
        Assert.Equal(first, PathOf(await running.Partner.PostAsync(bad)));
        Assert.Equal(footprint, await running.FootprintAsync());
    }

    [Fact]
    public async Task The_same_fault_many_times_is_one_exception_with_a_count()
    {
        async Task<int> CountAsync() =>
            (await running.ReadAsync("exceptions"))
                .EnumerateArray()
                .Where(e =>
                    e.GetProperty("type").GetString() == "record-quarantined"
                    && e.GetProperty("failure").GetString() == "stockgate.competitor.price-observed.v1: data.price"
                )
                .Select(e => e.GetProperty("count").GetInt32())
                .SingleOrDefault();
        var before = await CountAsync();
        await running.Partner.PostAsync(
            Enumerable
                .Range(0, 3)
                .Select(_ =>
                    Events.Of(
                        "competitor.price-observed",
                        new
                        {
                            sku = Own("seen"),
                            competitor = "them",
                            price = -1,
                            currency = "GBP",
                        }
                    )
                )
        );
        Assert.Equal(before + 3, await CountAsync());
    }

    [Fact]
    public async Task The_list_of_a_channel_shows_field_and_reason()
    {
        var id = PathOf(await running.Partner.PostAsync(Bad(Own("listed")))).Split('/')[^1];
        var found = new List<JsonElement>();
        string? after = null;
        do
        {
            var page = await running.ReadAsync(
                $"quarantine?channel={AppSettings.Channel}" + (after is null ? "" : $"&after={Uri.EscapeDataString(after)}")
            );
            found.AddRange(page.GetProperty("records").EnumerateArray());
            after = page.TryGetProperty("after", out var next) ? next.GetString() : null;
        } while (after is not null);
        var record = Assert.Single(found, r => r.GetProperty("id").GetString() == id);
        Assert.Equal(("data.quantity", "waiting"), (record.GetProperty("field").GetString(), record.GetProperty("state").GetString()));
        Assert.NotEmpty(record.GetProperty("reason").GetString()!);
    }

    [Fact]
    public async Task A_corrected_record_is_taken_in_and_the_decision_is_on_a_whole_chain()
    {
        var sku = Own("corrected");
        var path = PathOf(await running.Partner.PostAsync(Bad(sku)));
        using (var replayed = await DecideAsync(path, "replay", body: Corrected(sku, 3)))
            Assert.Equal(202, (int)replayed.StatusCode);
        await running.ProjectedAsync();
        Assert.Equal(3, (await running.ReadAsync($"inventory/{sku}")).GetProperty("availableToPromise").GetDecimal());

        var decisions = await running.ReadAsync("decisions/" + Uri.EscapeDataString(path.Replace('/', ' ')));
        Assert.True(decisions.GetProperty("chainIsWhole").GetBoolean());
        var decision = Assert.Single(decisions.GetProperty("records").EnumerateArray());
        Assert.Equal(
            ("replayed corrected", "Ada"),
            (decision.GetProperty("decision").GetString(), decision.GetProperty("decidedBy").GetString())
        );
    }

    [Fact]
    public async Task A_correction_stays_the_record_that_it_corrects()
    {
        var sku = Own("other");
        var path = PathOf(await running.Partner.PostAsync(Bad(sku)));
        byte[][] others =
        [
            Events.Placed($"order-{sku}", sku, 1, id: IdOf(sku)),
            Events.Counted(sku, 999),
            Partner.Batch([Corrected(sku, 3), Events.Counted(sku, 4)]),
        ];
        foreach (var other in others)
        {
            using var refused = await DecideAsync(path, "replay", body: other);
            Assert.Equal((422, "application/problem+json"), ((int)refused.StatusCode, refused.Content.Headers.ContentType?.MediaType));
        }
        await running.ProjectedAsync();
        using var nothing = await running.GetAsync($"inventory/{sku}");
        Assert.Equal(404, (int)nothing.StatusCode);
    }

    [Fact]
    public async Task Who_replays_and_who_discards_at_one_moment_get_one_answer_between_them()
    {
        foreach (var round in Enumerable.Range(0, 5))
        {
            var sku = Own($"race{round}");
            var path = PathOf(await running.Partner.PostAsync(Bad(sku)));
            var answers = await Task.WhenAll(
                DecideAsync(path, "replay", body: Corrected(sku, 3)),
                DecideAsync(path, "discard", body: Note),
                DecideAsync(path, "replay", body: Corrected(sku, 5))
            );
            Assert.Single(answers, static a => a.IsSuccessStatusCode);
            Assert.Equal(2, answers.Count(static a => (int)a.StatusCode == 409));
            await running.ProjectedAsync();
            using var figure = await running.GetAsync($"inventory/{sku}");
            Assert.Equal(answers[1].IsSuccessStatusCode, (int)figure.StatusCode == 404);
            foreach (var answer in answers)
                answer.Dispose();
        }
    }

    [Fact]
    public async Task Nobody_decides_without_the_role()
    {
        var path = PathOf(await running.Partner.PostAsync(Bad(Own("nobody"))));
        foreach (var verb in new[] { "replay", "discard" })
        {
            using var refused = await DecideAsync(path, verb, by: RunningApp.Reader);
            await Problem.IsAsync(refused, 403, "role-needed", null);
        }
    }

    [Fact]
    public async Task Nobody_replays_without_a_key()
    {
        var sku = Own("nameless");
        var path = PathOf(await running.Partner.PostAsync(Bad(sku)));
        using var response = await DecideAsync(path, "replay", by: null, body: Corrected(sku, 3));
        await Problem.IsAsync(response, 401, "no-key", "Authorization");
    }

    [Fact]
    public async Task A_record_is_replayed_once()
    {
        var sku = Own("once");
        var path = PathOf(await running.Partner.PostAsync(Bad(sku)));
        (await DecideAsync(path, "replay", body: Corrected(sku, 3))).Dispose();
        using var again = await DecideAsync(path, "replay", body: Corrected(sku, 4));
        await Problem.IsAsync(again, 409, "record-settled", null);
    }

    [Fact]
    public async Task A_replay_that_is_still_wrong_is_answered_422_and_waits_on()
    {
        var sku = Own("still-wrong");
        var path = PathOf(await running.Partner.PostAsync(Bad(sku)));
        using (var wrong = await DecideAsync(path, "replay"))
            Assert.Equal(422, (int)wrong.StatusCode);
        using var right = await DecideAsync(path, "replay", body: Corrected(sku, 4));
        Assert.Equal(202, (int)right.StatusCode);
    }

    [Fact]
    public async Task A_discarded_record_is_decided_and_is_not_replayed_any_more()
    {
        var path = PathOf(await running.Partner.PostAsync(Bad(Own("discarded"))));
        using (var discarded = await DecideAsync(path, "discard", body: Note))
            Assert.Equal(204, (int)discarded.StatusCode);
        var decisions = await running.ReadAsync("decisions/" + Uri.EscapeDataString(path.Replace('/', ' ')));
        Assert.Equal("discarded", Assert.Single(decisions.GetProperty("records").EnumerateArray()).GetProperty("decision").GetString());
        using var replay = await DecideAsync(path, "replay", body: Events.Counted("discarded", 3));
        await Problem.IsAsync(replay, 409, "record-settled", null);
    }

    [Fact]
    public async Task A_discarded_record_is_opened_again_with_a_reason_and_can_be_corrected()
    {
        var sku = Own("reopened");
        var path = PathOf(await running.Partner.PostAsync(Bad(sku)));
        using (var early = await DecideAsync(path, "reopen", body: Note))
            await Problem.IsAsync(early, 409, "record-not-discarded", "id");
        (await DecideAsync(path, "discard", body: Note)).Dispose();
        using (var silent = await DecideAsync(path, "reopen", body: "{}"u8.ToArray()))
            await Problem.IsAsync(silent, 400, "note-missing", "note");
        using (var reopened = await DecideAsync(path, "reopen", body: Note))
            Assert.Equal(204, (int)reopened.StatusCode);
        using (var wrong = await DecideAsync(path, "replay"))
            Assert.Equal(422, (int)wrong.StatusCode);
        using (var right = await DecideAsync(path, "replay", body: Corrected(sku, 4)))
            Assert.Equal(202, (int)right.StatusCode);

        var details = await running.ReadAsync($"{path}/details");
        Assert.Equal("replayed", details.GetProperty("record").GetProperty("state").GetString());
        Assert.Equal(
            ["discarded", "reopened", "replay refused", "replayed corrected"],
            details.GetProperty("decisions").EnumerateArray().Select(static d => d.GetProperty("decision").GetString())
        );
        var chain = await running.ReadAsync("decisions/" + Uri.EscapeDataString(path.Replace('/', ' ')));
        Assert.True(chain.GetProperty("chainIsWhole").GetBoolean());
    }

    [Fact]
    public async Task What_is_at_stake_is_looked_for_within_one_currency()
    {
        var sku = Own("at-stake");
        var odd = Events.Of(
            "competitor.price-observed",
            new
            {
                sku,
                competitor = "",
                price = 4321.5,
                currency = "CHF",
            }
        );
        var id = PathOf(await running.Partner.PostAsync(odd)).Split('/')[^1];
        var list = $"quarantine?channel={AppSettings.Channel}&state=waiting&sort=exposure";
        var found = (await running.ReadAsync($"{list}&minMoney=4000&currency=CHF")).GetProperty("records");
        Assert.Equal(id, Assert.Single(found.EnumerateArray()).GetProperty("id").GetString());
        Assert.Equal(0, (await running.ReadAsync($"{list}&minMoney=5000&currency=CHF")).GetProperty("records").GetArrayLength());
        using var without = await running.GetAsync($"{list}&minMoney=4000");
        await Problem.IsAsync(without, 400, "unfit-query", "currency");
    }

    [Fact]
    public async Task What_is_no_text_comes_back_byte_for_byte_and_not_as_a_page()
    {
        byte[] body = [0xFF, 0xFE, 0x00, 0x3C, 0x80];
        using var response = await running.Partner.SendAsync(body);
        var path = PathOf(await response.Content.ReadFromJsonAsync<JsonElement>());
        using var bytes = await running.GetAsync(path);
        Assert.Equal(body, await bytes.Content.ReadAsByteArrayAsync());
        Assert.Equal("application/octet-stream", bytes.Content.Headers.ContentType?.MediaType);
        Assert.Equal("nosniff", Assert.Single(bytes.Headers.GetValues("X-Content-Type-Options")));
    }

    [Fact]
    public async Task A_record_is_let_go_only_with_a_reason()
    {
        var path = PathOf(await running.Partner.PostAsync(Bad(Own("no-reason"))));
        using var refused = await DecideAsync(path, "discard", body: """{"note":" "}"""u8.ToArray());
        await Problem.IsAsync(refused, 400, "note-missing", "note");
    }

    [Fact]
    public async Task Its_details_say_how_it_came_in_without_its_signature()
    {
        var sku = Own("details");
        var path = PathOf(await running.Partner.PostAsync(Bad(sku)));
        var details = await running.ReadAsync($"{path}/details");
        var (record, headers) = (details.GetProperty("record"), details.GetProperty("headers"));
        Assert.Equal(("Invalid", "data.quantity"), (record.GetProperty("code").GetString(), record.GetProperty("field").GetString()));
        Assert.Equal("(withheld)", headers.GetProperty("webhook-signature").GetString());
        Assert.StartsWith("application/", headers.GetProperty("Content-Type").GetString(), StringComparison.Ordinal);
        var delivery = await running.ReadAsync(
            $"channels/{AppSettings.Channel}/deliveries/{details.GetProperty("deliveryId").GetString()}"
        );
        Assert.Contains(path.Split('/')[^1], delivery.ToString(), StringComparison.Ordinal);

        var totals = (await running.ReadAsync($"quarantine/summary?channel={AppSettings.Channel}")).GetProperty("totals");
        Assert.Contains(totals.EnumerateArray(), static t => t.GetProperty("code").GetString() == "Invalid");
        var oldest = await running.ReadAsync($"quarantine?channel={AppSettings.Channel}&state=waiting&code=Invalid&sort=oldest");
        var times = oldest.GetProperty("records").EnumerateArray().Select(static r => r.GetProperty("receivedAt").GetDateTimeOffset());
        Assert.Equal(times.Order(), times);
    }

    [Fact]
    public async Task A_record_that_is_not_there_is_not_found()
    {
        using var response = await running.GetAsync($"quarantine/{AppSettings.Channel}/0000");
        await Problem.IsAsync(response, 404, "unknown-record", "id");
    }
}
