using Stockgate.Demo.Local;
using Stockgate.Demo.Posting;
using Stockgate.Local.Run;

namespace Stockgate.Benchmarks;

/// <summary>
/// Accepting beside an empty function on the same host and a bare endpoint, in turns: the machine's moods fall on all three.
/// </summary>
internal static class AcceptBenchmark
{
    private const int Rounds = 3,
        Connections = 256,
        BatchConnections = 8;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(4),
        Round = TimeSpan.FromSeconds(6);

    public sealed record Result(
        LoadResult Single,
        LoadResult Empty,
        LoadResult Bare,
        double ToEmpty,
        double ToBare,
        double BatchedRecordsPerSecond
    );

    public static async Task<Result> RunAsync(LocalApp app, LocalApp empty, Events events)
    {
        await using var bare = await BareEndpoint.StartAsync(Ports.Free());
        using var load = new Load(Connections);
        using var batches = new Load(BatchConnections);
        var address = new Uri(app.BaseAddress, $"api/v1/channels/{AppSettings.Channel}/events");
        var last = 0L;
        HttpRequestMessage Single(long number) => events.Signed(address, last + number, Events.Order(last + number));
        // The same bytes and headers, so that both cost the caller the same.
        HttpRequestMessage Bare(long number) => events.Signed(bare.Address, number, Events.Order(number));

        HttpRequestMessage Empty(long number) => new(HttpMethod.Get, new Uri(empty.BaseAddress, "api/empty"));

        await load.RunAsync(WarmUp, Bare);
        await load.RunAsync(WarmUp, Empty);
        await load.RunAsync(WarmUp, Single);
        last += 1_000_000;
        var (singles, empties, bares) = (new List<LoadResult>(), new List<LoadResult>(), new List<LoadResult>());
        for (var round = 0; round < Rounds; round++)
        {
            bares.Add(await load.RunAsync(Round, Bare));
            empties.Add(await load.RunAsync(Round, Empty));
            singles.Add(await load.RunAsync(Round, Single));
            last += 1_000_000;
        }
        last /= EventBatch.Records;
        var batched = await batches.RunAsync(Round, number => events.Signed(address, last + number, Events.Batch(last + number)));
        return new Result(
            Middle(singles),
            Middle(empties),
            Middle(bares),
            Ratio(empties),
            Ratio(bares),
            batched.RequestsPerSecond * EventBatch.Records
        );

        double Ratio(List<LoadResult> others) => Median(singles.Zip(others, static (s, o) => s.RequestsPerSecond / o.RequestsPerSecond));
    }

    private static LoadResult Middle(List<LoadResult> results) =>
        results.OrderBy(static r => r.RequestsPerSecond).ElementAt(results.Count / 2);

    internal static double Median(IEnumerable<double> values) => values.Order().ToArray() is var sorted ? sorted[sorted.Length / 2] : 0;
}
