using Stockgate.Domain.Pricing;

namespace Stockgate.Domain.Tests.Pricing;

/// <summary>
/// Facts of every kind from a number: usual ones, ones that stand on a bound or a tick beside it, and ones that nobody would send. The
/// same number gives the same facts.
/// </summary>
internal sealed class FactsGenerator(int seed)
{
    private static readonly decimal[] Amounts =
    [
        0,
        -1,
        0.00001m,
        0.0001m,
        0.01m,
        1,
        999_999_999m,
        1_000_000_000m,
        1_000_000_001m,
        decimal.MaxValue,
        decimal.MinValue,
        0.0000000000000000000000000001m,
        7.3333333333333333333333333m,
    ];
    private static readonly double[] Doubles =
    [
        0,
        -1,
        double.NaN,
        double.PositiveInfinity,
        double.NegativeInfinity,
        double.MaxValue,
        double.Epsilon,
        1e-300,
        1e9,
        3,
    ];
    private static readonly TimeSpan[] Spans =
    [
        TimeSpan.MinValue,
        TimeSpan.MaxValue,
        TimeSpan.Zero,
        TimeSpan.FromTicks(1),
        TimeSpan.FromHours(-1),
        TimeSpan.FromDays(4000),
    ];
    private static readonly DateTimeOffset[] Moments =
    [
        DateTimeOffset.MinValue,
        DateTimeOffset.MaxValue,
        DateTimeOffset.UnixEpoch,
        PriceCases.Now,
    ];
    private static readonly Currency[] Currencies = [Currency.Parse("EUR"), Currency.Parse("JPY"), Currency.Parse("KWD"), default];

    private readonly Random _random = new(seed);

    private Currency _currency;

    public PricingFacts Next()
    {
        _currency = _random.Next(10) switch
        {
            0 => Currencies[1],
            1 => Currencies[2],
            _ => Currencies[0],
        };
        var facts = Usual();
        // Most have something on a bound; a few have something absurd, more would say little of prices that move.
        for (var i = _random.Next(3); i > 0; i--)
            facts = OnBound(facts);
        if (_random.Next(4) == 0)
            facts = Absurd(facts);
        return facts;
    }

    private PricingFacts Usual()
    {
        var price = Ending(Amount(2, 200));
        var cost = decimal.Round(price * Between(0.3m, 0.95m), 4);
        var now = PriceCases.Now;
        var rules = Rules(price);
        return new PricingFacts
        {
            Key = PriceCases.Key,
            Category = "Toys",
            Now = now,
            Price = new(price, _currency),
            Regular = new(_random.Next(3) == 0 ? price * Between(0.7m, 1.3m) : price, _currency),
            Rules = rules,
            Active = _random.Next(40) > 0,
            AskAlways = _random.Next(20) == 0,
            Inbound = new(_random.Next(3) == 0 ? _random.Next(300) : 0),
            InboundAt = _random.Next(2) == 0 ? now.AddDays(_random.Next(20)) : null,
            Stock =
                _random.Next(40) == 0
                    ? null
                    : new(
                        new Quantity(_random.Next(4) == 0 ? _random.Next(10) : _random.Next(3000)),
                        "W1",
                        now - rules.StockMaxAge * (_random.NextDouble() * 1.1)
                    ),
            Cost =
                _random.Next(40) == 0
                    ? null
                    : new(new Money(cost, _currency), "erp", now - rules.CostMaxAge * (_random.NextDouble() * 1.05)),
            CostBefore = _random.Next(3) == 0 ? new Money(cost * (_random.Next(15) == 0 ? 10 : Between(0.8m, 1.2m)), _currency) : null,
            Demand =
                _random.Next(40) == 0
                    ? null
                    : new(
                        new DemandOutlook(_random.Next(10) == 0 ? 0 : _random.NextDouble() * 600, _random.NextDouble() * 200, 28),
                        "run",
                        now - rules.ForecastMaxAge * (_random.NextDouble() * 1.05)
                    ),
            Elasticity = _random.Next(4) == 0 ? null : Elasticity(),
            Promotion = _random.Next(25) == 0 ? new PromotionId("P") : null,
            HeldUntil = _random.Next(40) == 0 ? now.AddHours(_random.Next(-4, 4)) : null,
            Competitors =
                _random.Next(2) == 0
                    ? []
                    :
                    [
                        .. Enumerable
                            .Range(0, _random.Next(4))
                            .Select(i => new CompetitorPrice(
                                $"c{i}",
                                new(price * Between(0.5m, 1.4m), _currency),
                                now.AddHours(-_random.Next(30))
                            )),
                    ],
            Others =
                _random.Next(2) == 0
                    ? []
                    :
                    [
                        .. Enumerable
                            .Range(0, _random.Next(3))
                            .Select(i => new ChannelPrice(new SalesChannelId($"o{i}"), new(price * Between(0.8m, 1.25m), _currency))),
                    ],
            Moves = _random.Next(2) == 0 ? [] : Moves(price, now),
            CompetitorMoves =
                _random.Next(6) > 0 ? [] : [new("c0", new(price, _currency), new(price * 0.9m, _currency), now.AddDays(-_random.Next(20)))],
            Stopped = _random.Next(60) == 0 ? "odd" : null,
            CategoryStopped = _random.Next(60) == 0 ? "too many" : null,
            ChangesLeft = _random.Next(10) == 0 ? _random.Next(3) : null,
        };
    }

