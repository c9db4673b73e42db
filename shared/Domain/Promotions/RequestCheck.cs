namespace Stockgate.Domain.Promotions;

/// <summary>The rules that a posted promotion must keep. Whatever JSON can hold is survived here, nulls too.</summary>
internal static class RequestCheck
{
    public static void Run(PromotionRequest request, Findings findings)
    {
        Texts(request, findings);
        Items(request, findings);
        if (request.Discount is null)
            findings.Add("discount", "is missing");
        else
            request.Discount.Check(findings);
        Channels(request, findings);
        Regions(request.Regions ?? [], findings);
        if (request.Window is null)
            findings.Add("window", "is missing");
        else
            request.Window.Check(findings);
        if (request.ExpectedUplift is { } uplift)
            findings.Within("expectedUplift", uplift, 1, PromotionLimits.Uplift);
        findings.Within("priority", request.Priority, 0, PromotionLimits.Priority);
        if (!Enum.IsDefined(request.Stacking))
            findings.Add("stacking", $"is {request.Stacking}; give one of {string.Join(", ", Enum.GetNames<Stacking>())}");
        if (request.Budget is { } budget)
            BudgetOf(budget, findings);
        FundingOf(request.Funding ?? [], findings);
        Currencies(request, findings);
    }

    private static void Texts(PromotionRequest request, Findings findings)
    {
        if (request.Name is { Length: > PromotionLimits.Name } name)
            findings.Add("name", $"has {name.Length} characters; at most {PromotionLimits.Name} are allowed");
        else
            findings.Add(Rules.Text("name", request.Name));
        findings.Add(Rules.Text("requestedBy", request.RequestedBy));
    }

    private static void Items(PromotionRequest request, Findings findings)
    {
        var (items, categories, excluded) = (request.Items ?? [], request.Categories ?? [], request.ExcludedItems ?? []);
        if (items.Count == 0 && categories.Count == 0)
            findings.Add("items", "is empty, and so is categories; name at least one SKU or category");
        findings.Ids("items", items, PromotionLimits.Skus);
        findings.Ids("categories", categories, PromotionLimits.Categories);
        findings.Ids("excludedItems", excluded, PromotionLimits.Skus);
        if (excluded.Count > 0 && categories.Count == 0)
            findings.Add("excludedItems", "applies to categories only, and categories is empty; remove the SKUs from items instead");
        var named = items.ToHashSet();
        for (var i = 0; i < Math.Min(excluded.Count, PromotionLimits.Skus); i++)
            if (excluded[i].Value is not null && named.Contains(excluded[i]))
                findings.Add($"excludedItems[{i}]", "is in items too; remove it from one of them");
    }

    private static void Channels(PromotionRequest request, Findings findings)
    {
        if (request.Channels is null or { Count: 0 })
            findings.Add("channels", "is empty; name at least one sales channel");
        findings.Ids("channels", request.Channels, PromotionLimits.Channels);
    }

    private static void Regions(IReadOnlyList<PromotionRegion> regions, Findings findings)
    {
        if (regions.Count == 0)
            findings.Add("regions", "is empty; name at least one region");
        findings.Count("regions", regions.Count, PromotionLimits.Regions);
        var (seen, placed) = (new Dictionary<RegionId, int>(), new Dictionary<LocationId, int>());
        for (var i = 0; i < Math.Min(regions.Count, PromotionLimits.Regions); i++)
        {
            var field = $"regions[{i}]";
            if (regions[i] is not { } region)
            {
                findings.Add(field, "is null");
                continue;
            }
            if (Identifier.Mistake(region.Region.Value) is { } mistake)
                findings.Add($"{field}.region", mistake);
            else if (!seen.TryAdd(region.Region, i))
                findings.Add($"{field}.region", $"duplicates regions[{seen[region.Region]}].region; merge the two entries");
            var (stores, warehouses) = (region.Stores ?? [], region.Warehouses ?? []);
            if (stores.Count == 0 && warehouses.Count == 0)
                findings.Add(field, "has neither stores nor warehouses; name at least one, or remove the region");
            findings.Ids($"{field}.stores", stores, PromotionLimits.Locations);
            findings.Ids($"{field}.warehouses", warehouses, PromotionLimits.Locations);
            for (var j = 0; j < Math.Min(stores.Count, PromotionLimits.Locations); j++)
                // What stands twice in one region was found above. A store of two regions would be launched twice, and counted twice for
                // its stock.
                if (stores[j].Value is not null && !placed.TryAdd(stores[j], i) && placed[stores[j]] != i)
                    findings.Add($"{field}.stores[{j}]", $"is a store of regions[{placed[stores[j]]}] too; a store is in one region");
        }
    }

    private static void BudgetOf(Budget budget, Findings findings)
    {
        if (budget.TotalDiscount is { } total)
            findings.Positive("budget.totalDiscount", total);
        if (budget.Redemptions is <= 0)
            findings.Add("budget.redemptions", $"is {budget.Redemptions}; it must be above zero");
        if (budget.PerCustomer is <= 0)
            findings.Add("budget.perCustomer", $"is {budget.PerCustomer}; it must be above zero");
        else if (budget.PerCustomer > budget.Redemptions)
            findings.Add("budget.perCustomer", $"is {budget.PerCustomer}, above the {budget.Redemptions} redemptions of all customers");
    }

    private static void FundingOf(IReadOnlyList<FundingAgreement> funding, Findings findings)
    {
        findings.Count("funding", funding.Count, PromotionLimits.FundingAgreements);
        var seen = new Dictionary<(SupplierId, string), int>();
        for (var i = 0; i < Math.Min(funding.Count, PromotionLimits.FundingAgreements); i++)
        {
            var field = $"funding[{i}]";
            if (funding[i] is not { } agreement)
            {
                findings.Add(field, "is null");
                continue;
            }
            var (supplier, reference) = (Identifier.Mistake(agreement.Supplier.Value), Identifier.Mistake(agreement.Reference));
            if (supplier is not null)
                findings.Add($"{field}.supplier", supplier);
            if (reference is not null)
                findings.Add($"{field}.reference", reference);
            if (supplier is null && reference is null && !seen.TryAdd((agreement.Supplier, agreement.Reference), i))
                findings.Add(
                    $"{field}.reference",
                    $"duplicates funding[{seen[(agreement.Supplier, agreement.Reference)]}]; its caps would count twice"
                );
            findings.Positive($"{field}.perUnit", agreement.PerUnit);
            if (agreement.CapUnits is { } units)
                findings.Add(Rules.Positive($"{field}.capUnits", units));
            if (agreement.CapMoney is { } money)
                findings.Positive($"{field}.capMoney", money);
        }
    }

    private static void Currencies(PromotionRequest request, Findings findings)
    {
        if (request.Currency == default)
            findings.Add("currency", "is missing; give an ISO 4217 code such as GBP");
        IEnumerable<(string Field, Money? Amount)> amounts =
        [
            .. (request.Discount?.Amounts ?? []).Select(static a => (a.Field, (Money?)a.Amount)),
            ("budget.totalDiscount", request.Budget?.TotalDiscount),
            .. (request.Funding ?? [])
                .Take(PromotionLimits.FundingAgreements)
                .SelectMany(static (f, i) => new[] { ($"funding[{i}].perUnit", f?.PerUnit), ($"funding[{i}].capMoney", f?.CapMoney) }),
        ];
        foreach (var (field, amount) in amounts)
            if (amount is { } money && money.Currency != request.Currency)
                findings.Add(
                    $"{field}.currency",
                    $"is {money.Currency.Code ?? "missing"}; every amount of the promotion must be in {request.Currency}"
                );
    }
}
