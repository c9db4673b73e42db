using System.Net;
using System.Net.Sockets;
using Azure.Messaging.ServiceBus;
using Stockgate.Local.ServiceBus;

namespace Stockgate.Local.Tests.ServiceBus;

/// <summary>The broker's command line: each mistake in one line, and an end that loses nothing.</summary>
public sealed class ProcessTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_ends_cleanly_when_told_to_and_has_what_it_took()
    {
        var port = FreePort.Find();
        using (var broker = await BrokerProcess.Start(_folder, port))
        {
            await using var client = TestClient.To(ConnectionTo(port));
            await client.CreateSender("plain").SendMessageAsync(new ServiceBusMessage("1"));
            Assert.Equal(0, await broker.Terminate());
        }
        using var again = await BrokerProcess.Start(_folder, port);
        await using var reader = TestClient.To(ConnectionTo(port));
        Assert.Equal("1", (await reader.CreateReceiver("plain").ReceiveMessageAsync()).Body.ToString());
    }

    [Fact]
    public async Task A_second_process_on_the_same_file_is_refused_by_name()
    {
        await using var holder = await BrokerServer.StartAsync(_folder.Options);
        await AssertFails(
            ["--port", "0", "--data", _folder.DataFile, "--entities", _folder.EntityFile],
            _folder.DataFile,
            "in use by another process"
        );
    }

    [Fact]
    public async Task A_taken_port_is_named()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        await AssertFails(["--port", $"{port}", "--data", _folder.DataFile, "--entities", _folder.EntityFile], $"{port}", "--port");
    }

    [Fact]
    public async Task A_wrong_entity_file_is_named()
    {
        var missing = Path.Combine(_folder.Path, "nothing.json");
        await AssertFails(["--port", "0", "--data", _folder.DataFile, "--entities", missing], missing, "does not exist");
    }

    [Fact]
    public async Task A_wrong_argument_is_named()
    {
        await AssertFails(["--prot", "1"], "--prot", "usage");
        await AssertFails(["--port", "x", "--data", "d", "--entities", "e"], "--port x");
        await AssertFails(["--port", "0", "--data", "d"], "--entities");
    }

    internal static string ConnectionTo(int port) =>
        $"Endpoint=sb://127.0.0.1:{port};SharedAccessKeyName=RootManageSharedAccessKey;SharedAccessKey=SAS_KEY_VALUE;UseDevelopmentEmulator=true;";

    private static async Task AssertFails(string[] arguments, params string[] said)
    {
        var (exitCode, error) = await BrokerProcess.Fail(arguments);
        Assert.Equal(1, exitCode);
        Assert.DoesNotContain('\n', error);
        Assert.All(said, part => Assert.Contains(part, error));
    }
}
