using System.Text;
using Microsoft.AspNetCore.Http;
using Stockgate.Domain.Approvals;
using Stockgate.Functions.Operations;
using Stockgate.Platform;
using Stockgate.Platform.Approvals.Links;
using Stockgate.Platform.Mail;
using Stockgate.Platform.Operations;
using Stockgate.TestSupport;

namespace Stockgate.Functions.Tests.Approvals;

public class MailBouncesTests(AzuriteFixture fixture) : LinksOnAzurite(fixture)
{
    private static string Event(string messageId, string status, string type = DeliveryReports.Type) =>
        $$$"""
            {"id":"e-1","source":"/subscriptions/x/resourceGroups/y/providers/microsoft.communication/communicationservices/z","type":"{{{type}}}","specversion":"1.0","time":"2026-03-01T08:00:00Z","subject":"sender/stock@stock.example",
             "data":{"sender":"stock@stock.example","recipient":"mia@example.com","messageId":"00000000-0000-0000-0000-000000000000","internetMessageId":"{{{messageId}}}","status":"{{{status}}}",
             "deliveryStatusDetails":{"statusMessage":"550 no such user"},"deliveryAttemptTimeStamp":"2026-03-01T08:00:00+00:00"} }
            """;

    [Theory]
    [InlineData("Bounced")]
    [InlineData("Suppressed")]
    [InlineData("Failed")]
    public async Task A_mail_that_came_back_makes_room_for_the_next_approver_and_shows_in_operations(string status)
    {
        var record = await OpenAsync(Case("bounce-" + status));
        var sent = Assert.IsType<MailOutcome.Sent>(await Letters.SendAsync(record, new(1, LetterKind.First), default));
        var touched = await TakeAsync($"[{Event($"<{sent.MessageId}>", status)},{Event("<other@elsewhere.example>", "Bounced")}]");
        Assert.Equal([record.Case.Id], touched);
        var after = (await StoredAsync(record)).At(Get<People>().Roster, Time.GetUtcNow());
        Assert.StartsWith($"{status}: 550", after.Record.Find(1)!.FailedBecause, StringComparison.Ordinal);
        Assert.Equal("Tom Łoś", after.Record.Invitations[1].Approver);
        var open = Assert.Single(
            (await Get<ExceptionLog>().OpenAsync(1_000, null, default)).Exceptions,
            e => e.Failure.Contains(status, StringComparison.Ordinal)
        );
        Assert.Equal(("mail-came-back", "order 1001"), (open.Type, open.Subject));
        Assert.DoesNotContain("@", open.Failure, StringComparison.Ordinal);
        await TakeAsync(Event(sent.MessageId, status));
        Assert.Equal(2, (await StoredAsync(record)).At(Get<People>().Roster, Time.GetUtcNow()).Record.Invitations.Count);
    }

    [Theory]
    [InlineData("Delivered", DeliveryReports.Type)]
    [InlineData("Expanded", DeliveryReports.Type)]
    [InlineData("Bounced", "Microsoft.Communication.EmailEngagementTrackingReportReceived")]
    public async Task Good_news_changes_nothing(string status, string type)
    {
        var record = await OpenAsync(Case($"good-{status}-{type.Length}"));
        var sent = Assert.IsType<MailOutcome.Sent>(await Letters.SendAsync(record, new(1, LetterKind.First), default));
        Assert.Empty(await TakeAsync(Event(sent.MessageId, status, type)));
        Assert.Null((await StoredAsync(record)).Find(1)!.FailedBecause);
    }

    [Theory]
    [InlineData("not json", "")]
    [InlineData("{\"type\":\"Microsoft.Communication.EmailDeliveryReportReceived\"}", "data")]
    [InlineData(
        "{\"type\":\"Microsoft.Communication.EmailDeliveryReportReceived\",\"data\":{\"status\":\"Bounced\"}}",
        "data.internetMessageId"
    )]
    [InlineData(
        "{\"type\":\"Microsoft.Communication.EmailDeliveryReportReceived\",\"data\":{\"internetMessageId\":\"<a@b>\",\"status\":7}}",
        "data.status"
    )]
    public void A_report_that_can_t_be_read_is_refused(string body, string field)
    {
        var problem = Assert.Throws<ProblemException>(() => DeliveryReports.Read(Encoding.UTF8.GetBytes(body)));
        Assert.Equal((400, "unfit-mail-report"), (problem.Status, problem.Slug));
        Assert.NotNull(field);
    }

    [Fact]
    public void Event_Grid_is_told_that_it_may_post()
    {
        var http = new DefaultHttpContext();
        http.Request.Headers["WebHook-Request-Origin"] = "eventgrid.azure.net";
        Get<MailBounces>();
        new MailReports(Get<MailBounces>()).Allow(http.Request);
        Assert.Equal("eventgrid.azure.net", http.Response.Headers["WebHook-Allowed-Origin"]);
    }

    private Task<IReadOnlySet<Domain.CaseId>> TakeAsync(string body) =>
        Get<MailBounces>().TakeAsync(DeliveryReports.Read(Encoding.UTF8.GetBytes(body)), default);
}
