using Stockgate.Domain.Forecasting;
using Stockgate.Domain.Forecasting.History;

namespace Stockgate.Domain.Pricing.Simulation;

/// <summary>One series in a replay, in two worlds: with the history's prices and with those of the policy.</summary>
internal sealed class SimulatedSeries
{
    /// <summary>Days that the outlook is learned from, and that it is of.</summary>
    public const int Window = 28;

    /// <summary>
    /// Times the history's price, or that part of it: nothing that was ever measured of an elasticity holds further away.
    /// </summary>
    public const double Furthest = 2;

    private readonly SalesSeries _series;
    private readonly SimulationSettings _settings;
    private readonly double _response;
    private readonly Queue<(double Units, double Price)> _past = new(Window);
    private readonly List<PriceMove> _moves = [];
    private readonly decimal _share;
    private decimal _price,
        _held;

    public SimulatedSeries(SalesHistory history, int place, SimulationSettings settings, double response)
    {
        (Place, _series, _settings, _response) = (place, history.Series[place], settings, response);
        for (var day = 0; day < settings.FromDay; day++)
            if (Known(day) is { } known)
                Learn(known.Units, (double)known.Price);
        var prices = Enumerable
            .Range(0, settings.FromDay)
            .Select(Known)
            .Where(static k => k is not null)
            .Select(static k => k!.Value.Price)
            .Order()
            .ToList();
        Enough = prices.Count >= Window && _past.Any(static p => p.Units > 0);
        if (!Enough)
            return;
        var median = prices[prices.Count / 2];
        (_share, _price, _held) = (median * settings.CostShare, prices.Count > 0 ? LastPrice(settings.FromDay - 1) : 0, median);
        var mean = _past.Average(static p => p.Units);
        Kept = settings.Stock is { } plan ? new SimulatedStock(plan, mean) : null;
        Moved = settings.Stock is { } same ? new SimulatedStock(same, mean) : null;
    }

    public int Place { get; }

    public string Category => _series.Category;

    public string Name => _series.Key.ToString();

    /// <summary>Whether enough is known of it before the first day.</summary>
    public bool Enough { get; }

    public SimulatedStock? Kept { get; }

    public SimulatedStock? Moved { get; }

    /// <summary>Whether a decision moved its price.</summary>
    public bool Touched { get; private set; }

    /// <summary>Margin against keeping prices, money.</summary>
    public double Gained { get; set; }

    public decimal Price => _price;

    /// <summary>Days on which the simulated price was further from the history's than <see cref="Furthest"/>.</summary>
    public int Beyond { get; private set; }

    /// <summary>What the price is decided from on the day's morning: nothing of the day itself or after.</summary>
    public PricingFacts? Facts(int day, DateTimeOffset now, PriceRules rules)
    {
        var belief = _settings.Belief;
        var elasticity = belief?.Value ?? (double)rules.AssumedElasticity;
        var (count, sum, squares) = (_past.Count, 0.0, 0.0);
        foreach (var (units, price) in _past)
        {
            var shaped = units * Math.Pow((double)_price / price, elasticity);
            (sum, squares) = (sum + shaped, squares + shaped * shaped);
        }
        var mean = sum / count;
        if (!(mean > 0) || !double.IsFinite(mean))
            return null;
        var deviation = Math.Sqrt(Math.Max(0, squares / count - mean * mean) * Window);
        var stock = Moved?.Left ?? mean * (double)rules.OverstockDays * 0.9;
        return new PricingFacts
        {
            Key = new PriceKey(_series.Key.Sku, _settings.Channel, new RegionId(_series.Key.Location.Value)),
            Category = Category,
            Now = now,
            Price = new Money(_price, _settings.Currency),
            Regular = new Money(_held, _settings.Currency),
            // Where there is always enough, nothing is scarce.
            Rules = Moved is null ? rules with { ScarceUnits = 0, ScarceDays = 0 } : rules,
            Stock = new Reading<Quantity>(new Quantity(decimal.Round((decimal)Math.Min(stock, 1e8), 3)), "the stock plan", now),
            Cost = new Reading<Money>(new Money(Cost(day), _settings.Currency), "the settings", now),
            Inbound = new Quantity(decimal.Round((decimal)Math.Min(Moved?.OnOrder ?? 0, 1e8), 3)),
            InboundAt = Moved?.FirstArrival is { } days ? now.AddDays(days) : null,
            Demand = new Reading<DemandOutlook>(new DemandOutlook(mean * Window, deviation, Window), "mean of 28 days", now),
            Elasticity = belief,
            Moves = _moves,
            Promotion = Owned(day) ? new PromotionId("history") : null,
            AskAlways = _settings.Policy.Leash == PricingLeash.Ask,
        };
    }

