namespace Stockgate.Local.Tests.ServiceBus;

/// <summary>
/// A fact that moves the broker's clock: skipped with a message where the suite runs against a namespace with a clock of its own.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ClockFactAttribute : FactAttribute
{
    public ClockFactAttribute()
    {
        if (ServiceBusTests.Remote is not null)
            Skip = $"moves the broker's clock; unset {ServiceBusTests.Variable} to run it";
    }
}
