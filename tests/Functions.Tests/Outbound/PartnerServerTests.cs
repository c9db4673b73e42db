using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Stockgate.Demo.Local;
using Stockgate.Demo.Partners;
using Stockgate.Domain;
using Stockgate.Domain.Events;
using Stockgate.Domain.Ingest;
using Stockgate.Domain.Promotions;
using Stockgate.Domain.Promotions.Gates;
using Stockgate.Domain.Promotions.Launch;
using Stockgate.Functions.Tests.Settings;
using Stockgate.Platform.Ingest.Registry;
using Stockgate.Platform.Outbound;
using Stockgate.Platform.Signatures;

namespace Stockgate.Functions.Tests.Outbound;

public sealed class PartnerServerTests : IAsyncLifetime
{
    private static readonly Currency Gbp = Currency.Parse("GBP");
    private static readonly Sku Mug = new("MUG"),
        Cup = new("CUP");
    private static readonly RegionId North = new("north");
    private static readonly PromotionId Summer = new("summer");

    private readonly PartnerSettings settings = new();
    private readonly ShiftedTime time = new();
    private readonly OutboundHttp http = new(allowPrivate: true, Dns.GetHostAddressesAsync);
    private readonly List<(string Channel, ReadRecord Record)> posted = [];
    private readonly Dictionary<string, string> environment = [];
    private PartnerServer partners = null!;
    private ChannelClient client = null!;
    private int refusals;

    public async Task InitializeAsync()
    {
        partners = await PartnerServer.StartAsync(settings, time: time);
        settings.AddTo(environment, partners.Address);
        client = new ChannelClient(
            http,
            (_, _, _, _) => Task.CompletedTask,
            (_, _, _) => Task.CompletedTask,
            new SendLimits
            {
                Pause = TimeSpan.FromMilliseconds(5),
                LongestPause = TimeSpan.FromMilliseconds(20),
                BreakerAttempts = 1_000,
            },
            TimeProvider.System
        );
        partners.Seed(Mug, Pounds(10));
        partners.Seed(Cup, Pounds(5));
        partners.Seed(Cup, Pounds(6), North);
    }

    public async Task DisposeAsync()
    {
        await partners.DisposeAsync();
        client.Dispose();
        http.Dispose();
    }

    private static Money Pounds(decimal amount) => new(amount, Gbp);

    private OutboundChannel Channel(string name) =>
        StubChannel
            .Settings([.. environment.Select(static e => (e.Key.Replace("__", ":", StringComparison.Ordinal), (string?)e.Value))])
            .Find(new SalesChannelId(name))!;

    /// <summary>The app's ingest endpoint, as far as a partner sees it.</summary>
    private Task<StubChannel> IngestAsync() =>
        StubChannel.StartAsync(async answer =>
        {
            // Away for the first few.
            if (Interlocked.Decrement(ref refusals) >= 0)
            {
                answer.Response.StatusCode = 503;
                return;
            }
            answer.Response.StatusCode = 202;
            await answer.Response.WriteAsJsonAsync(new { accepted = 1, quarantined = 0 });
        });

    private void Take(StubChannel ingest)
    {
        posted.Clear();
        foreach (var seen in ingest.Requests)
        {
            var name = seen.Path.Split('/')[4];
            var channels = App.Made<Channels>(
                environment.Select(static e => (e.Key.Replace("__", ":", StringComparison.Ordinal), (string?)e.Value))
            );
            Assert.Equal(
                SignatureVerdict.Valid,
                StandardWebhooksSignature.Verify(
                    channels.OfSettings.Single(c => c.Name == name).Channel!.Secrets,
                    seen.Headers["webhook-id"],
                    seen.Headers["webhook-timestamp"],
                    seen.Headers["webhook-signature"],
                    seen.Body,
                    TimeProvider.System.GetUtcNow()
                )
            );
            posted.Add((name, CloudEventReader.Read(seen.Body, new ChannelId(name), TimeProvider.System.GetUtcNow())));
        }
        Assert.All(posted, static p => Assert.Null(p.Record.Rejection));
    }

    private static LaunchPlan Plan(int revision = 1, decimal mug = 8, bool cup = true) =>
        new()
        {
            Promotion = Summer,
            Revision = revision,
            Name = "Summer",
            Discount = new PercentOff(20),
            Currency = Gbp,
            CapturedAt = DateTimeOffset.UnixEpoch,
            ActivateAt = DateTimeOffset.UnixEpoch,
            EndsAt = DateTimeOffset.UnixEpoch.AddDays(1),
            Channels =
            [
                .. new[] { "pos", "oms" }.Select(c => new ChannelPlan(
                    new SalesChannelId(c),
                    [new(Mug, null, Pounds(10), Pounds(mug)), .. cup ? new ItemPrice[] { new(Cup, North, Pounds(6), Pounds(4)) } : []],
                    [new PromotionRegion { Region = North }]
                )),
            ],
        };

