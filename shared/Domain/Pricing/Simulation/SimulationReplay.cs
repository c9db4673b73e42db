using Stockgate.Domain.Forecasting;
using Stockgate.Domain.Forecasting.History;
using Stockgate.Domain.Pricing.Deciding;

namespace Stockgate.Domain.Pricing.Simulation;

/// <summary>One replay, with customers that follow the price in one way.</summary>
internal sealed class SimulationReplay(SalesHistory history, SimulationSettings settings, double response, IReadOnlyList<int> places)
{
    private readonly List<SimulatedSeries> _series = [.. places.Select(place => new SimulatedSeries(history, place, settings, response))];
    private readonly Dictionary<PriceRule, int> _heldBy = [];
    private readonly HashSet<string> _letGo = new(StringComparer.Ordinal);
    private SimulatedSales _kept,
        _moved;
    private int _changes,
        _asked,
        _raised,
        _decisions;
    private double? _lowest;
    private WorstCase? _worstDay;

    /// <param name="day">Told after each day.</param>
    /// <param name="seen">Every price as it holds on a day; for tests.</param>
    /// <param name="cancelled">Asks it to end.</param>
    public SimulatedRun Run(Action day, Action<int, int, decimal>? seen, CancellationToken cancelled)
    {
        for (var at = settings.FromDay; at < history.Days; at++)
        {
            cancelled.ThrowIfCancellationRequested();
            if ((at - settings.FromDay) % settings.Every == 0)
                Decide(at);
            Sell(at, seen);
            day();
        }
        var worst = _series.MinBy(static s => s.Gained);
        return new SimulatedRun(
            response,
            _kept,
            _moved,
            _changes,
            _asked,
            _raised,
            _decisions,
            _series.Count == 0 ? 0 : (double)_changes / _series.Count,
            _lowest,
            worst is { Gained: < 0 } ? new WorstCase(worst.Name, worst.Gained) : null,
            _worstDay,
            _heldBy,
            _series.Sum(static s => s.Beyond)
        );
    }

    private void Decide(int day)
    {
        var now = new DateTimeOffset(history.First.AddDays(day), new TimeOnly(6, 0), TimeSpan.Zero);
        foreach (var category in _series.GroupBy(static s => s.Category))
        {
            var (deciding, decisions, all) = (new List<SimulatedSeries>(), new List<PriceDecision>(), 0);
            foreach (var s in category)
            {
                all++;
                if (s.Facts(day, now, settings.Policy.RulesFor(history.Series[s.Place].Key.Sku, s.Category, now)) is not { } facts)
                    continue;
                deciding.Add(s);
                decisions.Add(PriceDecider.Decide(facts));
            }
            var rules = settings.Policy.CategoryRulesFor(category.Key);
            // A person who resumes a stopped category has reviewed these changes, so they do not stop it again.
            var plan = CategoryPlan.Of(
                decisions,
                _letGo.Remove(category.Key) ? rules with { BreakerLeast = int.MaxValue } : rules,
                new CategoryDay(category.Key, history.First.AddDays(day), all, 0, 0)
            );
            if (plan.Tripped is not null)
                _letGo.Add(category.Key);
            for (var i = 0; i < deciding.Count; i++)
                Count(deciding[i], plan.Decisions[i]);
        }
    }

    private void Count(SimulatedSeries series, PriceDecision decision)
    {
        _decisions++;
        if (!decision.Moves)
        {
            var rule = decision.Verdicts.First(static v => !v.Passed).Rule;
            _heldBy[rule] = _heldBy.GetValueOrDefault(rule) + 1;
            return;
        }
        _changes++;
        if (decision.Outcome == PriceOutcome.Ask)
            _asked++;
        if (decision.To.Amount > decision.From.Amount)
            _raised++;
        series.Move(decision);
    }

    private void Sell(int day, Action<int, int, decimal>? seen)
    {
        var gained = 0.0;
        foreach (var series in _series)
        {
            var (kept, moved, share) = series.Sell(day);
            (_kept, _moved) = (Sum(_kept, kept), Sum(_moved, moved));
            if (share is { } margin && (_lowest is null || margin < _lowest))
                _lowest = margin;
            series.Gained += moved.Margin - kept.Margin;
            gained += moved.Margin - kept.Margin;
            seen?.Invoke(series.Place, day, series.Price);
        }
        if (gained < (_worstDay?.Margin ?? 0))
            _worstDay = new WorstCase(history.First.AddDays(day).ToString("yyyy-MM-dd", PriceWords.Culture), gained);
    }

    private static SimulatedSales Sum(SimulatedSales a, SimulatedSales b) =>
        new(a.Units + b.Units, a.Revenue + b.Revenue, a.Margin + b.Margin, a.Missed + b.Missed);
}
