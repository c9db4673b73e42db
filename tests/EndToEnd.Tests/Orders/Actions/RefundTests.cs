using System.Net;
using Stockgate.Demo.Local;
using Stockgate.Domain;

namespace Stockgate.EndToEnd.Tests.Orders.Actions;

/// <summary>From the request to the partner, by mail and link, as people do it.</summary>
public class RefundTests(OrderWorld world) : IClassFixture<OrderWorld>
{
    [Fact]
    public async Task A_refund_is_asked_for_approved_by_link_and_paid_once()
    {
        var order = await world.OrderAsync(shipped: true);
        var action = await world.AskRefundAsync(order, 50);
        var mail = await world.MailToAsync("lena", order);
        Assert.Contains("50.00 GBP", mail.Subject, StringComparison.Ordinal);
        await world.UntilAsync(order, action, "Waiting");
        Assert.Empty(world.Done(order));

        var page = await world.Browser.OpenAsync(mail.Link!);
        Assert.Equal(200, page.Status);
        Assert.Contains("arrived broken", page.Text, StringComparison.Ordinal);
        var decided = await world.Browser.PressAsync(page, "approve");
        Assert.Contains("Approved by lena", decided.Text, StringComparison.Ordinal);

        await world.UntilAsync(order, action, "Done");
        var done = Assert.Single(world.Done(order));
        Assert.Equal((50m, 1, $"{action}.1"), (done.Message.Amount!.Value, done.Effects, done.WebhookId));
        Assert.Equal(50m, (await world.Running.ReadAsync($"orders/{order}")).GetProperty("refunded").GetDecimal());
        await world.DecidedAsync(
            order,
            "Refund: requested",
            "asked: Refund 50.00 GBP",
            "approved: Refund",
            "Refund: Approved",
            "Refund: Executing",
            "Refund: Done"
        );
    }

    [Fact]
    public async Task A_small_refund_that_an_agent_asks_for_is_paid_when_a_person_agrees()
    {
        var order = await world.OrderAsync(shipped: true);
        var action = await world.AskAsync(
            order,
            new
            {
                action = "Refund",
                reason = "late",
                amount = 10m,
            },
            "helper"
        );
        var mail = await world.MailToAsync("lena", order);
        await world.UntilAsync(order, action, "Waiting");
        Assert.Empty(world.Done(order));
        var page = await world.Browser.OpenAsync(mail.Link!);
        Assert.Contains("helper (an agent) asks", page.Text, StringComparison.Ordinal);
        var revision = (await world.Running.ReadAsync($"cases/{action}-1")).GetProperty("case").GetProperty("revision").GetString();
        using (
            var itself = await world.Running.CallAsync(
                HttpMethod.Post,
                $"cases/{action}-1/decisions",
                "helper",
                System.Text.Encoding.UTF8.GetBytes($$"""{"answer":"Approve","revision":"{{revision}}"}""")
            )
        )
            await Problem.IsAsync(itself, 403, "role-needed", null);
        await world.Browser.PressAsync(page, "approve");
        await world.UntilAsync(order, action, "Done");
        Assert.Equal(10m, Assert.Single(world.Done(order)).Message.Amount!.Value);
    }

    [Fact]
    public async Task A_refund_of_one_of_two_orders_of_a_number_is_sent_with_the_number_and_paid_to_that_one()
    {
        var (number, at) = ($"T-{Guid.NewGuid():N}"[..14], TimeProvider.System.GetUtcNow().AddHours(-1));
        foreach (var channel in new[] { "till", "web" })
            await world.SaidAsync(
                Events.Of(
                    "order.placed",
                    new
                    {
                        orderId = number,
                        orderChannel = channel,
                        currency = "GBP",
                        lines = new[]
                        {
                            new
                            {
                                sku = "THING",
                                description = "thing",
                                quantity = 2,
                                unitPrice = 10m,
                            },
                        },
                    },
                    at
                ),
                Events.Of(
                    "order.shipped",
                    new
                    {
                        orderId = number,
                        orderChannel = channel,
                        shipmentId = "s-1",
                        lines = new[]
                        {
                            new
                            {
                                sku = "THING",
                                location = "main",
                                quantity = 2,
                            },
                        },
                    },
                    at
                )
            );
        var action = await world.AskAsync(
            $"web:{number}",
            new
            {
                action = "Refund",
                reason = "arrived broken",
                amount = 15m,
            }
        );
        await world.UntilAsync($"web:{number}", action, "Done");
        var done = Assert.Single(world.Done(number));
        Assert.Equal((number, "web"), (done.Message.OrderId.Value, done.Message.OrderChannel?.Value));
        await world.Running.ProjectedAsync();
        Assert.Equal((0m, 15m), (await RefundedAsync("till"), await RefundedAsync("web")));

        async Task<decimal> RefundedAsync(string channel) =>
            (await world.Running.ReadAsync($"orders/{channel}:{number}")).GetProperty("refunded").GetDecimal();
    }

