using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Stockgate.Demo.Local;
using Stockgate.Demo.Partners;
using Stockgate.Domain;
using Stockgate.EndToEnd.Tests.Approvals;

namespace Stockgate.EndToEnd.Tests.Orders.Actions;

/// <summary>The app beside an order management system, with people who get mail and a policy whose times are seconds.</summary>
public class OrderWorld : IAsyncLifetime
{
    private readonly PartnerSettings settings = new();

    public RunningApp Running { get; private set; } = null!;

    public PartnerServer Partners { get; private set; } = null!;

    public Mailbox Mail { get; private set; } = null!;

    public LinkBrowser Browser { get; } = new();

    /// <summary>Settings that differ from the world's own.</summary>
    public virtual IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>();

    /// <summary>How long each of those who are asked has.</summary>
    public virtual TimeSpan Sla { get; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// How far back the policy sums up what an order, a customer, a requester gets: not at all, for one person asks for all of it here.
    /// </summary>
    public virtual TimeSpan Sums { get; } = TimeSpan.Zero;

    public virtual async Task InitializeAsync()
    {
        Partners = await PartnerServer.StartAsync(settings);
        Running = new RunningApp
        {
            Configure = app =>
            {
                settings.AddTo(app.Environment, Partners.Address);
                foreach (
                    var (name, roles) in new[]
                    {
                        ("sue", "customer-service"),
                        ("lena", "lead"),
                        ("liam", "lead"),
                        ("fred", "finance"),
                        ("dora", "director"),
                        ("pam", "policy-owner"),
                        ("helper", "agent"),
                    }
                )
                {
                    app.Environment[$"People__{name}__Roles"] = roles;
                    app.Environment[$"People__{name}__Email"] = $"{name}@retailer.example";
                }
                app.Environment["OrderActions__ConfirmWithin"] = "00:00:20";
                app.Environment["OrderActions__AskEvery"] = "00:00:00.3";
                app.Environment["OrderActions__RetryEvery"] = "00:00:01";
                foreach (var (name, value) in Settings)
                    app.Environment[name] = value;
            },
        };
        await Running.InitializeAsync();
        Partners.App = Running.App.BaseAddress;
        Mail = new Mailbox(Running.Settings.MailFolder);
        await PutPolicyAsync();
    }

    public virtual async Task DisposeAsync()
    {
        Browser.Dispose();
        await Running.DisposeAsync();
        await Partners.DisposeAsync();
    }

    /// <summary>An order of so many units at 10 pounds each, placed an hour ago by a customer of its own, and projected.</summary>
    public async Task<string> OrderAsync(decimal units = 10, string? customer = null, bool shipped = false)
    {
        var (order, now) = ($"O-{Guid.NewGuid():N}"[..14], TimeProvider.System.GetUtcNow());
        await Running.Partner.AcceptedAsync(
            Events.Of(
                "order.placed",
                new
                {
                    orderId = order,
                    currency = "GBP",
                    location = "main",
                    customerId = customer ?? $"c-{order}",
                    lines = new[]
                    {
                        new
                        {
                            sku = "THING",
                            description = "thing",
                            quantity = units,
                            unitPrice = 10m,
                        },
                    },
                },
                now.AddHours(-1)
            )
        );
        if (shipped)
            await Running.Partner.AcceptedAsync(
                Events.Of(
                    "order.shipped",
                    new
                    {
                        orderId = order,
                        shipmentId = "s-1",
                        lines = new[]
                        {
                            new
                            {
                                sku = "THING",
                                location = "main",
                                quantity = units,
                            },
                        },
                    },
                    now.AddMinutes(-30)
                )
            );
        await Running.ProjectedAsync();
        return order;
    }

    public async Task<string> AskAsync(string order, object request, string by = "sue")
    {
        using var response = await Running.CallAsync(
            HttpMethod.Post,
            $"orders/{order}/actions",
            by,
            JsonSerializer.SerializeToUtf8Bytes(request)
        );
        Assert.True(
            response.StatusCode == HttpStatusCode.Accepted,
            $"{(int)response.StatusCode}: {await response.Content.ReadAsStringAsync()}"
        );
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }

    /// <summary>Asks for a refund of money, which one person has to agree to.</summary>
    public Task<string> AskRefundAsync(string order, decimal amount) =>
        AskAsync(
            order,
            new
            {
                action = "Refund",
                reason = "arrived broken",
                amount,
            }
        );

    public Task<JsonElement> ActionAsync(string order, string action) => Running.ReadAsync($"orders/{order}/actions/{action}");

    public async Task<string> StateAsync(string order, string action) =>
        (await ActionAsync(order, action)).GetProperty("state").GetString()!;

    public async Task UntilAsync(string order, string action, string state)
    {
        try
        {
            await RunningApp.UntilAsync(async () => await StateAsync(order, action) == state, $"{action} {state}");
        }
        catch (Exception late)
        {
            throw new Xunit.Sdk.XunitException(
                $"{late.Message}\n{await ActionAsync(order, action)}\n{await Running.ReadAsync("cases")}\n{await Running.ReadAsync("exceptions")}\n{LogTail()}",
                late
            );
        }
    }

    /// <summary>The newest mail to somebody about an order.</summary>
    public async Task<ReceivedMail> MailToAsync(string name, string order, int number = 1)
    {
        ReceivedMail? mail = null;
        try
        {
            await RunningApp.UntilAsync(
                () =>
                    Task.FromResult(
                        (
                            mail = Mail.To(name)
                                .Where(m => m.Text.Contains(order, StringComparison.Ordinal))
                                .Skip(number - 1)
                                .FirstOrDefault()
                        )
                            is not null
                    ),
                $"mail {number} to {name} about {order}"
            );
        }
        catch (Exception late)
        {
            throw new Xunit.Sdk.XunitException(
                $"{late.Message}\nMail: {string.Join("; ", Mail.All().Select(static m => $"{m.To}: {m.Subject}"))}\n{await Running.ReadAsync($"orders/{order}/actions")}\n{await Running.ReadAsync("exceptions")}\n{LogTail()}",
                late
            );
        }
        return mail!;
    }

    /// <summary>What was decided about an order, the first first; the chain is whole.</summary>
    public async Task<List<string>> ChainAsync(string order)
    {
        var chain = await Running.ReadAsync($"decisions/{Uri.EscapeDataString($"order {order}")}");
        Assert.True(chain.GetProperty("chainIsWhole").GetBoolean(), chain.ToString());
        return [.. chain.GetProperty("records").EnumerateArray().Select(static r => r.GetProperty("decision").GetString()!)];
    }

    /// <summary>The order's chain is whole, and has these decisions.</summary>
    public async Task DecidedAsync(string order, params string[] decisions)
    {
        var said = await ChainAsync(order);
        foreach (var decision in decisions)
            Assert.True(
                said.Exists(s => s.Contains(decision, StringComparison.OrdinalIgnoreCase)),
                $"Nothing says '{decision}': {string.Join(" | ", said)}"
            );
    }

    /// <summary>The question that an action waits for, or waited for last.</summary>
    public async Task<JsonElement> CaseAsync(string order, string action) =>
        await Running.ReadAsync($"cases/{(await ActionAsync(order, action)).GetProperty("case").GetString()}");

    /// <summary>What people answered to it.</summary>
    public async Task<List<JsonElement>> DecisionsAsync(string order, string action) =>
        [.. (await CaseAsync(order, action)).GetProperty("decisions").EnumerateArray()];

    /// <summary>Open exceptions about an order, its actions and cases.</summary>
    public async Task<List<JsonElement>> ExceptionsAsync(string order) =>
        [
            .. (await Running.ReadAsync("exceptions"))
                .EnumerateArray()
                .Where(e => e.GetProperty("subject").GetString()!.StartsWith($"order {order}", StringComparison.Ordinal)),
        ];

    /// <summary>Something is said about an order by the retailer's own systems, and projected.</summary>
    public async Task SaidAsync(params IEnumerable<byte[]> events)
    {
        await Running.Partner.AcceptedAsync(events);
        await Running.ProjectedAsync();
    }

    /// <summary>A refund of so many units at 10 pounds each that nobody asked for here.</summary>
    public Task RefundedElsewhereAsync(string order, decimal units, string refund = "r-1") =>
        SaidAsync(
            Events.Of(
                "order.refunded",
                new
                {
                    orderId = order,
                    refundId = refund,
                    currency = "GBP",
                    lines = new[]
                    {
                        new
                        {
                            sku = "THING",
                            description = "thing",
                            quantity = units,
                            unitPrice = 10m,
                        },
                    },
                },
                TimeProvider.System.GetUtcNow()
            )
        );

    /// <summary>
    /// Waits for a refund's end and holds everything against it: one effect at the order management system, one of each step on a chain
    /// that is whole, and nothing for an operator to do.
    /// </summary>
    public async Task DoneOnceAsync(string order, string action, decimal amount)
    {
        await UntilAsync(order, action, "Done");
        var done = Assert.Single(Done(order));
        Assert.Equal((amount, 1, $"{action}.1"), (done.Message.Amount!.Value, done.Effects, done.WebhookId));
        await Running.ProjectedAsync();
        Assert.Equal(amount, (await Running.ReadAsync($"orders/{order}")).GetProperty("refunded").GetDecimal());
        // Both are written after the state is.
        await RunningApp.UntilAsync(
            async () => (await ChainAsync(order)).Exists(static said => said.StartsWith("Refund: Done", StringComparison.Ordinal)),
            "the chain says so"
        );
        await RunningApp.UntilAsync(async () => (await ExceptionsAsync(order)).Count == 0, "no exception about it is open");
        var chain = await ChainAsync(order);
        foreach (var step in new[] { "Refund: requested", "Refund: Approved", "Refund: Executing", "Refund: Done" })
            Assert.Single(chain, said => said.StartsWith(step, StringComparison.Ordinal));
    }

    /// <summary>What the order management system did for an order, and how often.</summary>
    public List<ReceivedAction> Done(string order) =>
        [.. Partners.Orders.Actions.Where(a => a.Message.OrderId == new OrderId(order) && a.Effects > 0)];

    private async Task PutPolicyAsync()
    {
        var one = new
        {
            name = "one",
            actions = All,
            maxAmount = 100m,
            level = "AskOne",
            roles = new[] { "lead" },
            sla = Sla.ToString("c"),
            escalateTo = "director",
            invite = 2,
        };
        object[] rules =
        [
            new
            {
                name = "hold",
                actions = new[] { "Hold", "Release" },
                level = "ActAndTell",
                roles = new[] { "lead" },
            },
            new
            {
                name = "small",
                actions = All,
                maxAmount = 20m,
                level = "Act",
            },
            one,
            new
            {
                name = "two",
                actions = All,
                maxAmount = 1000m,
                level = "AskTwoInOrder",
                roles = new[] { "lead", "finance" },
                sla = Sla.ToString("c"),
            },
            new
            {
                name = "never",
                actions = All,
                level = "Never",
            },
        ];
        var sums = new
        {
            order = Sums.ToString("c"),
            customer = Sums.ToString("c"),
            requester = Sums.ToString("c"),
        };
        using var response = await Running.CallAsync(
            HttpMethod.Put,
            "policies/order-actions",
            "pam",
            JsonSerializer.SerializeToUtf8Bytes(
                new
                {
                    version = 2,
                    currency = "GBP",
                    codeAbove = 500m,
                    sums,
                    rules,
                }
            )
        );
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        // Held for five seconds by whoever read the one before; nobody has.
    }

    private static readonly string[] All = ["Cancel", "CancelLines", "Refund", "ChangeAddress", "Reroute", "Substitute"];

    private string LogTail()
    {
        using var log = new StreamReader(new FileStream(Running.App.LogFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return string.Join('\n', log.ReadToEnd().Split('\n').TakeLast(40));
    }
}
