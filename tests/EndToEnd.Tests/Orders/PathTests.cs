namespace Stockgate.EndToEnd.Tests.Orders;

/// <summary>Ids that have to be percent-encoded in a URL.</summary>
[Collection(SharedApp.Name)]
public class PathTests(RunningApp running)
{
    public static TheoryData<string> Ids =>
        [
            "A/B",
            "/A/",
            "A B",
            "Grün-日本-é",
            "it's",
            "it's, not",
            "5\" \"nail\"",
            "100%",
            "50%252Foff",
            "a+b",
            "a?b=c#d",
            "a\\b",
            "a&b;c=d|e}f",
            "..a",
            "~a!$(b)*@:c",
        ];

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task A_sku_is_found_when_it_is_percent_encoded(string sku)
    {
        await running.Partner.AcceptedAsync(Events.Counted(sku, 7), Events.Product(sku), Events.Placed($"order of {sku}", sku, 2));
        await running.ProjectedAsync();
        var encoded = Uri.EscapeDataString(sku);
        var stock = await running.ReadAsync($"inventory/{encoded}");
        Assert.Equal((sku, 5m), (stock.GetProperty("sku").GetString(), stock.GetProperty("availableToPromise").GetDecimal()));
        Assert.Equal(
            2,
            Assert
                .Single((await running.ReadAsync($"inventory/{encoded}/sales?from=2026-03-01&to=2026-03-31")).EnumerateArray())
                .GetProperty("days")[0]
                .GetProperty("sold")
                .GetDecimal()
        );
        Assert.Equal(sku, (await running.ReadAsync($"products/{encoded}")).GetProperty("sku").GetString());
        Assert.Equal(
            $"order of {sku}",
            (await running.ReadAsync($"orders/{Uri.EscapeDataString($"order of {sku}")}")).GetProperty("orderId").GetString()
        );
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task A_subject_of_decisions_is_read_when_it_is_percent_encoded(string subject) =>
        Assert.Equal(subject, (await running.ReadAsync($"decisions/{Uri.EscapeDataString(subject)}")).GetProperty("subject").GetString());

    [Fact]
    public async Task A_problem_names_the_id_as_it_was_meant()
    {
        using var response = await running.GetAsync("inventory/never%2Fsaid");
        Assert.Contains("never/said", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
