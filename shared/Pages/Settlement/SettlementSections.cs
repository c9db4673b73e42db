using Stockgate.Domain;
using Stockgate.Domain.Promotions;
using Stockgate.Domain.Promotions.Settlement;
using Stockgate.Pages.Charts;
using Stockgate.Pages.Formats;
using Stockgate.Pages.Parts;

namespace Stockgate.Pages.Settlement;

/// <summary>The sections of a settlement's page, each with its figures in a table.</summary>
internal static class SettlementSections
{
    private const int ChartRows = 12,
        ItemRows = 100,
        ExceptionRows = 100,
        TableDays = 62;

    public static IReadOnlyList<ReportPart> Of(SettlementReport report)
    {
        var page = new List<ReportPart>();
        Regions(page, report);
        Days(page, report);
        MoneyFlow(page, report);
        Agreements(page, report);
        Availability(page, report);
        Neighbours(page, report);
        Items(page, report);
        History(page, report);
        return page;
    }

    private static void Regions(List<ReportPart> page, SettlementReport report)
    {
        if (report.Regions.Count == 0)
            return;
        var shown = report
            .Regions.OrderByDescending(static r => Math.Max(r.Figures.Units.Value, r.Figures.Planned.Value))
            .Take(ChartRows)
            .ToList();
        var chart = BarChart.Of(
            "regions",
            "Units by region: sold and planned",
            Join(
                shown.Select(static r =>
                    $"{r.Region}: {Figures.Number(r.Figures.Units.Value)} sold, {Quantities.Planned(r.Figures.Planned)}"
                )
            ),
            [
                .. shown.Select(static r => new BarRow(
                    r.Region.Value,
                    Quantities.Against(r.Figures.Units, r.Figures.Planned),
                    new Bar(0, r.Figures.Units.Value, "fa"),
                    new Bar(0, r.Figures.Planned.Value, "fb")
                )),
            ]
        );
        Section(
            page,
            "Units by region",
            chart,
            Key(("fa", "sold"), ("fb", "planned")),
            Table(
                "Units, margin after funding",
                ["Region", "Sold", "Planned", "Uplift", "Margin"],
                report.Regions.Select(static r =>
                    new[]
                    {
                        r.Region.Value,
                        Figures.Number(r.Figures.Units.Value),
                        Figures.Number(decimal.Round(r.Figures.Planned.Value, 1)),
                        Factor(r.Figures.Uplift),
                        Amounts.Payable(r.Figures.Margin),
                    }
                )
            )
        );
    }

    private static void Days(List<ReportPart> page, SettlementReport report)
    {
        if (report.Days.Count == 0)
            return;
        var chart = new LineChart(
            "days",
            "Units per day, against usual sales",
            Join(
                report
                    .Days.Take(TableDays)
                    .Select(static d =>
                        $"{Dates.Day(d.Day)}: {Figures.Number(d.Units.Value)} sold, {Figures.Number(decimal.Round(d.Baseline.Value, 1))} usual"
                    )
            )
        )
        {
            Solid = [.. report.Days.Select(static d => d.Units.Value)],
            Dashed = [.. report.Days.Select(static d => d.Baseline.Value)],
            First = Dates.Day(report.Days[0].Day),
            Last = Dates.Day(report.Days[^1].Day),
            Number = Amounts.Compact,
        }.Draw();
        Section(
            page,
            "Units per day",
            chart,
            Key(("fa", "sold"), ("fb", "usual sales (broken line)")),
            Table(
                report.Days.Count > TableDays ? $"The last {TableDays} days; days are UTC" : "Days are UTC",
                ["Day", "Sold", "Usual"],
                report
                    .Days.TakeLast(TableDays)
                    .Select(static d =>
                        new[] { Dates.Day(d.Day), Figures.Number(d.Units.Value), Figures.Number(decimal.Round(d.Baseline.Value, 1)) }
                    )
            )
        );
    }

