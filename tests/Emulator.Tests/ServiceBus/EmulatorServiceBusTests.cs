using Azure.Messaging.ServiceBus;

namespace Stockgate.Emulator.Tests.ServiceBus;

/// <summary>The compliance suite on the emulator, on a clock that the tests move.</summary>
public sealed class EmulatorServiceBusTests : ServiceBusCompliance, IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTime _time = new();

    public EmulatorServiceBusTests() => Client = new ServiceBusClient(_folder.ConnectionString, null, _time);

    protected override ServiceBusClient Client { get; }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await Client.DisposeAsync();
        _folder.Dispose();
    }

    protected override Task PassTime(TimeSpan time)
    {
        _time.Advance(time);
        return Task.CompletedTask;
    }

    protected override async Task<T> WhileTimePasses<T>(Task<T> task)
    {
        // Small steps and little of the clock per step: locks of other tests' receivers must not run out meanwhile.
        for (var step = 1; !task.IsCompleted; step++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(step));
            await Task.WhenAny(task, Task.Delay(1));
        }
        return await task;
    }
}
