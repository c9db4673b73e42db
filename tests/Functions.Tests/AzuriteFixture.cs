using Stockgate.Local.Run;
using Stockgate.TestSupport;

namespace Stockgate.Functions.Tests;

/// <summary>One Azurite for a test class or collection, on ports of its own.</summary>
public sealed class AzuriteFixture : IAsyncLifetime
{
    private AzuriteProcess? azurite;

    public AzuriteProcess Azurite => azurite ?? throw new InvalidOperationException("Azurite has not started yet.");

    public async Task InitializeAsync() => azurite = await AzuriteProcess.StartAsync(SharedData.RepositoryRoot);

    public async Task DisposeAsync()
    {
        if (azurite is not null)
            await azurite.DisposeAsync();
    }
}