    private static void MoneyFlow(List<ReportPart> page, SettlementReport report)
    {
        var (f, rows) = (report.Whole, new List<(string Label, decimal Amount, Bar Bar)>());
        var at = f.Revenue.Amount;
        rows.Add(("At regular prices", f.AtRegular.Amount, new Bar(0, f.AtRegular.Amount, "fb")));
        rows.Add(("Discount", -f.Discount.Amount, new Bar(f.AtRegular.Amount, at, "fd")));
        rows.Add(("Revenue", at, new Bar(0, at, "fa")));
        if (f.Uncosted.Amount != 0)
            Step("Cost not known", -f.Uncosted.Amount, "fb");
        Step("Cost of goods", -f.Cost.Amount, "fd");
        Step("Supplier funding", f.Funding.Amount, "fu");
        rows.Add(("Margin", f.Margin.Amount, new Bar(0, f.Margin.Amount, f.Margin.Amount < 0 ? "fd" : "fa")));
        var chart = BarChart.Of(
            "money",
            "From regular prices to margin",
            Join(rows.Select(r => $"{r.Label} {Amounts.Payable(new Money(r.Amount, report.Currency))}")),
            [.. rows.Select(static r => new BarRow(r.Label, Amounts.Compact(r.Amount), r.Bar))]
        );
        Section(
            page,
            "Where the money went",
            chart,
            [],
            Table(
                $"In {report.Currency}",
                ["Step", "Money"],
                rows.Select(r => new[] { r.Label, Amounts.Payable(new Money(r.Amount, report.Currency)) })
            ),
            note: report.Budget is { } budget ? BudgetIn(budget) : null
        );

        void Step(string label, decimal amount, string style)
        {
            rows.Add((label, amount, new Bar(at, at + amount, style)));
            at += amount;
        }
    }

    private static void Agreements(List<ReportPart> page, SettlementReport report)
    {
        if (report.Funding.Count == 0)
            return;
        var chart = BarChart.Of(
            "funding",
            "Supplier funding: accrued, claimed, recovered",
            Join(
                report.Funding.Select(static f =>
                    $"{f.Supplier} {f.Reference}: accrued {Amounts.Payable(f.Accrued)}, claimed {Amounts.Payable(f.Claimed)}, recovered {Amounts.Payable(f.Recovered)}"
                )
            ),
            [
                .. report.Funding.Select(static f => new BarRow(
                    $"{f.Supplier} {f.Reference}",
                    f.Claimed.Amount == 0
                        ? "nothing claimed"
                        : $"{Amounts.Compact(f.Recovered.Amount)} of {Amounts.Compact(f.Claimed.Amount)} paid",
                    new Bar(0, f.Accrued.Amount, "fb"),
                    new Bar(0, f.Claimed.Amount, "fa"),
                    new Bar(0, f.Recovered.Amount, "fu")
                )),
            ]
        );
        Section(
            page,
            "Supplier funding",
            chart,
            Key(("fb", "accrued"), ("fa", "claimed"), ("fu", "recovered")),
            Table(
                "No unit is claimed under two agreements",
                ["Agreement", "Units", "Accrued", "Claimed", "Recovered", "Open"],
                report.Funding.Select(static f =>
                    new[]
                    {
                        $"{f.Supplier} {f.Reference}",
                        Figures.Number(f.Units.Value),
                        Figures.Number(f.Accrued.Amount),
                        Amounts.Payable(f.Claimed),
                        Amounts.Payable(f.Recovered),
                        Amounts.Payable(f.Open),
                    }
                )
            ),
            wide: true
        );
    }

    private static void Availability(List<ReportPart> page, SettlementReport report)
    {
        var looks = report.Samples.Where(static s => s.ItemLocations > 0).ToList();
        if (looks.Count == 0 || report.Availability is not { } whole)
            return;
        var days = looks
            .GroupBy(static s => DateOnly.FromDateTime(s.At.UtcDateTime))
            .Select(static d =>
                (Day: d.Key, Share: (decimal)d.Sum(static s => s.InStock) / d.Sum(static s => s.ItemLocations), Looks: d.Count())
            )
            .ToList();
        var chart = new LineChart(
            "stock",
            "Share of items in stock",
            Join(days.Take(TableDays).Select(static d => $"{Dates.Day(d.Day)}: {Shares.Reached(d.Share)}"))
        )
        {
            Solid = [.. looks.Select(static s => (decimal)s.InStock / s.ItemLocations * 100)],
            First = Dates.Bare(looks[0].At),
            Last = Dates.Bare(looks[^1].At),
            Number = static v => $"{Figures.Number(decimal.Round(v))} %",
            Highest = 100,
        }.Draw();
        Section(
            page,
            $"In stock: {Shares.Reached(whole)}",
            chart,
            [],
            Table(
                "Share of items and locations that had something to sell; days are UTC",
                ["Day", "In stock", "Looks"],
                days.TakeLast(TableDays).Select(static d => new[] { Dates.Day(d.Day), Shares.Reached(d.Share), Figures.Number(d.Looks) })
            )
        );
    }

