using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Stockgate.Demo.Local;
using Stockgate.Demo.Partners;
using Stockgate.Demo.Replay;
using Stockgate.Domain;
using Stockgate.TestSupport;

namespace Stockgate.EndToEnd.Tests.Replay;

/// <summary>
/// Cancellations of a year of a shop, asked for over HTTP as actions on the invoices that they cancel, each twice and many at once.
/// </summary>
public class CancellationsOverHttpTests
{
    private const string Data = "uci-online-retail/online-retail.csv.gz";

    private const int AtOnce = 8;

    [SharedDataFact(Data)]
    public Task Each_of_the_first_is_paid_back_exactly_once() => ReplayAsync(40);

    [LongFact(Data)]
    public Task Each_of_many_is_paid_back_exactly_once() => ReplayAsync(400);

    private static async Task ReplayAsync(int cancellations)
    {
        var settings = new PartnerSettings();
        await using var partners = await PartnerServer.StartAsync(settings);
        await using var running = new RunningApp
        {
            Configure = app =>
            {
                settings.AddTo(app.Environment, partners.Address);
                foreach (
                    var (name, value) in new Dictionary<string, string>
                    {
                        // A customer's orders are looked for in every bucket: few make the replay faster and change nothing else.
                        ["People__sue__Roles"] = "customer-service",
                        ["People__pam__Roles"] = "policy-owner",
                        ["Buckets"] = "4",
                        ["OrderActions__AskEvery"] = "00:00:01",
                        ["OrderActions__RetryEvery"] = "00:00:10",
                    }
                )
                    app.Environment[name] = value;
            },
        };
        await running.InitializeAsync();
        partners.App = running.App.BaseAddress;
        await PutPolicyAsync(running);

        var file = TransactionFile.Open(SharedData.Find(Data)!);
        // What costs nothing has nothing to be paid back.
        var matches = CancellationMatches
            .In(file.Invoices())
            .Where(static m => !m.None && m.Cancellation.Lines.All(static l => l.UnitPrice > 0))
            .Take(cancellations)
            .ToList();
        var wanted = matches.SelectMany(static m => m.Invoices).Select(static i => i.Invoice).ToHashSet(StringComparer.Ordinal);
        var invoices = file.Invoices()
            .Where(i => wanted.Contains(i.Number))
            .Take(wanted.Count)
            .ToDictionary(static i => i.Number, StringComparer.Ordinal);
        await running.Partner.AcceptedAsync(invoices.Values.SelectMany(InvoiceEvents.Of));
        await running.ProjectedAsync();

        // Of one invoice's cancellations each is over before the next, as it was; of others' many are under way.
        var ids = new System.Collections.Concurrent.ConcurrentBag<(string Order, string Action)>();
        await Parallel.ForEachAsync(
            matches.SelectMany(static m => m.Invoices.Select(i => (m.Cancellation, Invoice: i))).GroupBy(static a => a.Invoice.Invoice),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
            async (order, _) =>
            {
                foreach (var (cancellation, invoice) in order)
                {
                    var twice = await Task.WhenAll(AskAsync(running, cancellation, invoice), AskAsync(running, cancellation, invoice));
                    Assert.Equal(twice[0], twice[1]);
                    Assert.Equal(twice[0], await AskAsync(running, cancellation, invoice));
                    ids.Add((invoice.Invoice, twice[0]));
                    await RunningApp.UntilAsync(
                        async () =>
                            (await running.ReadAsync($"orders/{invoice.Invoice}/actions/{twice[0]}")).GetProperty("state").GetString()
                                is "Done",
                        $"{cancellation.Number} of {invoice.Invoice} is done"
                    );
                }
            }
        );
        await running.ProjectedAsync();

        var actions = partners.Orders.Actions;
        Assert.Equal(matches.Sum(static m => m.Invoices.Count), ids.Distinct().Count());
        Assert.Equal(
            ids.Select(static i => $"{i.Action}.1").Order(StringComparer.Ordinal),
            actions.Select(static a => a.WebhookId).Order(StringComparer.Ordinal)
        );
        Assert.All(actions, static a => Assert.Equal(1, a.Effects));
        foreach (var (number, invoice) in invoices)
        {
            var lines = matches
                .SelectMany(static m => m.Invoices)
                .Where(i => i.Invoice == number)
                .Select(i => i.Lines.Sum(l => Math.Round(l.Quantity * UnitPrice(invoice, l.StockCode), 2)))
                .Sum();
            Assert.Equal(lines, partners.Orders.RefundedOf(new OrderId(number)));
            var order = await running.ReadAsync($"orders/{number}");
            Assert.Equal(lines, order.GetProperty("refunded").GetDecimal());
            Assert.InRange(lines, 0.01m, order.GetProperty("gross").GetDecimal());
        }
    }

    private static decimal UnitPrice(Invoice invoice, string stockCode)
    {
        var lines = invoice.Lines.Where(l => l.StockCode == stockCode && l.Quantity > 0).ToList();
        return lines.Sum(static l => l.Quantity * l.UnitPrice) / lines.Sum(static l => l.Quantity);
    }

    private static async Task<string> AskAsync(RunningApp running, Invoice cancellation, MatchedInvoice invoice)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(
            HttpMethod.Post,
            new Uri(running.App.BaseAddress, $"api/v1/orders/{invoice.Invoice}/actions")
        )
        {
            Content = JsonContent.Create(
                new
                {
                    action = "Refund",
                    reason = $"cancellation {cancellation.Number}",
                    restockAt = InvoiceEvents.Location,
                    lines = invoice.Lines.Select(static l => new { sku = l.StockCode, quantity = l.Quantity }),
                }
            ),
        };
        request.Headers.Add("X-Api-Key", await running.KeyOfAsync("sue"));
        request.Headers.Add("Idempotency-Key", cancellation.Number);
        using var response = await http.SendAsync(request);
        // The same request is being carried out: its answer comes later.
        if (response.StatusCode == HttpStatusCode.Conflict && response.Headers.RetryAfter?.Delta is { } wait)
        {
            await Task.Delay(wait);
            return await AskAsync(running, cancellation, invoice);
        }
        Assert.True(
            response.StatusCode == HttpStatusCode.Accepted,
            $"{cancellation.Number} of {invoice.Invoice}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}"
        );
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }

    private static async Task PutPolicyAsync(RunningApp running)
    {
        var policy = new
        {
            version = 2,
            currency = "GBP",
            rules = new[]
            {
                new
                {
                    name = "all",
                    actions = new[] { "Refund" },
                    maxAmount = 1_000_000m,
                    level = "Act",
                },
            },
        };
        using var response = await running.CallAsync(
            HttpMethod.Put,
            "policies/order-actions",
            "pam",
            JsonSerializer.SerializeToUtf8Bytes(policy)
        );
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }
}