    private PriceRules Rules(decimal price)
    {
        var floor = Between(0, 0.4m);
        return new PriceRules
        {
            MarginFloor = floor,
            MarginTarget = floor + Between(0, 0.3m),
            CeilingAboveRegular = Between(0, 0.3m),
            Ceiling = _random.Next(6) == 0 ? price * Between(0.8m, 1.4m) : null,
            Minimum = _random.Next(6) == 0 ? price * Between(0.5m, 1.1m) : null,
            MaxStep = Between(0.01m, 0.3m),
            StepsPerDay = _random.Next(1, 4),
            MinStep = _random.Next(3) == 0 ? 0 : Between(0, 0.05m),
            MinGain = Between(0, 0.03m),
            Endings = _random.Next(4) switch
            {
                0 => [],
                1 => [0.99m, 0.49m],
                2 => [0.95m, 0, 0.5m, 0.99m],
                _ => [0.99m, 0.89m, 0.79m, 0.69m, 0.59m, 0.49m, 0.39m, 0.29m, 0.19m, 0.09m],
            },
            ScarceUnits = _random.Next(20),
            ScarceDays = Between(0, 6),
            OverstockDays = 10 + Between(0, 90),
            LeftoverLoss = Between(0, 1),
            Parity = _random.Next(4) == 0 ? Between(0, 0.3m) : null,
            AboveCompetitor = _random.Next(3) == 0 ? Between(-0.1m, 0.2m) : null,
            AskAboveStep = Between(0, 0.3m),
            AskAboveRevenue = _random.Next(5) == 0 ? Amount(10, 20_000) : null,
            AssumedElasticity = -Between(0.2m, 5),
        };
    }

    // Exactly at it, a tick or the smallest coin beside it.
    private PricingFacts OnBound(PricingFacts f)
    {
        var (r, beside) = (f.Rules, TimeSpan.FromTicks(_random.Next(-1, 2)));
        var coin = _random.Next(-1, 2) * (_currency.MinorUnits == 0 ? 1m : 0.01m);
        var cost = f.Cost?.Value.Amount ?? 1;
        return _random.Next(12) switch
        {
            0 when f.Stock is { } s => f with { Stock = s with { At = f.Now - r.StockMaxAge + beside } },
            1 when f.Cost is { } c => f with { Cost = c with { At = f.Now - r.CostMaxAge + beside } },
            2 when f.Demand is { } d => f with { Demand = d with { At = f.Now - r.ForecastMaxAge + beside } },
            3 => f with { Price = new(Math.Max(0.01m, cost / (1 - r.MarginFloor) + coin), _currency) },
            4 => f with { Price = new(Math.Max(0.01m, f.Regular.Amount * (1 + r.CeilingAboveRegular) + coin), _currency) },
            5 => f with { Price = new(Math.Max(0.01m, cost / (1 - r.MarginFloor) / (1 + r.MaxStep) + coin), _currency) },
            6 when f.Stock is { } s => f with { Stock = s with { Value = new(r.ScarceUnits + _random.Next(-1, 2)) } },
            7 when f.Stock is { } s && f.Demand is { } d => f with
            {
                Stock = s with { Value = new((decimal)(d.Value.PerDay * (double)r.OverstockDays) - f.Inbound.Value + coin) },
            },
            8 when f.Stock is { } s => f with { Stock = s with { At = f.Now + TimeSpan.FromMinutes(10) + beside } },
            9 => f with { Price = new(Math.Max(0.01m, cost / (1 - r.MarginTarget) + coin), _currency) },
            10 => f with { Regular = new(Math.Max(0.01m, cost / (1 - r.MarginFloor) / (1 + r.CeilingAboveRegular) + coin), _currency) },
            _ => f with { HeldUntil = f.Now + beside },
        };
    }

