namespace Stockgate.EndToEnd.Tests.Promotions;

/// <summary>A world that looks again only when it is told to: what happens within a test's patience happened by a signal.</summary>
public sealed class ToldWorld : PromotionWorld
{
    public const string Name = "promotion world that has to be told";

    public override IReadOnlyDictionary<string, string> Policy => new Dictionary<string, string>
    {
        ["Promotions__JudgeEvery"] = "00:03:00", ["Promotions__MonitorEvery"] = "00:03:00", ["Promotions__FundingRedBefore"] = "01:00:00", ["Promotions__ShortRegion__Policy"] = "Replenish",
        ["Promotions__PrepareTime"] = "00:00:20", ["Promotions__ActivateTime"] = "00:00:20", ["Promotions__RevertTime"] = "00:00:20",
    };
}

/// <summary>A world whose channels have time: what fails there does not fail for want of it.</summary>
public sealed class PatientWorld : PromotionWorld
{
    public const string Name = "patient promotion world";

    public override IReadOnlyDictionary<string, string> Policy => new Dictionary<string, string>
    {
        ["Promotions__PrepareLead"] = "00:00:10", ["Promotions__PrepareTime"] = "00:00:40", ["Promotions__ActivateTime"] = "00:00:40", ["Promotions__RevertTime"] = "00:00:40",
    };
}

/// <summary>A world in which an app that is killed is back in time: work that was in flight then stays invisible for up to a minute.</summary>
public sealed class KilledWorld : PromotionWorld
{
    public override IReadOnlyDictionary<string, string> Policy => new Dictionary<string, string>
    {
        ["Promotions__PrepareLead"] = "00:00:10", ["Promotions__PrepareTime"] = "00:03:00", ["Promotions__ActivateTime"] = "00:03:00", ["Promotions__RevertTime"] = "00:03:00",
    };
}

[CollectionDefinition(ToldWorld.Name)]
public sealed class SharedToldWorld : ICollectionFixture<ToldWorld>;

[CollectionDefinition(PatientWorld.Name)]
public sealed class SharedPatientWorld : ICollectionFixture<PatientWorld>;
