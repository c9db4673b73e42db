namespace Stockgate.TestSupport;

/// <summary>
/// A fact that takes minutes: it runs where <c>STOCKGATE_LONG_TESTS</c> is 1, and is skipped with a message otherwise or where a file
/// that it needs is absent.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LongFactAttribute : FactAttribute
{
    public const string Variable = "STOCKGATE_LONG_TESTS";

    /// <param name="sharedData">A path under <c>../shared/data</c>; null where none is needed.</param>
    public LongFactAttribute(string? sharedData = null)
    {
        if (Environment.GetEnvironmentVariable(Variable) != "1")
            Skip = $"takes minutes; set {Variable}=1 to run it";
        else if (sharedData is not null && SharedData.Find(sharedData) is null)
            Skip = $"../shared/data/{sharedData} is not on this machine";
    }
}

/// <summary>A theory that takes minutes; runs where <see cref="LongFactAttribute"/> does.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LongTheoryAttribute : TheoryAttribute
{
    public LongTheoryAttribute()
    {
        if (Environment.GetEnvironmentVariable(LongFactAttribute.Variable) != "1")
            Skip = $"takes minutes; set {LongFactAttribute.Variable}=1 to run it";
    }
}
