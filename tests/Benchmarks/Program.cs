using System.Globalization;
using System.Text;
using Stockgate.Benchmarks;
using Stockgate.Demo.Local;
using Stockgate.Local.Run;

if (args is [BareEndpoint.Argument, var port])
{
    await BareEndpoint.ServeAsync(int.Parse(port, CultureInfo.InvariantCulture));
    return;
}

// One part alone, for looking closer at it.
bool Wanted(string part) => args is [] || args.Contains(part);

// "forecasts 1941": the four weeks behind another day.
var days = args is [.., var last] && int.TryParse(last, CultureInfo.InvariantCulture, out var known) ? known : 1913;
if (
    args.Except([
            "accept",
            "project",
            "durable",
            "broker",
            "promotions",
            "forecasts",
            "prices",
            "mapping",
            days.ToString(CultureInfo.InvariantCulture),
        ])
        .FirstOrDefault() is
    { } unknown
)
{
    Console.Error.WriteLine(
        $"There is no part '{unknown}'. Parts: accept, project, durable, broker, promotions, forecasts, prices, mapping; none for all."
    );
    Environment.Exit(2);
}
var root = Repository.Root();
var state = Path.Combine(root, ".stockgate", "benchmarks");
if (Directory.Exists(state))
    Directory.Delete(state, recursive: true);

var text = new StringBuilder().AppendLine("| | figure | ceiling in the same run | ratio |").AppendLine("|---|---:|---:|---:|");

// Before all else: its peak of memory is the process's.
if (Wanted("promotions"))
    await Report.PromotionsAsync(text, root);
if (Wanted("forecasts"))
    Report.Forecasts(text, root, days);
if (Wanted("prices"))
    Stockgate.Benchmarks.Pricing.PriceBenchmark.Run(text);
if (Wanted("mapping"))
    Stockgate.Benchmarks.Mapping.MappingBenchmark.Run(text);
if (Wanted("accept"))
    await Report.AcceptAsync(text, root, state);
if (Wanted("project"))
    await Report.ProjectAsync(text, root, state);
if (Wanted("durable"))
    await Report.DurableAsync(text, root, Path.Combine(state, "durable"));
if (Wanted("broker"))
    await Report.BrokerAsync(root, Path.Combine(state, "broker"));
Console.WriteLine();
Console.Write(text);
