using Azure.Messaging.ServiceBus;
using Stockgate.Local.ServiceBus;

namespace Stockgate.Local.Tests.ServiceBus;

/// <summary>
/// The compliance suite through the real client: on the local broker with a clock that the tests move, or on the namespace whose
/// connection string is in <c>STOCKGATE_SERVICEBUS</c> (a real one or the official emulator, with the entities of
/// <see cref="TemporaryFolder.Entities"/>; what is in them is deleted).
/// </summary>
public sealed class ServiceBusTests : ServiceBusCompliance, IAsyncLifetime
{
    public const string Variable = "STOCKGATE_SERVICEBUS";

    private readonly TemporaryFolder _folder = new();
    private readonly FakeTime _time = new();
    private BrokerServer? _server;
    private ServiceBusClient? _client;

    public static string? Remote { get; } = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } connection ? connection : null;

    protected override ServiceBusClient Client => _client!;

    public async Task InitializeAsync()
    {
        if (Remote is null)
            _server = await BrokerServer.StartAsync(_folder.Options with { Time = _time });
        _client = TestClient.To(Remote ?? _server!.ConnectionString);
        if (Remote is not null)
            await Namespace.Empty(_client);
    }

    public async Task DisposeAsync()
    {
        await Client.DisposeAsync();
        if (_server is not null)
            await _server.DisposeAsync();
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