    private Task<Delivery> SendAsync(LaunchStep step, int revision = 1, string channel = "pos", decimal mug = 8, bool cup = true)
    {
        var message = ChannelMessage.Of(Plan(revision, mug, cup), new SalesChannelId(channel), step)!;
        return client.SendAsync(
            Channel(channel),
            message.Id,
            JsonSerializer.SerializeToUtf8Bytes(message, PromotionsJson.Default.ChannelMessage),
            CancellationToken.None
        );
    }

    private async Task AcceptedAsync(params LaunchStep[] steps)
    {
        foreach (var step in steps)
            Assert.Equal(DeliveryOutcome.Accepted, (await SendAsync(step)).Outcome);
    }

    private (decimal Mug, decimal Cup, decimal CupNorth) Prices(string channel = "pos") =>
        (
            partners.PriceOf(channel, Mug)!.Value.Amount,
            partners.PriceOf(channel, Cup)!.Value.Amount,
            partners.PriceOf(channel, Cup, North)!.Value.Amount
        );

    [Fact]
    public async Task Prices_are_held_then_shown_then_put_back()
    {
        await AcceptedAsync(LaunchStep.Prepare);
        Assert.Equal((10, 5, 6), Prices());
        await AcceptedAsync(LaunchStep.Activate);
        Assert.Equal((8, 5, 4), Prices());
        Assert.Equal(
            (8m, 1, 0),
            (
                partners.PriceOf("pos", Mug, North)!.Value.Amount,
                partners.ActivationsOf(Summer, "pos"),
                partners.ActivationsOf(Summer, "oms")
            )
        );
        await AcceptedAsync(LaunchStep.Revert);
        Assert.Equal((10, 5, 6), Prices());
        Assert.Null(partners.Books("pos").ActiveRevisionOf(Summer));
        Assert.Null(partners.PriceOf("pos", new Sku("none")));
    }

    [Fact]
    public async Task What_comes_again_changes_nothing()
    {
        await AcceptedAsync(
            LaunchStep.Prepare,
            LaunchStep.Activate,
            LaunchStep.Revert,
            LaunchStep.Activate,
            LaunchStep.Prepare,
            LaunchStep.Activate
        );
        Assert.Equal((10, 5, 6), Prices());
        Assert.Equal(1, partners.ActivationsOf(Summer, "pos"));
        Assert.Equal(
            [("summer.1.pos.prepare", 2), ("summer.1.pos.activate", 3), ("summer.1.pos.revert", 1)],
            partners.Messages.Select(static m => (m.WebhookId, m.Times))
        );
    }

