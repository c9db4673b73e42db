using Microsoft.DurableTask;
using Xunit.Abstractions;

namespace Stockgate.Emulator.Tests.DurableTask.Compliance;

// Every contract twice: with instances that stay in memory between turns, and with every turn replayed from the start.

public sealed class ActivityTests : ActivityCompliance
{
    protected override Task<ITestHub> StartAsync(DurableTaskRegistry tasks, TestHubSettings? settings = null) => EmulatorHub.StartAsync(tasks, settings, cached: true);
}

public sealed class ActivityReplayTests : ActivityCompliance
{
    protected override Task<ITestHub> StartAsync(DurableTaskRegistry tasks, TestHubSettings? settings = null) => EmulatorHub.StartAsync(tasks, settings, cached: false);
}

public sealed class TimerTests : TimerCompliance
{
    protected override Task<ITestHub> StartAsync(DurableTaskRegistry tasks, TestHubSettings? settings = null) => EmulatorHub.StartAsync(tasks, settings, cached: true);
}

public sealed class TimerReplayTests : TimerCompliance
{
    protected override Task<ITestHub> StartAsync(DurableTaskRegistry tasks, TestHubSettings? settings = null) => EmulatorHub.StartAsync(tasks, settings, cached: false);
}

public sealed class EventTests : EventCompliance
{
    protected override Task<ITestHub> StartAsync(DurableTaskRegistry tasks, TestHubSettings? settings = null) => EmulatorHub.StartAsync(tasks, settings, cached: true);
}

public sealed class EventReplayTests : EventCompliance
{
    protected override Task<ITestHub> StartAsync(DurableTaskRegistry tasks, TestHubSettings? settings = null) => EmulatorHub.StartAsync(tasks, settings, cached: false);
}

public sealed class SubOrchestrationTests : SubOrchestrationCompliance
{
    protected override Task<ITestHub> StartAsync(DurableTaskRegistry tasks, TestHubSettings? settings = null) => EmulatorHub.StartAsync(tasks, settings, cached: true);
}

public sealed class SubOrchestrationReplayTests : SubOrchestrationCompliance
{
    protected override Task<ITestHub> StartAsync(DurableTaskRegistry tasks, TestHubSettings? settings = null) => EmulatorHub.StartAsync(tasks, settings, cached: false);
}

public sealed class RetryTests : RetryCompliance
{
    protected override Task<ITestHub> StartAsync(DurableTaskRegistry tasks, TestHubSettings? settings = null) => EmulatorHub.StartAsync(tasks, settings, cached: true);
}

public sealed class RetryReplayTests : RetryCompliance
{
    protected override Task<ITestHub> StartAsync(DurableTaskRegistry tasks, TestHubSettings? settings = null) => EmulatorHub.StartAsync(tasks, settings, cached: false);
}

public sealed class ContinueAsNewTests : ContinueAsNewCompliance
{
    protected override Task<ITestHub> StartAsync(DurableTaskRegistry tasks, TestHubSettings? settings = null) => EmulatorHub.StartAsync(tasks, settings, cached: true);
}

public sealed class ContinueAsNewReplayTests : ContinueAsNewCompliance
{
    protected override Task<ITestHub> StartAsync(DurableTaskRegistry tasks, TestHubSettings? settings = null) => EmulatorHub.StartAsync(tasks, settings, cached: false);
}

public sealed class ManagementTests : ManagementCompliance
{
    protected override Task<ITestHub> StartAsync(DurableTaskRegistry tasks, TestHubSettings? settings = null) => EmulatorHub.StartAsync(tasks, settings, cached: true);
}

public sealed class ManagementReplayTests : ManagementCompliance
{
    protected override Task<ITestHub> StartAsync(DurableTaskRegistry tasks, TestHubSettings? settings = null) => EmulatorHub.StartAsync(tasks, settings, cached: false);
}

public sealed class StartingTests : StartingCompliance
{
    protected override Task<ITestHub> StartAsync(DurableTaskRegistry tasks, TestHubSettings? settings = null) => EmulatorHub.StartAsync(tasks, settings, cached: true);
}

public sealed class StartingReplayTests : StartingCompliance
{
    protected override Task<ITestHub> StartAsync(DurableTaskRegistry tasks, TestHubSettings? settings = null) => EmulatorHub.StartAsync(tasks, settings, cached: false);
}

public sealed class DeterminismTests : DeterminismCompliance
{
    protected override Task<ITestHub> StartAsync(DurableTaskRegistry tasks, TestHubSettings? settings = null) => EmulatorHub.StartAsync(tasks, settings, cached: true);
}

public sealed class DeterminismReplayTests : DeterminismCompliance
{
    protected override Task<ITestHub> StartAsync(DurableTaskRegistry tasks, TestHubSettings? settings = null) => EmulatorHub.StartAsync(tasks, settings, cached: false);
}

public sealed class RestartTests(ITestOutputHelper output) : RestartCompliance(output)
{
    protected override Task<ITestHub> StartAsync(DurableTaskRegistry tasks, TestHubSettings? settings = null) => EmulatorHub.StartAsync(tasks, settings, cached: true);
}

public sealed class RestartReplayTests(ITestOutputHelper output) : RestartCompliance(output)
{
    protected override Task<ITestHub> StartAsync(DurableTaskRegistry tasks, TestHubSettings? settings = null) => EmulatorHub.StartAsync(tasks, settings, cached: false);
}

public sealed class ConverterTests : ConverterCompliance
{
    protected override Task<ITestHub> StartAsync(DurableTaskRegistry tasks, TestHubSettings? settings = null) => EmulatorHub.StartAsync(tasks, settings, cached: true);
}

public sealed class ConverterReplayTests : ConverterCompliance
{
    protected override Task<ITestHub> StartAsync(DurableTaskRegistry tasks, TestHubSettings? settings = null) => EmulatorHub.StartAsync(tasks, settings, cached: false);
}
