namespace Stockgate.Demo.Orders;

/// <summary>Who handles orders at the simulated retailer, and where mail reaches them.</summary>
internal static class OrderPeople
{
    public const string Service = "Sue",
        Lead = "Lena",
        Finance = "Fred",
        Operations = "Otto";

    public static void AddTo(IDictionary<string, string> environment)
    {
        foreach (
            var (name, role) in new[]
            {
                (Service, "customer-service"),
                (Lead, "customer-service-lead"),
                (Finance, "finance"),
                (Operations, "operations"),
            }
        )
        {
            environment[$"People__{name}__Roles"] = role;
            environment[$"People__{name}__Email"] = $"{name.ToLowerInvariant()}@retailer.example";
        }
        environment["OrderActions__AskEvery"] = "00:00:00.5";
    }
}
