using Stockgate.Domain.Events;
using Stockgate.Domain.Promotions;

namespace Stockgate.Domain.Orders.Actions;

/// <summary>The rules that a posted action must keep, whatever the order is. Whatever JSON can hold is survived here, nulls too.</summary>
internal static class OrderActionCheck
{
    public static void Run(OrderActionRequest request, Findings findings)
    {
        if (!Enum.IsDefined(request.Action))
            findings.Add("action", $"is {request.Action}; give one of {string.Join(", ", Enum.GetNames<OrderActionKind>())}");
        findings.Add(Rules.Text("reason", request.Reason));
        findings.Add(Rules.Text("requestedBy", request.RequestedBy));
        Lines(request, findings);
        Amount(request, findings);
        Member(request, findings, "location", request.Location is not null, request.Action == OrderActionKind.Reroute, required: true);
        Member(request, findings, "shipTo", request.ShipTo is not null, request.Action == OrderActionKind.ChangeAddress, required: true);
        Member(
            request,
            findings,
            "restockAt",
            request.RestockAt is not null,
            request is { Action: OrderActionKind.Refund, Lines.Count: > 0 },
            required: false
        );
        Member(request, findings, "consent", request.Consent, request.Action == OrderActionKind.Substitute, required: false);
        if (request.Location is { } location && Identifier.Mistake(location.Value) is { } mistake)
            findings.Add("location", mistake);
        if (request.RestockAt is { } restock && Identifier.Mistake(restock.Value) is { } wrong)
            findings.Add("restockAt", wrong);
        foreach (var rejection in request.ShipTo?.Mistakes("shipTo") ?? [])
            findings.Add(rejection);
    }

    private static void Member(OrderActionRequest request, Findings findings, string field, bool given, bool belongs, bool required)
    {
        if (given && !belongs)
            findings.Add(
                field,
                $"does not belong to {request.Action}{(field == "restockAt" && request.Action == OrderActionKind.Refund ? " without lines" : "")}; leave it out"
            );
        else if (required && belongs && !given)
            findings.Add(field, $"is required for {request.Action}");
    }

    private static void Lines(OrderActionRequest request, Findings findings)
    {
        var lines = request.Lines ?? [];
        var needed = request.Action is OrderActionKind.CancelLines or OrderActionKind.Substitute;
        Member(
            request,
            findings,
            "lines",
            lines.Count > 0,
            needed || request.Action is OrderActionKind.Refund or OrderActionKind.Reroute,
            needed
        );
        findings.Count("lines", lines.Count, OrderActionRequest.MostLines);
        var seen = new Dictionary<(Sku, Sku?), int>();
        for (var i = 0; i < Math.Min(lines.Count, OrderActionRequest.MostLines); i++)
        {
            var field = $"lines[{i}]";
            if (lines[i] is not { } line)
            {
                findings.Add(field, "is null");
                continue;
            }
            if (Sku.Mistake(line.Sku.Value, out _) is { } mistake)
                findings.Add($"{field}.sku", mistake);
            else if (!seen.TryAdd((line.Sku, line.Substitute), i))
                findings.Add($"{field}.sku", $"is lines[{seen[(line.Sku, line.Substitute)]}].sku again; merge their quantities");
            findings.Add(Rules.Positive($"{field}.quantity", line.Quantity));
            if (request.Action != OrderActionKind.Substitute)
            {
                if (line.Substitute is not null)
                    findings.Add($"{field}.substitute", $"does not belong to {request.Action}; leave it out");
            }
            else if (line.Substitute is not { } substitute)
                findings.Add($"{field}.substitute", "is missing; name the substitute article");
            else if (Sku.Mistake(substitute.Value, out _) is { } wrong)
                findings.Add($"{field}.substitute", wrong);
            else if (substitute == line.Sku)
                findings.Add($"{field}.substitute", $"is {substitute}, the article itself");
        }
    }

    private static void Amount(OrderActionRequest request, Findings findings)
    {
        Member(request, findings, "amount", request.Amount is not null, request.Action == OrderActionKind.Refund, required: false);
        Member(request, findings, "currency", request.Currency is not null, request.Action == OrderActionKind.Refund, required: false);
        if (request.Amount is not { } amount)
            return;
        if (request.Lines is { Count: > 0 })
            findings.Add("amount", "and lines are both given; refund either an amount or units");
        if (amount <= 0)
            findings.Add("amount", $"is {amount}; it must be above zero");
        else
            findings.Add(Rules.Bounded("amount", amount));
        // No currency has more than three decimals; the order determines the currency.
        var money = new Money(amount, request.Currency ?? default);
        if (request.Currency is not null ? !money.Payable : decimal.Round(amount, 3) != amount)
            findings.Add(
                "amount",
                request.Currency is { } currency
                    ? $"is {amount}; {currency} has {currency.MinorUnits} decimals"
                    : $"is {amount}; no currency has more than 3 decimals"
            );
    }
}