    [Fact]
    public async Task A_no_needs_a_reason_and_ends_it()
    {
        var order = await world.OrderAsync(shipped: true);
        var action = await world.AskRefundAsync(order, 60);
        var page = await world.Browser.OpenAsync((await world.MailToAsync("liam", order)).Link!);
        var incomplete = await world.Browser.PressAsync(page, "reject");
        Assert.Equal(422, incomplete.Status);
        var rejected = await world.Browser.PressAsync(incomplete, "reject", "no photo of the damage");
        Assert.Contains("Rejected by liam: no photo of the damage", rejected.Text, StringComparison.Ordinal);
        await world.UntilAsync(order, action, "Rejected");
        Assert.Empty(world.Done(order));
        var told = await world.MailToAsync("sue", order);
        Assert.Equal($"Rejected: Refund 60.00 GBP of order {order}", told.Subject);
        Assert.Contains("liam rejected: no photo of the damage", told.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Why it was done", told.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_large_one_needs_two_people_in_order_and_a_code()
    {
        var order = await world.OrderAsync(units: 80, shipped: true);
        var action = await world.AskRefundAsync(order, 600);
        var first = await world.MailToAsync("lena", order);
        Assert.DoesNotContain(world.Mail.To("fred"), m => m.Text.Contains(order, StringComparison.Ordinal));
        await ApproveWithCodeAsync(first, "lena", order);
        await ApproveWithCodeAsync(await world.MailToAsync("fred", order), "fred", order);
        await world.UntilAsync(order, action, "Done");
        Assert.Equal(600m, world.Partners.Orders.RefundedOf(new OrderId(order)));
    }

    private async Task ApproveWithCodeAsync(ReceivedMail mail, string name, string order)
    {
        var page = await world.Browser.OpenAsync(mail.Link!);
        var without = await world.Browser.PressAsync(page, "approve");
        Assert.Equal(422, without.Status);
        page = await world.Browser.PressAsync(without, "code");
        var code = (await world.MailToAsync(name, order, number: 2)).Code!;
        var wrong = await world.Browser.PressAsync(page, "approve", code: code == "000000" ? "000001" : "000000");
        Assert.Equal(422, wrong.Status);
        var decided = await world.Browser.PressAsync(wrong, "approve", code: code);
        Assert.Equal(200, decided.Status);
    }

    [Fact]
    public async Task What_policy_allows_is_done_without_asking()
    {
        var order = await world.OrderAsync(shipped: true);
        var action = await world.AskRefundAsync(order, 15);
        await world.UntilAsync(order, action, "Done");
        Assert.Equal(15m, world.Partners.Orders.RefundedOf(new OrderId(order)));
    }

    [Fact]
    public async Task What_policy_does_alone_somebody_is_told()
    {
        var order = await world.OrderAsync();
        var action = await world.AskAsync(order, new { action = "Hold", reason = "fraud check" });
        await world.UntilAsync(order, action, "Done");
        var told = await world.MailToAsync("lena", order);
        Assert.Null(told.Link);
        Assert.Contains("fraud check", told.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_policy_never_does_is_refused_with_its_reason()
    {
        var order = await world.OrderAsync(units: 200, shipped: true);
        var action = await world.AskRefundAsync(order, 1500);
        await world.UntilAsync(order, action, "Refused");
        Assert.Empty(world.Done(order));
    }

    [Fact]
    public async Task More_than_was_paid_is_refused_at_once()
    {
        var order = await world.OrderAsync(shipped: true);
        using var response = await world.Running.CallAsync(
            HttpMethod.Post,
            $"orders/{order}/actions",
            "sue",
            "{\"action\":\"Refund\",\"reason\":\"x\",\"amount\":100.01}"u8.ToArray()
        );
        await Problem.IsAsync(response, 409, "not-feasible", "action");
        using var dry = await world.Running.CallAsync(
            HttpMethod.Post,
            $"orders/{order}/actions?dryRun=true",
            "sue",
            "{\"action\":\"Refund\",\"reason\":\"x\",\"amount\":100.01}"u8.ToArray()
        );
        Assert.Equal(HttpStatusCode.OK, dry.StatusCode);
        Assert.Empty((await world.Running.ReadAsync($"orders/{order}/actions")).EnumerateArray());
    }

    [Fact]
    public async Task Two_refunds_at_once_never_pay_more_than_the_order()
    {
        var order = await world.OrderAsync(units: 9, shipped: true);
        var asked = await Task.WhenAll(
            Enumerable
                .Range(0, 6)
                .Select(async _ =>
                {
                    using var response = await world.Running.CallAsync(
                        HttpMethod.Post,
                        $"orders/{order}/actions",
                        "sue",
                        "{\"action\":\"Refund\",\"reason\":\"x\",\"amount\":20}"u8.ToArray()
                    );
                    return response.StatusCode;
                })
        );
        await RunningApp.UntilAsync(
            async () =>
                (await world.Running.ReadAsync($"orders/{order}/actions"))
                    .EnumerateArray()
                    .All(static a => a.GetProperty("state").GetString() is "Done" or "Refused" or "Failed"),
            "all over"
        );
        Assert.InRange(asked.Count(static s => s == HttpStatusCode.Accepted), 4, 6);
        Assert.Equal(80m, world.Partners.Orders.RefundedOf(new OrderId(order)));
    }

    [Fact]
    public async Task Whoever_lacks_the_role_can_not_ask_and_the_same_key_asks_once()
    {
        var order = await world.OrderAsync(shipped: true);
        using var refused = await world.Running.CallAsync(
            HttpMethod.Post,
            $"orders/{order}/actions",
            "lena",
            "{\"action\":\"Hold\",\"reason\":\"x\"}"u8.ToArray()
        );
        await Problem.IsAsync(refused, 403, "role-needed", null);
        using var keyless = await world.Running.CallAsync(
            HttpMethod.Post,
            $"orders/{order}/actions",
            null,
            "{\"action\":\"Hold\",\"reason\":\"x\"}"u8.ToArray()
        );
        Assert.Equal(HttpStatusCode.Unauthorized, keyless.StatusCode);
    }
}
