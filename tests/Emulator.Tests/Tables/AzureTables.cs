using Azure.Data.Tables;

namespace Stockgate.Emulator.Tests.Tables;

/// <summary>The behaviours on a real account, the one whose connection string <see cref="Variable"/> holds. Without it a skipped test says so.</summary>
[RequiresVariable(Variable, "to a storage account's connection string to run this on Azure")]
public sealed class AzureTables : TablesCompliance
{
    public const string Variable = "STOCKGATE_TABLES_CONNECTION";

    protected override TableServiceClient Service { get; } = new(Environment.GetEnvironmentVariable(Variable)!);
}
