namespace Stockgate.Demo.Promotions;

/// <summary>
/// Who works at the simulated retailer, and its promotion policy. Times are seconds where a retailer would have hours, so that a launch
/// can be watched.
/// </summary>
internal static class ScenePolicy
{
    public const string Merchandiser = "Mia",
        Finance = "Finn",
        Planner = "Paul";

    public static void AddTo(IDictionary<string, string> environment)
    {
        environment[$"People__{Merchandiser}__Roles"] = "merchandiser";
        environment[$"People__{Finance}__Roles"] = "finance";
        environment["People__Cora__Roles"] = "commercial-director,gate-owner";
        environment[$"People__{Planner}__Roles"] = "planner";
        environment["People__Olga__Roles"] = "operator";
        environment["Promotions__Approvals__GBP__0__MaxAmount"] = "50000";
        environment["Promotions__Approvals__GBP__0__Roles"] = "finance";
        environment["Promotions__Approvals__GBP__1__Roles"] = "finance,commercial-director";
        environment["Promotions__ShortRegion__Policy"] = "Replenish";
        environment["Promotions__StoreTaskLead"] = "00:00:00";
        environment["Promotions__FundingRedBefore"] = "00:00:00";
        environment["Promotions__PrepareLead"] = "00:00:05";
        environment["Promotions__FinalCheckLead"] = "00:00:01";
        environment["Promotions__PrepareTime"] = "00:00:30";
        environment["Promotions__ActivateTime"] = "00:00:30";
        environment["Promotions__RevertTime"] = "00:00:30";
        environment["Promotions__RetryEvery"] = "00:00:02";
        environment["Promotions__AskEvery"] = "00:00:00.5";
        environment["Promotions__JudgeEvery"] = "00:00:05";
        environment["Promotions__MonitorEvery"] = "00:00:01";
        environment["Promotions__Monitor__PriceGrace"] = "00:00:00";
    }
}