    public void Move(PriceDecision decision)
    {
        _moves.Add(new PriceMove(decision.At, decision.From, decision.To, PriceMoveCause.Decision));
        _moves.RemoveAll(m => decision.At - m.At > TimeSpan.FromDays(60));
        (_price, Touched) = (decision.To.Amount, true);
    }

    /// <summary>Sells the day in both worlds.</summary>
    public (SimulatedSales Kept, SimulatedSales Moved, double? MarginShare) Sell(int day)
    {
        Kept?.Begin(day);
        Moved?.Begin(day);
        if (Known(day) is not { } known)
            return default;
        var (cost, price) = ((double)Cost(day), Owned(day) || !Touched ? known.Price : _price);
        var ratio = (double)(price / known.Price);
        if (ratio is < 1 / Furthest or > Furthest)
            Beyond++;
        var wanted = known.Units * Math.Pow(Math.Clamp(ratio, 1 / Furthest, Furthest), _response);
        var (kept, moved) = (Kept?.Sell(known.Units) ?? known.Units, Moved?.Sell(wanted) ?? wanted);
        // A day on which nothing was left says nothing of what was wanted.
        if (moved >= wanted)
            Learn(moved, (double)price);
        _held = Regular(known.Price);
        if (!Touched && !Owned(day))
            _price = known.Price;
        return (
            Sales(kept, known.Units, (double)known.Price, cost),
            Sales(moved, wanted, (double)price, cost),
            Touched && !Owned(day) && moved > 0 ? 1 - cost / (double)price : null
        );
    }

    private readonly Queue<decimal> _regular = new();

    // The median of the last eight weeks' prices that the retailer asked: offers are in less than half of them.
    private decimal Regular(decimal price)
    {
        _regular.Enqueue(price);
        if (_regular.Count > 2 * Window)
            _regular.Dequeue();
        var sorted = _regular.Order().ToArray();
        return _regular.Count < Window ? _held : sorted[sorted.Length / 2];
    }

    private static SimulatedSales Sales(double units, double wanted, double price, double cost) =>
        new(units, units * price, units * (price - cost), wanted - units);

    private decimal Cost(int day) => _settings.CostOf?.Invoke(Place, day) is { } own and > 0 ? own : _share;

    private bool Owned(int day) => _settings.PromotionsOwn && (_series.Marks[day] & DayMarks.Promotion) != 0;

    private void Learn(double units, double price)
    {
        if (_past.Count == Window)
            _past.Dequeue();
        _past.Enqueue((units, price));
    }

    private (double Units, decimal Price)? Known(int day) =>
        (_series.Marks[day] & DayMarks.Closed) == 0 && _series.Units[day] is >= 0 and < float.PositiveInfinity && Rounded(day) is { } price
            ? (_series.Units[day], price)
            : null;

    private decimal? Rounded(int day) =>
        _series.Prices[day] is > 0 and < 1e8f
        && decimal.Round((decimal)_series.Prices[day], _settings.Currency.MinorUnits) is var price and > 0
            ? price
            : null;

    private decimal LastPrice(int day)
    {
        while (day > 0 && Rounded(day) is null)
            day--;
        return Rounded(day) ?? _held;
    }
}
