using System.Text;

namespace Stockgate.EndToEnd.Tests.Ingest;

[Collection(SharedApp.Name)]
public class RefusedRequestTests(RunningApp running)
{
    private static byte[] Event => Events.Counted("refused", 5);

    private Partner Partner => running.Partner;

    // The problem, and nothing of the request anywhere.
    private async Task RefusedAsync(Func<Task<HttpResponseMessage>> send, int status, string slug, string? field)
    {
        var before = await running.FootprintAsync();
        using (var response = await send())
            await Problem.IsAsync(response, status, slug, field);
        Assert.Equal(before, await running.FootprintAsync());
    }

    [Fact]
    public Task An_unsigned_request_is_refused() =>
        RefusedAsync(() => Partner.SendAsync(Event, signed: false), 401, "signature-missing", "webhook-signature");

    [Fact]
    public Task A_wrong_signature_is_refused() =>
        RefusedAsync(() => Partner.SendAsync(Event, secret: new byte[32]), 401, "signature-wrong", "webhook-signature");

    [Fact]
    public Task An_unsigned_Shopify_delivery_is_refused() =>
        RefusedAsync(() => Partner.SendShopifyAsync("orders/create", Event, null), 401, "signature-missing", "X-Shopify-Hmac-Sha256");

    [Fact]
    public Task A_wrongly_signed_Shopify_delivery_is_refused() =>
        RefusedAsync(() => Partner.SendShopifyAsync("orders/create", Event, "guessed"), 401, "signature-wrong", "X-Shopify-Hmac-Sha256");

    [Theory]
    [InlineData("GET", "promotionz")]
    [InlineData("DELETE", "promotions")]
    public async Task An_address_that_nothing_answers_is_a_problem_and_not_empty(string method, string path)
    {
        using var response = await running.CallAsync(new HttpMethod(method), path, by: null);
        await Problem.IsAsync(response, 404, "unknown-address", null);
    }

    [Theory]
    [InlineData(306)]
    [InlineData(-310)]
    public Task A_timestamp_more_than_five_minutes_off_is_refused(int secondsLate) =>
        RefusedAsync(
            () => Partner.SendAsync(Event, late: TimeSpan.FromSeconds(secondsLate)),
            401,
            "timestamp-expired",
            "webhook-timestamp"
        );

    [Theory]
    [InlineData(285)]
    [InlineData(-295)]
    public async Task A_timestamp_less_than_five_minutes_off_is_taken(int secondsLate)
    {
        using var response = await Partner.SendAsync(Events.Counted("in-the-window", 5), late: TimeSpan.FromSeconds(secondsLate));
        Assert.Equal(202, (int)response.StatusCode);
    }

    [Fact]
    public Task A_channel_that_is_not_set_up_is_not_found() =>
        RefusedAsync(() => Partner.SendAsync(Event, channel: "nobody"), 404, "unknown-channel", "channel");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task A_body_of_more_than_28_mebibytes_is_too_large(bool chunked) =>
        RefusedAsync(
            () =>
                Partner.SendAsync(
                    Encoding.UTF8.GetBytes($"[{Encoding.UTF8.GetString(Event)}{new string(' ', 28 * 1024 * 1024)}]"),
                    chunked: chunked
                ),
            413,
            "body-too-large",
            null
        );

    [Fact]
    public async Task A_chunked_body_of_a_mebibyte_is_taken()
    {
        var record = Encoding.UTF8.GetString(Events.Counted("a-mebibyte", 5));
        using var response = await Partner.SendAsync(
            Encoding.UTF8.GetBytes(record + new string(' ', 1024 * 1024 - Encoding.UTF8.GetByteCount(record))),
            chunked: true
        );
        Assert.Equal(202, (int)response.StatusCode);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData(null)]
    public Task A_body_that_is_not_said_to_be_json_is_refused(string? mediaType) =>
        RefusedAsync(() => Partner.SendAsync(Event, mediaType: mediaType), 415, "media-type", "Content-Type");

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/json; charset=UTF-8")]
    [InlineData("application/cloudevents+json")]
    [InlineData("application/cloudevents-batch+json")]
    public async Task Every_media_type_of_cloud_events_is_taken(string mediaType)
    {
        using var response = await Partner.SendAsync(Events.Counted("media", 5), mediaType: mediaType);
        Assert.Equal(202, (int)response.StatusCode);
    }
}
