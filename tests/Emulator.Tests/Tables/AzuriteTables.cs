using Azure.Data.Tables;
using Stockgate.TestSupport;

namespace Stockgate.Emulator.Tests.Tables;

/// <summary>The behaviours on Azurite.</summary>
public sealed class AzuriteTables(AzuriteFixture fixture) : TablesCompliance, IClassFixture<AzuriteFixture>
{
    protected override TableServiceClient Service { get; } = new(fixture.Azurite.ConnectionString);
}
