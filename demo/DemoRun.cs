using System.Diagnostics;
using Spectre.Console;
using Stockgate.Demo.Forecasting;
using Stockgate.Demo.Local;
using Stockgate.Demo.Orders;
using Stockgate.Demo.Partners;
using Stockgate.Demo.Posting;
using Stockgate.Demo.Pricing;
using Stockgate.Demo.Promotions;
using Stockgate.Demo.Replay;
using Stockgate.Demo.Retail;
using Stockgate.Local.Run;

namespace Stockgate.Demo;

/// <summary>One run of the demo: Azurite and the app come up, webhooks go in, the tables are held against what was sent.</summary>
public sealed class DemoRun(DemoOptions options, TimeProvider time)
{
    private readonly Tally sent = new();

    /// <returns>The exit code: 0 where every figure agrees.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var root = Repository.Root();
        var file = options.From is null ? null : TransactionFile.Open(options.From);
        var stateFolder = Path.Combine(root, ".stockgate", $"demo-{options.Port}");
        // Before anything is deleted or started: another demo on this port keeps its files.
        Ports.RequireFree(options.Port);
        using var state = StateFolder.Take(stateFolder, empty: true);

        AnsiConsole.MarkupLine("[grey]Starting Azurite (installed on the first run) and the app …[/]");
        await using var azurite = await AzuriteProcess.StartAsync(root, cancellationToken: cancellationToken);
        var settings = AppSettings.For(stateFolder, options.Port, azurite.ConnectionString);
        var channels = new PartnerSettings();
        await using var partners = await PartnerServer.StartAsync(channels, time: time, cancellationToken: cancellationToken);
        RetailerSettings.AddTo(settings, channels, partners.Address);
        await using var app = await LocalApp.StartAsync(settings, cancellationToken);
        partners.App = app.BaseAddress;
        using var poster = new WebhookPoster(app.BaseAddress, settings, options.Twice, time);
        using var keys = new ClientKeys(app);
        using var client = new ApiClient(app, settings, keys);

        var retailer = new Retailer(options.Seed, Start());
        var started = Stopwatch.GetTimestamp();
        await using var memory = new MemoryWatch(app);
        await AnsiConsole
            .Progress()
            .HideCompleted(false)
            .Columns(
                new TaskDescriptionColumn { Alignment = Justify.Left },
                new ProgressBarColumn(),
                new PercentageColumn(),
                new RemainingTimeColumn()
            )
            .StartAsync(progress =>
                file is null
                    ? PostWeeksAsync(progress, app, poster, retailer, cancellationToken)
                    : PostFileAsync(progress, app, poster, file, cancellationToken)
            );
        var took = Stopwatch.GetElapsedTime(started);
        var (first, second) = memory.Halves();