    private static void Neighbours(List<ReportPart> page, SettlementReport report)
    {
        if (report.Cannibalisation.Count == 0)
            return;
        Section(
            page,
            "What it took from other items",
            Table(
                "Items of the same categories that were not on promotion",
                ["Category", "Items", "Sold", "Usual", "Lost units", "Lost margin"],
                report.Cannibalisation.Select(static c =>
                    new[]
                    {
                        c.Category,
                        Figures.Number(c.Items),
                        Figures.Number(c.Units.Value),
                        Figures.Number(decimal.Round(c.Baseline.Value, 1)),
                        Figures.Number(decimal.Round(c.Lost.Value, 1)),
                        c.LostMargin is { } lost ? Amounts.Payable(lost) : "not known",
                    }
                )
            )
        );
    }

    private static void Items(List<ReportPart> page, SettlementReport report)
    {
        if (report.Items.Count == 0)
            return;
        var caption =
            report.Items.Count > ItemRows
                ? $"The {ItemRows} of {Figures.Number(report.Items.Count)} with the highest revenue; settlement.csv has all"
                : "By revenue";
        Section(
            page,
            "Items",
            Table(
                caption,
                ["Item", "Sold", "Returned", "Planned", "Uplift", "Revenue", "Discount", "Funding", "Margin"],
                report
                    .Items.Take(ItemRows)
                    .Select(static i =>
                        new[]
                        {
                            i.Title is null ? i.Sku.Value : $"{i.Sku} {i.Title}",
                            Figures.Number(i.Figures.Units.Value),
                            Figures.Number(i.Figures.Returned.Value),
                            Figures.Number(decimal.Round(i.Figures.Planned.Value, 1)),
                            Factor(i.Figures.Uplift),
                            Amounts.Payable(i.Figures.Revenue),
                            Amounts.Payable(i.Figures.Discount),
                            Amounts.Payable(i.Figures.Funding),
                            i.Figures.Uncosted.Amount != 0 ? "cost not known" : Amounts.Payable(i.Figures.Margin),
                        }
                    )
            )
        );
    }

    private static void History(List<ReportPart> page, SettlementReport report)
    {
        if (report.Timeline.Count > 0)
            Section(
                page,
                "What happened",
                Table(
                    "Times are UTC",
                    ["When", "To", "By", "Why"],
                    report.Timeline.Select(static t => new[] { Dates.Bare(t.At), Codes.Capital(Codes.Of(t.To)), t.By, t.Reason }),
                    texts: true
                )
            );
        if (report.Exceptions.Count > 0)
            Section(
                page,
                "Exceptions",
                Table(
                    report.Exceptions.Count > ExceptionRows
                        ? $"The first {ExceptionRows} of {Figures.Number(report.Exceptions.Count)}; settlement.json has all"
                        : "Times are UTC",
                    ["When", "What", "Where", "Closed"],
                    report
                        .Exceptions.Take(ExceptionRows)
                        .Select(static e =>
                            new[]
                            {
                                Dates.Bare(e.At),
                                $"{Codes.Capital(Codes.Words(e.Type))}: {Codes.Words(e.What)}",
                                e.Subject,
                                e.ResolvedAt is { } closed ? Dates.Bare(closed) : "open",
                            }
                        ),
                    texts: true
                )
            );
    }

    private static string BudgetIn(BudgetUse use) =>
        "Budget: "
        + string.Join(
            ", ",
            new[]
            {
                $"{Amounts.Payable(use.Given)} given away" + (use.Budget.TotalDiscount is { } most ? $" of {Amounts.Payable(most)}" : ""),
                $"{Quantities.Of(use.Redemptions, "redemption")}"
                    + (use.Budget.Redemptions is { } count ? $" of {Figures.Number(count)}" : ""),
            }
        )
        + ".";

    private static void Section(
        List<ReportPart> page,
        string title,
        string chart,
        (string, string)[] key,
        ReportTable table,
        bool wide = false,
        string? note = null
    ) =>
        page.Add(
            new(title, table)
            {
                Chart = chart,
                Key = key,
                Wide = wide,
                Note = note,
            }
        );

    private static void Section(List<ReportPart> page, string title, ReportTable table) => page.Add(new(title, table));

    private static (string, string)[] Key(params (string, string)[] series) => series;

    private static ReportTable Table(string caption, string[] columns, IEnumerable<string[]> rows, bool texts = false) =>
        new(caption, columns, rows, texts);

    private static string Join(IEnumerable<string> parts) => string.Join("; ", parts) + ".";

    private static string Factor(decimal? factor) => factor is { } f ? $"{Figures.Number(decimal.Round(f, 2))} ×" : "–";
}
