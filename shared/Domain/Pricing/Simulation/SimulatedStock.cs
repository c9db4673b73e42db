namespace Stockgate.Domain.Pricing.Simulation;

/// <summary>The stock of one series in one world: sold from, and ordered up to what the mean of the days before asks.</summary>
internal sealed class SimulatedStock(StockPlan plan, double mean)
{
    private readonly Queue<(int Day, double Units)> _orders = new();
    private int _day;

    public double Left { get; private set; } = plan.InitialCover * mean;

    public double OnOrder { get; private set; }

    /// <summary>Days until the first order arrives; null if none is open.</summary>
    public int? FirstArrival => _orders.Count > 0 ? _orders.Peek().Day - _day : null;

    /// <summary>Takes in what arrives, and orders.</summary>
    public void Begin(int day)
    {
        _day = day;
        while (_orders.Count > 0 && _orders.Peek().Day <= day)
            Arrive(_orders.Dequeue().Units);
        var missing = mean * (plan.LeadDays + plan.OrderCover) - Left - OnOrder;
        if (plan.OrderCover <= 0 || missing <= 0)
            return;
        _orders.Enqueue((day + plan.LeadDays, missing));
        OnOrder += missing;
        if (plan.LeadDays == 0)
            Arrive(_orders.Dequeue().Units);
    }

    public double Sell(double wanted)
    {
        var sold = Math.Min(wanted, Left);
        Left -= sold;
        return sold;
    }

    private void Arrive(double units) => (Left, OnOrder) = (Left + units, Math.Max(0, OnOrder - units));
}