        var agrees = await new DemoReport(new Reconciliation(azurite.ConnectionString)).PrintAsync(
            sent,
            file,
            file is null ? retailer : null,
            cancellationToken
        );
        AnsiConsole.MarkupLineInterpolated(
            $"[grey]{sent.Records:#,0} records in {took.TotalSeconds:0.0} s. The app's memory at its highest: {first:0} MiB in the first half, {second:0} MiB in the second.[/]"
        );
        var (_, deadLettered) = await app.BacklogAsync(cancellationToken);
        if (deadLettered > 0)
            AnsiConsole.MarkupLineInterpolated($"[red]{deadLettered} messages were dead-lettered; {app.LogFile} says why.[/]");
        if (file is null && agrees)
            agrees = await new PromotionScene(app, client, settings, partners, poster, time).PlayAsync(cancellationToken);
        if (file is null && agrees)
            agrees = await new RefundScene(app, client, settings, partners, poster, time).PlayAsync(cancellationToken);
        if (file is null && agrees)
            agrees = await new ForecastScene(app, client, poster, retailer, time).PlayAsync(cancellationToken);
        if (file is null && agrees)
            agrees = await new PricingScene(app, client, partners, poster, retailer, time).PlayAsync(cancellationToken);
        if (!options.Exit)
            await LeaveRunningAsync(app, client, settings, keys, cancellationToken);
        return agrees && deadLettered == 0 ? 0 : 2;
    }

    private async Task PostFileAsync(
        ProgressContext progress,
        LocalApp app,
        WebhookPoster poster,
        TransactionFile file,
        CancellationToken cancellationToken
    )
    {
        var posting = progress.AddTask(
            $"posting {file.Totals.Lines:#,0} lines of {file.Totals.Invoices:#,0} invoices",
            maxValue: file.Totals.Lines
        );
        var midway = new Midway(app, options.RestartMidway);
        IEnumerable<byte[]> Records()
        {
            foreach (var invoice in file.Invoices())
            {
                foreach (var record in InvoiceEvents.Of(invoice))
                {
                    sent.Add(record);
                    yield return record;
                }
                posting.Increment(invoice.Lines.Count);
                midway.At(posting.Percentage, cancellationToken);
            }
        }
        await new BatchPosting(poster, new BacklogLimit(app)).PostAsync(Records(), cancellationToken);
        await midway.Done;
        await ProjectedAsync(progress, app, cancellationToken);
    }

    private async Task PostWeeksAsync(
        ProgressContext progress,
        LocalApp app,
        WebhookPoster poster,
        Retailer retailer,
        CancellationToken cancellationToken
    )
    {
        var days = options.Weeks * 7;
        var posting = progress.AddTask(
            $"posting {days} days of {Retailer.Products} products at {Retailer.Locations.Count} locations",
            maxValue: days + 1
        );
        var midway = new Midway(app, options.RestartMidway);
        for (var day = -1; day < days; day++)
        {
            var posts = (day < 0 ? retailer.Opening() : retailer.Day(day)).ToList();
            await new BatchPosting(poster).PostAsync(
                posts
                    .Where(static p => p.ShopifyTopic is null)
                    .Select(post =>
                    {
                        sent.Add(post.Body);
                        return post.Body;
                    }),
                cancellationToken
            );
            foreach (var post in posts.Where(static p => p.ShopifyTopic is not null))
                sent.AddShopify(post.ShopifyTopic!, post.Body);
            await Parallel.ForEachAsync(
                posts.Where(static p => p.ShopifyTopic is not null),
                new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = cancellationToken },
                async (post, cancellation) => await poster.PostShopifyAsync(post.ShopifyTopic!, post.Body, cancellation)
            );
            posting.Increment(1);
            midway.At(posting.Percentage, cancellationToken);
        }
        await midway.Done;
        await ProjectedAsync(progress, app, cancellationToken);
    }

    private static async Task ProjectedAsync(ProgressContext progress, LocalApp app, CancellationToken cancellationToken)
    {
        var (most, _) = await app.BacklogAsync(cancellationToken);
        var projecting = progress.AddTask("projecting into the tables", maxValue: Math.Max(1, most));
        for (var left = most; left > 0; )
        {
            await Task.Delay(200, cancellationToken);
            (left, _) = await app.BacklogAsync(cancellationToken);
            // Orders bring ledger entries with them, so that the backlog may grow before it shrinks.
            if (left > projecting.MaxValue)
                projecting.MaxValue = left;
            projecting.Value = projecting.MaxValue - left;
        }
        projecting.Value = projecting.MaxValue;
    }

    // Midnight so many days ago: the figures are the same whenever it runs, and the ages look like today's.
    private DateTimeOffset Start() => new(time.GetUtcNow().UtcDateTime.Date.AddDays(-options.Weeks * 7), TimeSpan.Zero);

    private static async Task LeaveRunningAsync(
        LocalApp app,
        ApiClient client,
        AppSettings settings,
        ClientKeys keys,
        CancellationToken cancellationToken
    )
    {
        var look = $"  curl -H 'Authorization: Bearer {await client.KeyOfAsync(ApiClient.Reader)}'";
        // Plain lines, however narrow the window is: these are to be copied.
        Console.WriteLine();
        Console.WriteLine($"The app runs at {app.BaseAddress} until you press Ctrl+C. Look around as {ApiClient.Reader}, the operator:");
        Console.WriteLine($"{look} {app.BaseAddress}api/v1/inventory/SKU-0001");
        Console.WriteLine($"{look} {app.BaseAddress}api/v1/exceptions");
        Console.WriteLine($"{look} '{app.BaseAddress}api/v1/promotions?all=true'");
        Console.WriteLine("Or follow the README (\"Post your first webhook\") and docs/ in a second terminal; address and keys are in");
        Console.WriteLine($"  {await EnvironmentFile.WriteAsync(settings.StateFolder, app, settings, keys)}");
        await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