    [Fact]
    public async Task A_lower_revision_than_one_that_was_seen_is_passed_over()
    {
        await SendAsync(LaunchStep.Prepare, revision: 2, mug: 7);
        await SendAsync(LaunchStep.Prepare, revision: 1);
        await SendAsync(LaunchStep.Activate, revision: 1);
        Assert.Equal((10, 5, 6), Prices());
        await SendAsync(LaunchStep.Activate, revision: 2, mug: 7);
        Assert.Equal((7, 5, 4), Prices());
        // What takes an older revision back comes late: the newer one stays.
        await SendAsync(LaunchStep.Revert, revision: 1);
        Assert.Equal((7, 5, 4), Prices());
        Assert.Contains("revision 2", partners.Books("pos").Find(Summer, 1, LaunchStep.Activate)!.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(LaunchStep.Activate, 7, 6)]
    [InlineData(LaunchStep.Revert, 10, 6)]
    public async Task What_a_newer_revision_leaves_out_goes_back_too(LaunchStep step, decimal mug, decimal cupNorth)
    {
        await AcceptedAsync(LaunchStep.Prepare, LaunchStep.Activate);
        await SendAsync(LaunchStep.Prepare, revision: 2, mug: 7, cup: false);
        Assert.Equal((8, 5, 4), Prices());
        await SendAsync(step, revision: 2, mug: 7, cup: false);
        Assert.Equal((mug, 5, cupNorth), Prices());
    }

    [Fact]
    public async Task What_was_taken_back_before_it_came_stays_away()
    {
        await AcceptedAsync(LaunchStep.Revert, LaunchStep.Prepare, LaunchStep.Activate);
        Assert.Equal((10, 5, 6), Prices());
        Assert.Equal(0, partners.ActivationsOf(Summer, "pos"));
    }

    [Fact]
    public async Task Who_does_not_hold_the_secret_is_not_heard()
    {
        var stranger = Channel("pos") with { Secrets = [new byte[32]] };
        Assert.Equal(
            (DeliveryOutcome.Refused, (int?)401),
            (await client.SendAsync(stranger, "m", "{}"u8.ToArray(), CancellationToken.None)) is var d ? (d.Outcome, d.Status) : default
        );
        Assert.Equal(
            PollOutcome.Unreachable,
            (
                await client.PollAsync(
                    Channel("oms") with
                    {
                        Secrets = [new byte[32]],
                    },
                    Summer,
                    1,
                    LaunchStep.Prepare,
                    CancellationToken.None
                )
            ).Outcome
        );
        Assert.Equal(
            DeliveryOutcome.Refused,
            (await client.SendAsync(Channel("pos"), "m", "{}"u8.ToArray(), CancellationToken.None)).Outcome
        );
        Assert.Empty(partners.Messages);
    }

    [Fact]
    public async Task A_step_is_confirmed_by_an_event_that_the_app_can_read()
    {
        await AcceptedAsync(LaunchStep.Prepare);
        refusals = 3;
        await using var ingest = await IngestAsync();
        partners.App = new Uri(ingest.Url, "/");
        await StubChannel.UntilAsync(() => partners.Posted.Count == 1, "the app took the answer");
        Take(ingest);
        // Three times away, then there: the same event each time.
        Assert.Equal((4, 1), (posted.Count, posted.Select(static p => p.Record.Id).Distinct().Count()));
        var answer = Assert.IsType<ChannelAnswered>(posted[0].Record.Data);
        Assert.Equal(
            (Summer, new SalesChannelId("pos"), 1, LaunchStep.Prepare, StepAnswer.Confirmed, null),
            (answer.Promotion, answer.Channel, answer.Revision, answer.Step, answer.Answer, answer.Detail)
        );
    }

    [Fact]
    public async Task A_message_that_comes_again_is_answered_again_in_the_same_words()
    {
        await using var ingest = await IngestAsync();
        partners.App = new Uri(ingest.Url, "/");
        partners.Faults("pos").CallBackTwice = true;
        await AcceptedAsync(LaunchStep.Prepare, LaunchStep.Prepare);
        await StubChannel.UntilAsync(() => partners.Posted.Count == 4, "the app took the answer four times");
        Assert.Single(ingest.Requests.Select(static r => Convert.ToHexString(r.Body)).Distinct());
    }

    [Fact]
    public async Task Answers_can_be_made_to_come_out_of_order()
    {
        await using var ingest = await IngestAsync();
        partners.App = new Uri(ingest.Url, "/");
        partners.Faults("pos").CallBackOutOfOrder = true;
        await AcceptedAsync(LaunchStep.Prepare, LaunchStep.Activate);
        await StubChannel.UntilAsync(() => partners.Posted.Count == 2, "the app took both answers");
        Take(ingest);
        Assert.Equal([LaunchStep.Activate, LaunchStep.Prepare], posted.Select(static p => ((ChannelAnswered)p.Record.Data!).Step));
    }

    [Fact]
    public async Task A_refusal_is_said_and_nothing_is_changed()
    {
        partners.Faults("oms", Summer).Activate.Refuse = "price list locked";
        Assert.Equal(DeliveryOutcome.Accepted, (await SendAsync(LaunchStep.Prepare, channel: "oms")).Outcome);
        Assert.Equal(DeliveryOutcome.Accepted, (await SendAsync(LaunchStep.Activate, channel: "oms")).Outcome);
        Assert.Equal((10, 5, 6), Prices("oms"));
        Assert.Equal(
            new Polled(PollOutcome.Confirmed, null),
            await client.PollAsync(Channel("oms"), Summer, 1, LaunchStep.Prepare, CancellationToken.None)
        );
        Assert.Equal(
            new Polled(PollOutcome.Refused, "price list locked"),
            await client.PollAsync(Channel("oms"), Summer, 1, LaunchStep.Activate, CancellationToken.None)
        );
        Assert.Equal(
            PollOutcome.Unknown,
            (await client.PollAsync(Channel("oms"), Summer, 1, LaunchStep.Revert, CancellationToken.None)).Outcome
        );
        Assert.Equal(
            PollOutcome.Unknown,
            (await client.PollAsync(Channel("oms"), new PromotionId("a/b c"), 1, LaunchStep.Revert, CancellationToken.None)).Outcome
        );
    }

    [Fact]
    public async Task What_is_never_confirmed_is_done_and_stays_open()
    {
        await using var ingest = await IngestAsync();
        partners.App = new Uri(ingest.Url, "/");
        (partners.Faults("pos").Prepare.NeverConfirm, partners.Faults("oms").Prepare.NeverConfirm) = (true, true);
        await SendAsync(LaunchStep.Prepare, channel: "oms");
        await AcceptedAsync(LaunchStep.Prepare, LaunchStep.Activate);
        await StubChannel.UntilAsync(() => partners.Posted.Count == 1, "the app took the answer to activate");
        Assert.Equal((8, 5, 4), Prices());
        Assert.Equal(
            PollOutcome.Working,
            (await client.PollAsync(Channel("oms"), Summer, 1, LaunchStep.Prepare, CancellationToken.None)).Outcome
        );
        Take(ingest);
        Assert.Equal(LaunchStep.Activate, ((ChannelAnswered)Assert.Single(posted).Record.Data!).Step);
    }

    [Fact]
    public async Task Failures_are_counted_down_and_then_it_works()
    {
        partners.Faults("pos").Activate.Failures = 2;
        await AcceptedAsync(LaunchStep.Prepare, LaunchStep.Activate);
        Assert.Equal((8, 5, 4), Prices());
        Assert.Equal(
            (3, 1, 0),
            (
                partners.Books("pos").Find(Summer, 1, LaunchStep.Activate)!.Times,
                partners.ActivationsOf(Summer, "pos"),
                partners.Faults("pos").Activate.Failures
            )
        );
        (partners.Faults("pos").Revert.Failures, partners.Faults("pos").Revert.Status) = (int.MaxValue, 500);
        Assert.Equal(
            (DeliveryOutcome.Unreachable, (int?)500),
            (await SendAsync(LaunchStep.Revert)) is var d ? (d.Outcome, d.Status) : default
        );
        Assert.Equal((8, 5, 4), Prices());
        partners.Faults("pos").Revert.TakenAllTheSame = true;
        Assert.Equal(DeliveryOutcome.Unreachable, (await SendAsync(LaunchStep.Revert)).Outcome);
        Assert.Equal((10, 5, 6), Prices());
    }

    [Theory]
    [InlineData(PartnerOutage.Cut, null)]
    [InlineData(PartnerOutage.Unavailable, 503)]
    public async Task A_channel_can_be_away_and_come_back_while_others_are_there(PartnerOutage outage, int? status)
    {
        partners.Faults("pos").Outage = outage;
        Assert.Equal(
            (DeliveryOutcome.Unreachable, status),
            (await SendAsync(LaunchStep.Prepare)) is var d ? (d.Outcome, d.Status) : default
        );
        Assert.Equal(DeliveryOutcome.Accepted, (await SendAsync(LaunchStep.Prepare, channel: "oms")).Outcome);
        Assert.DoesNotContain(partners.Messages, static m => m.Channel == "pos");
        partners.Faults("pos").Outage = PartnerOutage.None;
        await AcceptedAsync(LaunchStep.Prepare);
    }

    [Fact]
    public async Task A_confirmation_can_take_its_time()
    {
        partners.Faults("oms").Prepare.ConfirmAfter = TimeSpan.FromMinutes(2);
        await SendAsync(LaunchStep.Prepare, channel: "oms");
        Assert.Equal(
            PollOutcome.Working,
            (await client.PollAsync(Channel("oms"), Summer, 1, LaunchStep.Prepare, CancellationToken.None)).Outcome
        );
        time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(
            PollOutcome.Confirmed,
            (await client.PollAsync(Channel("oms"), Summer, 1, LaunchStep.Prepare, CancellationToken.None)).Outcome
        );
    }

    [Fact]
    public async Task A_channel_says_that_it_is_ready_and_may_change_its_mind()
    {
        await using var ingest = await IngestAsync();
        partners.App = new Uri(ingest.Url, "/");
        await partners.SayReadyAsync("wms", Summer, ChannelAnswer.Preparing, "labour asked for");
        await partners.SayReadyAsync("wms", Summer);
        Take(ingest);
        Assert.Equal(
            [("wms", ChannelAnswer.Preparing, "labour asked for"), ("wms", ChannelAnswer.Ready, null)],
            posted.Select(static p =>
                p.Record.Data as ChannelReadyReported is { } said ? (said.Channel.Value, said.Answer, said.Detail) : default
            )
        );
        Assert.Equal(2, posted.Select(static p => p.Record.Id).Distinct().Count());
    }
}
