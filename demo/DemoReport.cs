using Azure.Data.Tables;
using Spectre.Console;
using Stockgate.Demo.Replay;
using Stockgate.Demo.Retail;

namespace Stockgate.Demo;

/// <summary>Prints what went in and what the tables now say.</summary>
internal sealed class DemoReport(Reconciliation reconciliation)
{
    /// <returns>True where everything agrees.</returns>
    public async Task<bool> PrintAsync(Tally sent, TransactionFile? file, Retailer? retailer, CancellationToken cancellationToken)
    {
        var totals = await reconciliation.ReadAsync(cancellationToken);
        var (quarantined, reasons) = await reconciliation.QuarantineAsync(cancellationToken);
        var figures = Reconciliation.Figures(sent, totals, quarantined).Where(static f => f.Sent != 0 || f.Tables != 0).ToList();
        if (file is not null)
        {
            figures.Insert(
                0,
                new ReconciledFigure(
                    "lines of the file",
                    file.Totals.Lines,
                    totals.OrderLines + totals.RefundLines + totals.Movements,
                    quarantined.Lines
                )
            );
            figures.Insert(
                1,
                new ReconciledFigure(
                    "Σ quantity × price of the file",
                    file.Totals.Money,
                    totals.Gross - totals.Refunded + totals.MovementValue,
                    quarantined.Money
                )
            );
            figures.Insert(
                2,
                new ReconciledFigure(
                    "invoices of the file",
                    file.Totals.Invoices,
                    sent.Orders + sent.Refunds + sent.Movements - quarantined.Records,
                    quarantined.Records
                )
            );
            figures.Insert(
                3,
                new ReconciledFigure("cancellations of the file", file.Totals.Cancellations, totals.Refunds, quarantined.Refunds)
            );
            figures.Insert(4, new ReconciledFigure("customers of the file", file.Totals.Customers, totals.Customers, 0));
        }
        if (retailer is not null)
            figures.Add(await ShelvesAsync(retailer, cancellationToken));

        var table = new Table()
            .Border(TableBorder.Rounded)
            .AddColumn("")
            .AddColumn(new TableColumn("sent").RightAligned())
            .AddColumn(new TableColumn("in the tables").RightAligned())
            .AddColumn(new TableColumn("in quarantine").RightAligned())
            .AddColumn("");
        foreach (var figure in figures)
            table.AddRow(
                Markup.Escape(figure.Name),
                Reconciliation.Text(figure.Sent),
                Reconciliation.Text(figure.Tables),
                Reconciliation.Text(figure.Quarantined),
                figure.Agrees ? "[green]agrees[/]" : "[red]differs[/]"
            );
        AnsiConsole.Write(table);
        AnsiConsole.MarkupLineInterpolated(
            $"[grey]{totals.Positions:#,0} stock positions, {totals.SalesDays:#,0} days of sales by SKU and location, {totals.QuarantinedRecords:#,0} records in quarantine:[/]"
        );
        foreach (var (reason, count) in reasons)
            AnsiConsole.MarkupLineInterpolated($"[grey]  {count, 6:#,0} × {reason}[/]");
        return figures.TrueForAll(static f => f.Agrees);
    }

    // Every shelf of the retailer's own books against the tables' available to promise.
    private async Task<ReconciledFigure> ShelvesAsync(Retailer retailer, CancellationToken cancellationToken)
    {
        var agreeing = 0;
        await foreach (
            var row in reconciliation.Tables.Stock.QueryAsync<TableEntity>(
                select: ["Sku", "Location", "AvailableToPromise"],
                cancellationToken: cancellationToken
            )
        )
            if (
                row.GetString("AvailableToPromise") is { } available
                && retailer.Available.TryGetValue((row.GetString("Sku"), row.GetString("Location")), out var expected)
                && decimal.Parse(available, System.Globalization.CultureInfo.InvariantCulture) == expected
            )
                agreeing++;
        return new ReconciledFigure("shelves whose stock agrees with the retailer's books", retailer.Available.Count, agreeing, 0);
    }
}
