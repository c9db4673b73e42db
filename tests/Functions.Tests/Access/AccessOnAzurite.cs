using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Stockgate.Domain.Access;
using Stockgate.Functions.Access;
using Stockgate.Platform;
using Stockgate.Platform.Access;
using Stockgate.Platform.Storage;
using Stockgate.TestSupport;

namespace Stockgate.Functions.Tests.Access;

/// <summary>The gate of the API on a real store, in one process or two.</summary>
public abstract class AccessOnAzurite(AzuriteFixture fixture) : IClassFixture<AzuriteFixture>, IAsyncLifetime
{
    internal const string AdminKey = "an-admin-key-of-more-than-32-characters";

    private readonly List<ServiceProvider> processes = [];
    private static int addresses;

    internal FakeTime Time { get; } = new();

    internal IServiceProvider App { get; private set; } = null!;

    internal KeyDesk Desk => App.GetRequiredService<KeyDesk>();

    public async Task InitializeAsync()
    {
        App = Process();
        await App.GetRequiredService<StateTables>().PrepareAsync(CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        foreach (var process in processes)
            await process.DisposeAsync();
    }

    internal IServiceProvider Process(params (string Name, string Value)[] more)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Storage"] = fixture.Azurite.ConnectionString,
            ["Buckets"] = "4",
            ["PublicUrl"] = "http://127.0.0.1:7071",
            ["Access:AdminKey"] = AdminKey,
        };
        foreach (var (name, value) in more)
            settings[name] = value;
        var services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(Time);
        services.AddStockgate(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()).AddSingleton<AccessGate>();
        var process = services.BuildServiceProvider();
        processes.Add(process);
        return process;
    }

    internal async Task<string> KeyAsync(string name, params string[] roles) =>
        (await Desk.CreateAsync(new KeyRequest(name, roles), "Root", CancellationToken.None)).Token.Text;

    /// <summary>A request from an address of its own.</summary>
    internal static HttpRequest Request(string? key = null, string method = "GET", params (string Name, string Value)[] headers)
    {
        var request = new DefaultHttpContext().Request;
        (request.Method, request.Path) = (method, "/api/v1/pricing/decisions/d.html");
        request.HttpContext.Connection.RemoteIpAddress = new IPAddress(0x0100007F + Interlocked.Increment(ref addresses));
        if (key is not null)
            request.Headers.Authorization = $"Bearer {key}";
        foreach (var (name, value) in headers)
            request.Headers[name] = value;
        return request;
    }

    /// <returns>The problem of a request that is refused; null where it may go on.</returns>
    internal async Task<ProblemException?> RefusalAsync(string function, HttpRequest request, IServiceProvider? at = null)
    {
        try
        {
            await (at ?? App)
                .GetRequiredService<AccessGate>()
                .AnswerInsteadAsync(request.HttpContext, RouteRoles.Table[function], CancellationToken.None);
            return null;
        }
        catch (ProblemException refused)
        {
            return refused;
        }
    }
}
