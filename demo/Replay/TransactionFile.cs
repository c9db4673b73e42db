using System.Globalization;
using System.IO.Compression;
using CsvHelper;
using Stockgate.Demo.Local;
using Stockgate.Local.Run;

namespace Stockgate.Demo.Replay;

/// <summary>A line of a transaction file.</summary>
public sealed record TransactionLine(
    string InvoiceNo,
    string StockCode,
    string Description,
    decimal Quantity,
    DateTimeOffset InvoiceDate,
    decimal UnitPrice,
    string CustomerId,
    string Country
);

/// <summary>An invoice with all of its lines.</summary>
public sealed record Invoice(string Number, IReadOnlyList<TransactionLine> Lines);

/// <summary>
/// A file with the columns of UCI Online Retail (https://archive.ics.uci.edu/dataset/352/online+retail), csv or csv.gz. It is read twice:
/// first to count the lines of each invoice, then to hand each invoice out when its last line was read, so that no more than the open
/// invoices is held in memory, wherever in the file their lines stand.
/// </summary>
public sealed class TransactionFile
{
    private static readonly string[] Columns =
    [
        "InvoiceNo",
        "StockCode",
        "Description",
        "Quantity",
        "InvoiceDate",
        "UnitPrice",
        "CustomerID",
        "Country",
    ];

    private readonly string path;
    private readonly Dictionary<string, int> linesOf = new(StringComparer.Ordinal);

    private TransactionFile(string path) => this.path = path;

    public FileTotals Totals { get; private set; } = new();

    /// <exception cref="LocalSetupException">The file is missing, not gzip though its name says so, lacks a column, or has a line that
    /// can't be read; the message names the line.</exception>
    public static TransactionFile Open(string path)
    {
        if (!File.Exists(path))
            throw new LocalSetupException($"There is no file {path}.");
        var file = new TransactionFile(path);
        var customers = new HashSet<string>(StringComparer.Ordinal);
        var totals = new FileTotals();
        foreach (var line in file.Lines())
        {
            file.linesOf[line.InvoiceNo] = file.linesOf.GetValueOrDefault(line.InvoiceNo) + 1;
            if (line.CustomerId.Length > 0)
                customers.Add(line.CustomerId);
            totals = totals with { Lines = totals.Lines + 1, Money = totals.Money + line.Quantity * line.UnitPrice };
        }
        if (totals.Lines == 0)
            throw new LocalSetupException($"{path} has no line below its header.");
        file.Totals = totals with
        {
            Invoices = file.linesOf.Count,
            Cancellations = file.linesOf.Keys.Count(InvoiceEvents.IsCancellation),
            Customers = customers.Count,
        };
        return file;
    }

    public IEnumerable<Invoice> Invoices()
    {
        var open = new Dictionary<string, List<TransactionLine>>(StringComparer.Ordinal);
        foreach (var line in Lines())
        {
            if (!open.TryGetValue(line.InvoiceNo, out var lines))
                open[line.InvoiceNo] = lines = [];
            lines.Add(line);
            if (lines.Count < linesOf[line.InvoiceNo])
                continue;
            open.Remove(line.InvoiceNo);
            yield return new Invoice(line.InvoiceNo, lines);
        }
    }

    private IEnumerable<TransactionLine> Lines()
    {
        using var file = File.OpenRead(path);
        using Stream content = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)
            ? new GZipStream(file, CompressionMode.Decompress)
            : file;
        using var csv = CsvReader.Create(
            content,
            new CsvReaderOptions
            {
                Separator = ',',
                TrackLineNumbers = true,
                PoolStrings = true,
            },
            leaveOpen: true
        );
        var columns = ReadHeader(csv);
        while (Guarded(csv, csv.Read))
            yield return Line(csv, columns);
    }

    private int[] ReadHeader(CsvReader csv)
    {
        Guarded(
            csv,
            () =>
            {
                csv.ReadHeader();
                return true;
            }
        );
        var headers = csv.Headers ?? [];
        var missing = Columns.Except(headers, StringComparer.Ordinal).ToList();
        if (missing.Count > 0)
            throw new LocalSetupException(
                $"{path} lacks the column{(missing.Count > 1 ? "s" : "")} {string.Join(", ", missing)}; its first line has to name {string.Join(",", Columns)}."
            );
        return [.. Columns.Select(column => headers.ToList().IndexOf(column))];
    }

    private bool Guarded(CsvReader csv, Func<bool> read)
    {
        try
        {
            return read();
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException or FormatException)
        {
            throw new LocalSetupException($"{path} can't be read after line {csv.LineNumber}: {broken.Message}", broken);
        }
    }

    private TransactionLine Line(CsvReader csv, int[] columns)
    {
        string Text(int column) =>
            columns[column] < csv.FieldCount
                ? csv.GetString(columns[column])
                : throw new LocalSetupException(
                    $"{path}, line {csv.LineNumber} has {csv.FieldCount} fields; {Columns[column]} is missing."
                );
        decimal Number(int column) =>
            decimal.TryParse(Text(column), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                ? number
                : throw Unreadable(column, "a number");
        LocalSetupException Unreadable(int column, string what) =>
            new($"{path}, line {csv.LineNumber}: {Columns[column]} is '{Text(column)}', which is not {what}.");

        if (Text(0).Trim().Length == 0)
            throw Unreadable(0, "an invoice number");
        if (!DateTimeOffset.TryParse(Text(4), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date))
            throw Unreadable(4, "a date");
        // Exports that pass through a spreadsheet write customer 17850 as 17850.0.
        var customer = Text(6).Trim() is var raw && raw.EndsWith(".0", StringComparison.Ordinal) ? raw[..^2] : raw;
        return new TransactionLine(Text(0).Trim(), Text(1).Trim(), Text(2).Trim(), Number(3), date, Number(5), customer, Text(7).Trim());
    }
}

/// <summary>What a transaction file holds.</summary>
public sealed record FileTotals
{
    public int Lines { get; init; }

    public int Invoices { get; init; }

    /// <summary>Invoices whose number begins with C.</summary>
    public int Cancellations { get; init; }

    public int Customers { get; init; }

    /// <summary>Σ quantity × unit price.</summary>
    public decimal Money { get; init; }
}
