using System.Text.Json;
using Stockgate.Domain.Orders.Actions;

namespace Stockgate.Domain.Tests.Orders.Actions;

public class OrderActionRequestTests
{
    public static TheoryData<string, string> Broken =>
        new()
        {
            { """{"action":"Hold","reason":" "}""", "reason" },
            { """{"action":"Refund","reason":"r","amount":0}""", "amount" },
            { """{"action":"Refund","reason":"r","amount":1.005,"currency":"GBP"}""", "amount" },
            { """{"action":"Refund","reason":"r","amount":1.0005}""", "amount" },
            { """{"action":"Refund","reason":"r","amount":1000000000.01}""", "amount" },
            { """{"action":"Cancel","reason":"r","amount":5}""", "amount" },
            { """{"action":"Refund","reason":"r","amount":5,"lines":[{"sku":"A","quantity":1}]}""", "amount" },
            { """{"action":"CancelLines","reason":"r"}""", "lines" },
            { """{"action":"CancelLines","reason":"r","lines":null}""", "lines" },
            { """{"action":"CancelLines","reason":"r","lines":[null]}""", "lines[0]" },
            { """{"action":"Cancel","reason":"r","lines":[{"sku":"A","quantity":1}]}""", "lines" },
            { """{"action":"CancelLines","reason":"r","lines":[{"sku":"A","quantity":0}]}""", "lines[0].quantity" },
            { """{"action":"CancelLines","reason":"r","lines":[{"sku":"A","quantity":1},{"sku":"A","quantity":2}]}""", "lines[1].sku" },
            { """{"action":"CancelLines","reason":"r","lines":[{"sku":"A","quantity":1,"substitute":"B"}]}""", "lines[0].substitute" },
            { """{"action":"Substitute","reason":"r","lines":[{"sku":"A","quantity":1}]}""", "lines[0].substitute" },
            { """{"action":"Substitute","reason":"r","lines":[{"sku":"A","quantity":1,"substitute":"A"}]}""", "lines[0].substitute" },
            { """{"action":"Reroute","reason":"r"}""", "location" },
            { """{"action":"Hold","reason":"r","location":"L1"}""", "location" },
            { """{"action":"ChangeAddress","reason":"r"}""", "shipTo" },
            { """{"action":"Cancel","reason":"r","shipTo":{"addressReference":"a"}}""", "shipTo" },
            { """{"action":"ChangeAddress","reason":"r","shipTo":{}}""", "shipTo.addressReference" },
            {
                """{"action":"ChangeAddress","reason":"r","shipTo":{"addressReference":"a","latitude":91,"longitude":0}}""",
                "shipTo.latitude"
            },
            { """{"action":"Refund","reason":"r","restockAt":"L1"}""", "restockAt" },
            { """{"action":"Hold","reason":"r","consent":true}""", "consent" },
            { """{"action":"Hold","reason":"r","currency":"GBP"}""", "currency" },
        };

    [Theory, MemberData(nameof(Broken))]
    public void A_mistake_names_its_field(string json, string field)
    {
        var mistakes = (
            JsonSerializer.Deserialize(json, OrderActionsJson.Default.OrderActionRequest)! with
            {
                RequestedBy = "ada",
            }
        ).Check();
        Assert.Equal(field, Assert.Single(mistakes).Field);
        Assert.NotEmpty(mistakes[0].Reason);
    }

    public static TheoryData<string> Right =>
        new()
        {
            """{"action":"Cancel","reason":"r"}""",
            """{"action":"Refund","reason":"r"}""",
            """{"action":"Refund","reason":"r","amount":12.50,"currency":"GBP"}""",
            """{"action":"Refund","reason":"r","lines":[{"sku":"A","quantity":1}],"restockAt":"L1"}""",
            """{"action":"CancelLines","reason":"r","lines":[{"sku":"A","quantity":1}]}""",
            """{"action":"Reroute","reason":"r","location":"L2"}""",
            """{"action":"Substitute","reason":"r","lines":[{"sku":"A","quantity":1,"substitute":"B"}],"consent":true}""",
            """{"action":"ChangeAddress","reason":"r","shipTo":{"addressReference":"a"}}""",
            """{"action":"Hold","reason":"r"}""",
            """{"action":"Release","reason":"r"}""",
        };

    [Theory, MemberData(nameof(Right))]
    public void What_each_action_needs_is_enough(string json) =>
        Assert.Empty((JsonSerializer.Deserialize(json, OrderActionsJson.Default.OrderActionRequest)! with { RequestedBy = "ada" }).Check());

    [Theory]
    [InlineData("Cancel")]
    [InlineData("Refund")]
    [InlineData("Hold")]
    public void Lines_that_are_null_are_none(string action)
    {
        var request = JsonSerializer.Deserialize(
            $$"""{"action":"{{action}}","reason":"r","lines":null}""",
            OrderActionsJson.Default.OrderActionRequest
        )! with
        {
            RequestedBy = "ada",
        };
        Assert.Empty(request.Check());
        Assert.True(request.Review(Given.Placed()).Feasibility.Possible);
    }

    [Fact]
    public void Every_mistake_is_told_at_once_and_a_long_list_is_not_read_to_its_end()
    {
        var request = Asked.For(OrderActionKind.CancelLines, [.. Enumerable.Range(0, 501).Select(i => Asked.Units($"A{i}", 0))]) with
        {
            Reason = "",
            RequestedBy = "",
            Amount = 1,
            Location = Asked.L1,
        };
        var fields = request.Check().Select(static r => r.Field).ToList();
        Assert.Superset(
            new HashSet<string> { "reason", "requestedBy", "amount", "location", "lines", "lines[499].quantity" },
            fields.ToHashSet()
        );
        Assert.DoesNotContain("lines[500].quantity", fields);
    }

    [Theory]
    [InlineData("7")]
    [InlineData("\"Delete\"")]
    [InlineData("null")]
    public void There_are_no_other_actions(string action) =>
        Assert.Throws<JsonException>(() =>
            JsonSerializer.Deserialize($$"""{"action":{{action}},"reason":"r"}""", OrderActionsJson.Default.OrderActionRequest)
        );
}