    private PricingFacts Absurd(PricingFacts f)
    {
        var (amount, number, money) = (
            Amounts[_random.Next(Amounts.Length)],
            Doubles[_random.Next(Doubles.Length)],
            new Money(Amounts[_random.Next(Amounts.Length)], _random.Next(3) == 0 ? Currencies[_random.Next(4)] : _currency)
        );
        var (moment, span) = (Moments[_random.Next(Moments.Length)], Spans[_random.Next(Spans.Length)]);
        return _random.Next(22) switch
        {
            0 => f with { Price = money },
            1 => f with { Regular = money },
            2 => f with { Cost = new(money, "x", f.Now) },
            3 => f with { CostBefore = money },
            4 => f with { Stock = new(new Quantity(amount), "x", f.Now) },
            5 => f with { Demand = new(new DemandOutlook(number, 1, 28), "x", f.Now) },
            6 => f with { Demand = new(new DemandOutlook(10, number, _random.Next(-1, 3)), "x", f.Now) },
            7 => f with { Elasticity = new(number, -2, -1) },
            8 => f with { Elasticity = new(-2, number, Doubles[_random.Next(Doubles.Length)]) },
            9 => f with { Now = moment },
            10 => f with { Inbound = new(amount), InboundAt = moment },
            11 => f with { Competitors = [new("c", money, moment)], Rules = f.Rules with { AboveCompetitor = amount } },
            12 => f with { Others = [new(new SalesChannelId("o"), money)], Rules = f.Rules with { Parity = amount } },
            13 => f with
            {
                Moves = [new(moment, money, f.Price, PriceMoveCause.Decision), new(f.Now, f.Price, money, PriceMoveCause.Outside)],
            },
            14 => f with { Rules = f.Rules with { MarginFloor = amount, MarginTarget = amount } },
            15 => f with { Rules = f.Rules with { MaxStep = amount } },
            16 => f with { Rules = f.Rules with { Ceiling = amount, Minimum = Amounts[_random.Next(Amounts.Length)] } },
            17 => f with { Rules = f.Rules with { Endings = [amount] } },
            18 => f with
            {
                Rules = f.Rules with
                {
                    StockMaxAge = span,
                    CostMaxAge = Spans[_random.Next(Spans.Length)],
                    ForecastMaxAge = Spans[_random.Next(Spans.Length)],
                },
            },
            19 => f with { Key = default, Category = null!, Stock = default(Reading<Quantity>) },
            20 => f with { Rules = f.Rules with { OverstockDays = amount, ScarceDays = amount, ScarceUnits = amount, CostJump = amount } },
            _ => f with { Moves = null!, Rules = f.Rules with { LeftoverLoss = amount, AssumedElasticity = amount, PriceJump = amount } },
        };
    }

    private PriceMove[] Moves(decimal price, DateTimeOffset now)
    {
        var (moves, at, from) = (new List<PriceMove>(), now.AddDays(-_random.Next(1, 40)), price * Between(0.8m, 1.2m));
        for (var i = _random.Next(1, 6); i > 0 && at < now; i--)
        {
            var to = i == 1 ? price : price * Between(0.8m, 1.2m);
            moves.Add(new(at, new(from, _currency), new(to, _currency), (PriceMoveCause)_random.Next(3)));
            (from, at) = (to, at.AddDays(_random.NextDouble() * 8));
        }
        return [.. moves];
    }

    private ElasticityBelief Elasticity()
    {
        var value = -0.3 - _random.NextDouble() * 4;
        return new(value, value * (1 + _random.NextDouble()), value * _random.NextDouble() - 0.001);
    }

    private decimal Ending(decimal price) =>
        _random.Next(3) == 0 ? decimal.Round(price, _currency.MinorUnits) : decimal.Floor(price) + (_currency.MinorUnits == 0 ? 0 : 0.99m);

    private decimal Amount(int low, int high) => Between(low, high);

    private decimal Between(decimal low, decimal high) => low + (high - low) * _random.Next(0, 1_000_001) / 1_000_000m;
}
