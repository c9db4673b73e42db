namespace Stockgate.EndToEnd.Tests.Promotions;

/// <summary>A world that looks again only when it is told to: what happens within a test's patience happened by a signal.</summary>
public sealed class ToldWorld : PromotionWorld
{
    public const string Name = "promotion world that has to be told";

    public override IReadOnlyDictionary<string, string> Policy =>
        new Dictionary<string, string>
        {
            ["Promotions__JudgeEvery"] = "00:03:00",
            ["Promotions__MonitorEvery"] = "00:03:00",
            ["Promotions__FundingRedBefore"] = "01:00:00",
            ["Promotions__ShortRegion__Policy"] = "Replenish",
            ["Promotions__PrepareTime"] = $"{Pace.Of(TimeSpan.FromSeconds(20)):c}",
            ["Promotions__ActivateTime"] = $"{Pace.Of(TimeSpan.FromSeconds(20)):c}",
            ["Promotions__RevertTime"] = $"{Pace.Of(TimeSpan.FromSeconds(20)):c}",
        };
}

/// <summary>A world whose channels have time: what fails there does not fail for want of it.</summary>
public sealed class PatientWorld : PromotionWorld
{
    public const string Name = "patient promotion world";

    public override IReadOnlyDictionary<string, string> Policy =>
        new Dictionary<string, string>
        {
            ["Promotions__PrepareLead"] = "00:00:10",
            ["Promotions__PrepareTime"] = $"{Pace.Of(TimeSpan.FromSeconds(40)):c}",
            ["Promotions__ActivateTime"] = $"{Pace.Of(TimeSpan.FromSeconds(40)):c}",
            ["Promotions__RevertTime"] = $"{Pace.Of(TimeSpan.FromSeconds(40)):c}",
        };
}

/// <summary>
/// A world in which an app that is killed is back in time: work that was in flight then stays invisible for up to a minute.
/// </summary>
public sealed class KilledWorld : PromotionWorld
{
    public override IReadOnlyDictionary<string, string> Policy =>
        new Dictionary<string, string>
        {
            ["Promotions__PrepareLead"] = "00:00:10",
            ["Promotions__PrepareTime"] = $"{Pace.Of(TimeSpan.FromSeconds(180)):c}",
            ["Promotions__ActivateTime"] = $"{Pace.Of(TimeSpan.FromSeconds(180)):c}",
            ["Promotions__RevertTime"] = $"{Pace.Of(TimeSpan.FromSeconds(180)):c}",
        };
}

[CollectionDefinition(ToldWorld.Name)]
public sealed class SharedToldWorld : ICollectionFixture<ToldWorld>;

[CollectionDefinition(PatientWorld.Name)]
public sealed class SharedPatientWorld : ICollectionFixture<PatientWorld>;
