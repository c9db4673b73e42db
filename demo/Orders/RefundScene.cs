using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using Stockgate.Demo.Local;
using Stockgate.Demo.Partners;
using Stockgate.Demo.Posting;
using Stockgate.Demo.Retail;
using Stockgate.Domain;
using Stockgate.Local.Run;

namespace Stockgate.Demo.Orders;

/// <summary>
/// One refund from the request to the customer's money: prepared, asked about by mail, decided on the page behind the link, paid by the
/// order management system, once.
/// </summary>
internal sealed class RefundScene(
    LocalApp app,
    ApiClient client,
    AppSettings settings,
    PartnerServer partners,
    WebhookPoster poster,
    TimeProvider time
)
{
    private const string Currency = "GBP",
        Order = "WEB-20417";
    private const decimal UnitPrice = 36,
        Amount = 72;

    /// <returns>True where the customer got the money exactly once.</returns>
    public async Task<bool> PlayAsync(CancellationToken cancellationToken)
    {
        AnsiConsole.WriteLine();
        AnsiConsole.Write(new Rule("[bold]A refund, from the request to the money[/]").LeftJustified());
        await OrderAsync(cancellationToken);
        var action = await AskAsync(cancellationToken);
        var mail = await MailAsync(cancellationToken);
        await DecideAsync(mail, action, cancellationToken);
        return await PaidAsync(action, cancellationToken);
    }

    private async Task OrderAsync(CancellationToken cancellationToken)
    {
        var (placed, sku) = (time.GetUtcNow().AddDays(-3), Retailer.Sku(2));
        await PostAsync(
            "order.placed",
            placed,
            new
            {
                orderId = Order,
                currency = Currency,
                location = Retailer.Locations[0],
                customerId = "C-0815",
                lines = new[]
                {
                    new
                    {
                        sku,
                        description = sku,
                        quantity = 4,
                        unitPrice = UnitPrice,
                    },
                },
            },
            cancellationToken
        );
        await PostAsync(
            "order.shipped",
            placed.AddDays(1),
            new
            {
                orderId = Order,
                shipmentId = "P-1",
                lines = new[]
                {
                    new
                    {
                        sku,
                        location = Retailer.Locations[0],
                        quantity = 4,
                    },
                },
            },
            cancellationToken
        );
        await client.UntilAsync(
            $"orders/{Order}",
            "shipped",
            static o => o.GetProperty("status").GetString() == "Shipped",
            cancellationToken
        );
        Say(
            "A customer",
            "",
            $"bought 4 of {sku} for {4 * UnitPrice} {Currency} three days ago (order {Order}), and two of them came broken."
        );
    }

    private async Task<string> AskAsync(CancellationToken cancellationToken)
    {
        var request = new
        {
            action = "Refund",
            reason = "two of four arrived broken, photo in the ticket",
            amount = Amount,
        };
        var review = await client.PostAsync($"orders/{Order}/actions?dryRun=true", request, OrderPeople.Service, cancellationToken);
        var id = (await client.PostAsync($"orders/{Order}/actions", request, OrderPeople.Service, cancellationToken))
            .GetProperty("id")
            .GetString()!;
        Say(OrderPeople.Service, "customer service", $"asks to refund {Amount} {Currency}: {id}");
        AnsiConsole.MarkupLineInterpolated(
            $"    possible [green]{review.GetProperty("feasibility").GetProperty("possible").GetBoolean()}[/], risk {review.GetProperty("risk").GetProperty("score").GetInt32()} of 100, {review.GetProperty("autonomy").GetProperty("level").GetString()}"
        );
        AnsiConsole.MarkupLineInterpolated($"    [grey]{review.GetProperty("autonomy").GetProperty("words").GetString()}[/]");
        return id;
    }

    private async Task<ReceivedMail> MailAsync(CancellationToken cancellationToken)
    {
        var box = new Mailbox(settings.MailFolder);
        ReceivedMail? mail = null;
        await client.UntilAsync(
            "cases",
            $"asked about by mail to {OrderPeople.Lead}",
            _ =>
                (
                    mail = box.To(OrderPeople.Lead)
                        .LastOrDefault(static m => m.Link is not null && m.Text.Contains(Order, StringComparison.Ordinal))
                )
                    is not null,
            cancellationToken
        );
        Say(OrderPeople.Lead, "customer service lead", $"gets a mail: {mail!.Subject}");
        Console.WriteLine($"    {mail.File}");
        return mail;
    }

    private async Task DecideAsync(ReceivedMail mail, string action, CancellationToken cancellationToken)
    {
        if (ApprovalBrowser.Chromium is { } chromium)
        {
            var pages = await ApprovalBrowser.ApproveAsync(chromium, mail.Link!, settings.StateFolder);
            Say(
                OrderPeople.Lead,
                "",
                $"opens the link in a browser, reads “{pages.Title}” and presses Approve. The page then says: {pages.Outcome}"
            );
            Console.WriteLine($"    {pages.Asked}");
            return;
        }
        var waiting = (await client.GetAsync("cases", cancellationToken))
            .EnumerateArray()
            .First(c => c.GetProperty("case").GetProperty("reference").GetString() == action)
            .GetProperty("case");
        await client.PostAsync(
            $"cases/{waiting.GetProperty("id").GetString()}/decisions",
            new { answer = "Approve", revision = waiting.GetProperty("revision").GetString() },
            OrderPeople.Lead,
            cancellationToken
        );
        Say(OrderPeople.Lead, "", "approves at the console: there is no Chromium here (STOCKGATE_CHROMIUM) to open the link in. You can:");
        Console.WriteLine($"    {mail.Link}");
    }

    private async Task<bool> PaidAsync(string action, CancellationToken cancellationToken)
    {
        await client.UntilAsync(
            $"orders/{Order}/actions/{action}",
            "done",
            static a => a.GetProperty("state").GetString() == "Done",
            cancellationToken
        );
        var done = partners.Orders.Actions.Where(a => a.Message.OrderId == new OrderId(Order)).ToList();
        var once = done is [{ Effects: 1 }] && partners.Orders.RefundedOf(new OrderId(Order)) == Amount;
        var order = await client.GetAsync($"orders/{Order}", cancellationToken);
        once &= order.GetProperty("refunded").GetDecimal() == Amount;
        AnsiConsole.MarkupLineInterpolated(
            $"[bold]The order management system[/] got {done.Count} refund under the id {done[0].WebhookId} and paid {partners.Orders.RefundedOf(new OrderId(Order)).ToString("0.00", CultureInfo.InvariantCulture)} {Currency}, [{(once ? "green" : "red")}]{(once ? "once" : "not as it should")}[/]."
        );
        Console.WriteLine($"  Everything that was decided, by whom and on what grounds: {app.BaseAddress}api/v1/decisions/order%20{Order}");
        return once;
    }

    private Task PostAsync(string type, DateTimeOffset at, object data, CancellationToken cancellationToken)
    {
        byte[] body = [(byte)'[', .. EventBatch.Event($"refund-scene-{type}", "scene", $"stockgate.{type}.v1", at, data), (byte)']'];
        return poster.PostAsync(body, cancellationToken);
    }

    private static void Say(string who, string role, string what) =>
        AnsiConsole.MarkupLineInterpolated($"[bold]{who}[/]{(role.Length > 0 ? $" ({role})" : "")} {what}");
}
