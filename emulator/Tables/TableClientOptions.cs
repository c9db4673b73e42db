namespace Azure.Data.Tables;

/// <summary>Retry, transport and diagnostics settings of the clients (Azure.Core's <see cref="Core.ClientOptions"/>) and the service version.</summary>
public class TableClientOptions : Stockgate.Emulator.Tables.TableClientOptions
{
    /// <exception cref="ArgumentOutOfRangeException">The version is none of <see cref="Stockgate.Emulator.Tables.TableClientOptions.ServiceVersion"/>.</exception>
    public TableClientOptions(ServiceVersion serviceVersion = ServiceVersion.V2020_12_06) => VersionHeader = serviceVersion switch
    {
        ServiceVersion.V2019_02_02 => "2019-02-02",
        ServiceVersion.V2020_12_06 => "2020-12-06",
        _ => throw new ArgumentOutOfRangeException(nameof(serviceVersion), serviceVersion, "Use V2019_02_02 or V2020_12_06."),
    };

    internal string VersionHeader { get; }
}
