using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Stockgate.Domain;
using Stockgate.Domain.Ingest;
using Stockgate.Domain.Ingest.Shopify;
using Stockgate.TestSupport;

namespace Stockgate.Benchmarks.Mapping;

/// <summary>A Shopify order of twenty lines becomes a canonical event that is held to its rules.</summary>
[MemoryDiagnoser]
public class MappingBenchmark
{
    private const int Lines = 20;

    private static readonly DateTimeOffset Now = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    private readonly ShopifyTranslator translator = new(
        new ChannelShop(new ChannelId("shop"), new LocationId("online"), new Dictionary<string, string>(), Currency.Parse("USD"))
    );

    private readonly byte[] body = Order();
    private JsonDocument parsed = null!;

    [GlobalSetup]
    public void Parse()
    {
        parsed = JsonDocument.Parse(body);
        if (Translated().Events.Count == 0)
            throw new InvalidOperationException($"{Translated().Rejection}");
    }

    [Benchmark(Baseline = true)]
    public JsonElement Parsed()
    {
        using var document = JsonDocument.Parse(body);
        return document.RootElement;
    }

    [Benchmark]
    public Translation Translated() => translator.Translate(ShopifyTopics.OrdersCreate, parsed.RootElement, null, Now, null);

    [Benchmark]
    public Translation ParsedAndTranslated()
    {
        using var document = JsonDocument.Parse(body);
        return translator.Translate(ShopifyTopics.OrdersCreate, document.RootElement, null, Now, null);
    }

    /// <summary>Adds the figures to the report.</summary>
    public static void Run(StringBuilder text)
    {
        // In this process: another one would be built with packages from the network.
        var config = ManualConfig
            .CreateEmpty()
            .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
            .AddDiagnoser(BenchmarkDotNet.Diagnosers.MemoryDiagnoser.Default)
            .AddLogger(ConsoleLogger.Default);
        foreach (var report in BenchmarkRunner.Run<MappingBenchmark>(config).Reports)
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"| a Shopify order of {Lines} lines, {report.BenchmarkCase.Descriptor.WorkloadMethod.Name} | {report.ResultStatistics!.Mean / 1000:0.0} µs, {report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) / 1024.0:0.0} KiB | | |"
            );
    }

    // The order of Shopify's own documentation with its first line twenty times.
    private static byte[] Order()
    {
        var file = SharedData.Find("webhooks/shopify/order.json") ?? throw new FileNotFoundException("shared/data is not there.");
        var order = JsonNode.Parse(File.ReadAllText(file))!["order"]!.DeepClone().AsObject();
        order["cancelled_at"] = null;
        var line = order["line_items"]![0]!;
        order["line_items"] = new JsonArray([.. Enumerable.Range(1, Lines).Select(i => Numbered(line, i))]);
        return Encoding.UTF8.GetBytes(order.ToJsonString());
    }

    private static JsonNode Numbered(JsonNode line, int number)
    {
        var copy = line.DeepClone();
        (copy["id"], copy["sku"]) = (number, $"SKU-{number}");
        return copy;
    }
}
