namespace Stockgate.Local.Tests;

/// <summary>A fact that takes minutes: it runs where <c>STOCKGATE_LONG_TESTS</c> is 1, and is skipped with a message otherwise.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LongFactAttribute : FactAttribute
{
    private const string Variable = "STOCKGATE_LONG_TESTS";

    public LongFactAttribute()
    {
        if (Environment.GetEnvironmentVariable(Variable) != "1")
            Skip = $"takes minutes; set {Variable}=1 to run it";
    }
}
