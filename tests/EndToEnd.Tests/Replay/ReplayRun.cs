using Stockgate.Demo;
using Stockgate.Demo.Posting;
using Stockgate.Demo.Replay;

namespace Stockgate.EndToEnd.Tests.Replay;

/// <summary>A transaction file on its way through a running app, and its figures afterwards.</summary>
internal sealed class ReplayRun(RunningApp running, TransactionFile file) : IAsyncDisposable
{
    private readonly Tally sent = new();
    private readonly CancellationTokenSource done = new();
    private Task? watching;

    /// <summary>The app's memory at its highest, MiB.</summary>
    public double PeakMemory { get; private set; }

    /// <summary>Posts the whole file and waits until it is projected.</summary>
    /// <param name="twice">Every request is sent twice.</param>
    /// <param name="recordsAtOnce">Records that are on their way at once; null for all.</param>
    /// <param name="at">Called with each record's number before it is posted.</param>
    public async Task PostAsync(bool twice = false, int? recordsAtOnce = null, Action<int>? at = null)
    {
        watching = WatchMemoryAsync();
        using var poster = new WebhookPoster(running.App.BaseAddress, running.Settings, twice, TimeProvider.System);
        if (recordsAtOnce is { } few)
            foreach (var some in Records(at).Chunk(few))
                await new BatchPosting(poster).PostAsync(some, default);
        else
            await new BatchPosting(poster, new BacklogLimit(running.App)).PostAsync(Records(at), default);
    }

    /// <summary>Holds tables and quarantine against what was sent and against the file.</summary>
    public async Task<(Platform.Operations.StateTotals Tables, Tally Quarantine, IReadOnlyDictionary<string, int> Reasons)> AgreesAsync()
    {
        var tables = await running.Books.ReadAsync(default);
        var (quarantine, reasons) = await running.Books.QuarantineAsync(default);
        Assert.All(Reconciliation.Figures(sent, tables, quarantine), static figure => Assert.True(figure.Agrees, figure.ToString()));
        Assert.Equal(file.Totals.Lines, tables.OrderLines + tables.RefundLines + tables.Movements + quarantine.Lines);
        Assert.Equal(file.Totals.Money, tables.Gross - tables.Refunded + tables.MovementValue + quarantine.Money);
        Assert.Equal(file.Totals.Cancellations, tables.Refunds + quarantine.Refunds);
        Assert.Equal(file.Totals.Customers, tables.Customers);
        Assert.Equal(sent.Records, tables.Orders + tables.Refunds + tables.Movements + quarantine.Records);
        Assert.Equal((0L, 0L), await running.App.BacklogAsync());
        return (tables, quarantine, reasons);
    }

    public async ValueTask DisposeAsync()
    {
        await done.CancelAsync();
        if (watching is not null)
            await watching;
        done.Dispose();
    }

    private IEnumerable<byte[]> Records(Action<int>? at)
    {
        foreach (var invoice in file.Invoices())
        foreach (var record in InvoiceEvents.Of(invoice))
        {
            sent.Add(record);
            at?.Invoke(sent.Records);
            yield return record;
        }
    }

    private async Task WatchMemoryAsync()
    {
        while (!done.IsCancellationRequested)
        {
            if (running.App.Memory() is { } memory)
                PeakMemory = Math.Max(PeakMemory, memory);
            await Task.Delay(250, done.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
