using System.Text;
using System.Text.Json;
using Azure.Data.Tables;
using Microsoft.AspNetCore.Http;
using Stockgate.Platform;
using Stockgate.Platform.Ingest.Accepting;
using Stockgate.Platform.Ingest.Registry;
using Stockgate.Platform.Ingest.Signing;
using Stockgate.Platform.Operations;
using Stockgate.Platform.Signatures;
using Stockgate.Platform.Storage;

namespace Stockgate.Functions.Tests.Ingest;

public class ChannelRegistryTests(AzuriteFixture fixture) : IngestOnAzurite(fixture)
{
    private const string Body =
        """{"specversion":"1.0","id":"e1","source":"erp","type":"stockgate.stock.counted.v1","time":"2026-03-01T07:00:00Z","data":{"sku":"A","location":"L1","quantity":5}}""";

    private readonly FakeTime time = new();

    internal override TimeProvider Time => time;

    internal override IEnumerable<(string Key, string Value)> MoreSettings =>
        [
            ("Access:SecretsKey", Convert.ToBase64String(new byte[32])),
            ("ChannelSecret_erp", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
            ("Elsewhere", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
        ];

    private ChannelDesk Desk => Get<ChannelDesk>();

    private static ChannelOptions Setup(ChannelScheme scheme = ChannelScheme.StandardWebhooks) =>
        new() { Scheme = scheme, Format = ChannelFormat.Canonical };

    private Task<ChannelView> PutAsync(string name, ChannelOptions? setup = null) =>
        Desk.PutAsync(name, setup ?? Setup(), "Ida", CancellationToken.None);

    private Task<AddedSecret> AddAsync(string name, NewSecret? secret = null) =>
        Get<ChannelSecretDesk>().AddAsync(name, secret ?? new NewSecret(), "Ida", CancellationToken.None);

    private static async Task RefusedAsync(string slug, Func<Task> ask) =>
        Assert.Equal(slug, (await Assert.ThrowsAsync<ProblemException>(ask)).Slug);

    private Task<DeliveryReceipt> PostAsync(string channel, string secret)
    {
        var bytes = Encoding.UTF8.GetBytes(Body);
        var request = new DefaultHttpContext().Request;
        (request.Method, request.ContentType, request.Body) = ("POST", "application/json", new MemoryStream(bytes));
        request.ContentLength = bytes.Length;
        request.Headers["webhook-id"] = "msg_1";
        request.Headers["webhook-timestamp"] = $"{time.GetUtcNow().ToUnixTimeSeconds()}";
        request.Headers["webhook-signature"] = StandardWebhooksSignature.Sign(
            StandardWebhooksSignature.ParseSecret(secret),
            "msg_1",
            time.GetUtcNow(),
            bytes
        );
        return Get<Intake>().AcceptAsync(channel, request, CancellationToken.None);
    }

    [Fact]
    public async Task A_channel_reads_the_vendors_api_with_the_token_of_a_setting_that_may_be_referred_to()
    {
        ChannelOptions Shop(string? setting) =>
            new()
            {
                Scheme = ChannelScheme.StandardWebhooks,
                Format = ChannelFormat.BigCommerce,
                Currency = "EUR",
                ApiUrl = "https://api.example.com/stores/1",
                ApiTokenSetting = setting,
            };
        await RefusedAsync("unfit-channel", () => PutAsync("bc", Shop("Elsewhere")));
        await RefusedAsync("unfit-channel", () => PutAsync("bc", Shop(null)));
        await PutAsync("bc", Shop("ChannelSecret_erp"));
        await AddAsync("bc");
        var channel = (await Get<ChannelRegistry>().FindAsync("bc", CancellationToken.None))!.Channel!;
        Assert.Equal("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", channel.Api!.Token);
        Assert.DoesNotContain(
            "whsec_",
            JsonSerializer.Serialize(await Desk.GetAsync("bc", CancellationToken.None)),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_channel_without_a_secret_accepts_nothing_and_with_one_it_works()
    {
        await PutAsync("works");
        await RefusedAsync("signature-wrong", () => PostAsync("works", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
        var secret = (await AddAsync("works")).Secret!;
        Assert.Equal(1, (await PostAsync("WORKS", secret)).Accepted);
    }

    [Fact]
    public async Task Two_secrets_are_live_while_one_is_changed_and_a_deleted_one_is_not()
    {
        await PutAsync("changed");
        var (old, next) = (await AddAsync("changed"), await AddAsync("changed"));
        await RefusedAsync("two-secrets", () => AddAsync("changed"));
        await PostAsync("changed", old.Secret!);
        await PostAsync("changed", next.Secret!);
        await Get<ChannelSecretDesk>().DeleteAsync("changed", old.Id, "Ida", CancellationToken.None);
        await RefusedAsync("signature-wrong", () => PostAsync("changed", old.Secret!));
        await PostAsync("changed", next.Secret!);
        await RefusedAsync("unknown-secret", () => Get<ChannelSecretDesk>().DeleteAsync("changed", old.Id, "Ida", CancellationToken.None));
    }

    [Fact]
    public async Task A_secret_is_shown_once_and_stored_encrypted()
    {
        await PutAsync("sealed");
        var secret = (await AddAsync("sealed")).Secret!;
        var shown = JsonSerializer.Serialize(await Desk.ListAsync(CancellationToken.None));
        Assert.DoesNotContain(secret[6..], shown, StringComparison.Ordinal);
        await foreach (var row in Get<StateTables>().Channels.QueryAsync<TableEntity>())
            Assert.DoesNotContain(secret[6..], string.Join(' ', row.Keys.Select(key => row[key])), StringComparison.Ordinal);
        var decisions = await Get<DecisionLog>().ReadAsync("channel sealed", CancellationToken.None);
        Assert.Equal(["created", "added secret"], decisions.Select(static d => string.Join(' ', d.Decision.Split(' ').Take(2))));
        Assert.DoesNotContain(secret[6..], JsonSerializer.Serialize(decisions), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_may_be_a_reference_to_a_setting_that_is_meant_for_it()
    {
        await PutAsync("referred");
        Assert.Null((await AddAsync("referred", new NewSecret(Setting: "ChannelSecret_erp"))).Secret);
        Assert.Equal(1, (await PostAsync("referred", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")).Accepted);
        await RefusedAsync("unfit-channel", () => AddAsync("referred", new NewSecret(Setting: "Elsewhere")));
        await RefusedAsync("unfit-channel", () => AddAsync("referred", new NewSecret(Setting: "ChannelSecret_none")));
    }

    [Fact]
    public async Task A_mapping_is_kept_as_it_was_put_and_one_with_a_mistake_is_refused_by_its_place()
    {
        const string mapping =
            """{"events":[{"type":"stockgate.stock.counted.v1","id":"$.id","time":"$.at","data":{"sku":"$.sku","location":"L1","quantity":"$.n"}}]}""";
        var asked = JsonSerializer.Deserialize<ChannelOptions>(
            $$"""{"scheme":"Basic","user":"till","format":"Mapping","mapping":{{mapping}}}""",
            JsonSerializerOptions.Web
        )!;
        await PutAsync("mapped", asked);
        var shown = JsonSerializer.SerializeToElement(
            (await Desk.GetAsync("mapped", CancellationToken.None)).Setup,
            JsonSerializerOptions.Web
        );
        Assert.Equal(mapping, shown.GetProperty("mapping").GetRawText());
        asked.Mapping = mapping.Replace("\"$.id\"", "\"$id\"", StringComparison.Ordinal);
        var refused = await Assert.ThrowsAsync<ProblemException>(() => PutAsync("mapped", asked));
        Assert.Equal("unfit-channel", refused.Slug);
        Assert.Contains("mapping at events[0].id", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_channel_of_the_settings_wins_and_is_read_only()
    {
        await RefusedAsync("channel-of-settings", () => PutAsync("Shop"));
        await RefusedAsync("channel-of-settings", () => AddAsync("shop"));
        var shop = await Desk.GetAsync("shop", CancellationToken.None);
        Assert.True(shop.ReadOnly);
        Assert.Equal("Channels__shop__Secrets__0", Assert.Single(shop.Secrets).Setting);
    }

    [Fact]
    public async Task A_row_that_can_not_be_read_hurts_that_channel_alone()
    {
        await PutAsync("whole");
        var secret = (await AddAsync("whole")).Secret!;
        await PutAsync("broken");
        var row = (await Get<StateTables>().Channels.GetEntityAsync<TableEntity>("channel", "BROKEN")).Value;
        row["Document"] = """{"name":"broken","setup":{"scheme":"Fax"}""";
        await Get<StateTables>().Channels.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace);
        Get<ChannelRegistry>().Forget();
        await RefusedAsync("channel-misconfigured", () => PostAsync("broken", secret));
        Assert.Equal(1, (await PostAsync("whole", secret)).Accepted);
        Assert.NotEmpty((await Desk.GetAsync("broken", CancellationToken.None)).Mistakes);
        await PutAsync("broken");
        await RefusedAsync("signature-wrong", () => PostAsync("broken", secret));
    }

    [Fact]
    public async Task A_change_elsewhere_holds_here_after_ten_seconds()
    {
        await PutAsync("slow");
        var secret = (await AddAsync("slow")).Secret!;
        await PostAsync("slow", secret);
        var store = Get<ChannelStore>();
        var before = (await store.FindAsync("slow", CancellationToken.None))!;
        Assert.True(await store.TryWriteAsync(before.Document! with { Secrets = [] }, before, CancellationToken.None));
        Assert.False(await store.TryWriteAsync(before.Document!, before, CancellationToken.None));
        await PostAsync("slow", secret);
        time.Advance(TimeSpan.FromSeconds(10));
        await RefusedAsync("signature-wrong", () => PostAsync("slow", secret));
    }

    [Fact]
    public async Task A_disabled_channel_takes_nothing_and_its_requests_are_limited_per_minute()
    {
        var setup = Setup();
        setup.RequestsPerMinute = 1;
        await PutAsync("limited", setup);
        var secret = (await AddAsync("limited")).Secret!;
        await PostAsync("limited", secret);
        await RefusedAsync("too-many-requests", () => PostAsync("limited", secret));
        setup.Enabled = false;
        await PutAsync("limited", setup);
        await RefusedAsync("channel-disabled", () => PostAsync("limited", secret));
    }

    public static TheoryData<string, string> Unfit =>
        new()
        {
            { "x\n", """{"scheme":"Stripe","format":"Canonical"}""" },
            { "bad name!", """{"scheme":"Stripe","format":"Canonical"}""" },
            { "x", """{"scheme":"Stripe"}""" },
            { "x", """{"scheme":"Square","format":"Canonical"}""" },
            { "x", """{"scheme":"Shopify"}""" },
            { "x", """{"scheme":"Shopify","currency":"Pounds"}""" },
            { "x", """{"scheme":"Hmac","format":"Canonical","hmac":null}""" },
            { "x", """{"scheme":"StandardWebhooks","requestsPerMinute":0}""" },
            { "x", """{"scheme":"StandardWebhooks","cadence":"00:00:00"}""" },
            { "x", """{"scheme":"Shopify","currency":"GBP","locations":{"1":""}}""" },
        };

    [Theory, MemberData(nameof(Unfit))]
    public async Task A_setup_with_a_mistake_is_refused(string name, string setup)
    {
        var options = JsonSerializer.Deserialize<ChannelOptions>(setup, JsonSerializerOptions.Web)!;
        await RefusedAsync("unfit-channel", () => PutAsync(name, options));
    }

    [Fact]
    public async Task A_scheme_is_not_changed_while_secrets_of_another_are_there()
    {
        await PutAsync("moved");
        var added = await AddAsync("moved");
        await RefusedAsync("channel-secrets", () => PutAsync("moved", Setup(ChannelScheme.Stripe)));
        await Get<ChannelSecretDesk>().DeleteAsync("moved", added.Id, "Ida", CancellationToken.None);
        await PutAsync("moved", Setup(ChannelScheme.Stripe));
    }

    [Theory]
    [InlineData("short")]
    [InlineData("not-a-signing-secret")]
    public async Task A_secret_that_the_scheme_can_not_use_is_refused(string secret)
    {
        await PutAsync("secretive");
        await RefusedAsync("unfit-channel", () => AddAsync("secretive", new NewSecret(secret)));
    }

    [Fact]
    public async Task Nobody_is_told_more_of_an_unknown_channel_by_a_ping()
    {
        var handshakes = Get<Handshakes>();
        var request = new DefaultHttpContext().Request;
        request.ContentType = "application/x-www-form-urlencoded";
        await RefusedAsync("unknown-channel", () => handshakes.OfPostAsync("nobody", request, CancellationToken.None));
        await RefusedAsync("unknown-channel", () => handshakes.OfGetAsync("nobody", request, CancellationToken.None));
        await RefusedAsync("unknown-channel", () => handshakes.OfOptionsAsync("nobody", request, CancellationToken.None));
        await RefusedAsync("unknown-channel", () => Desk.GetAsync("nobody", CancellationToken.None));
    }
}
