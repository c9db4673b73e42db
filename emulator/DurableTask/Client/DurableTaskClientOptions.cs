namespace Microsoft.DurableTask.Client;

/// <summary>Options of a <see cref="DurableTaskClient"/>.</summary>
public class DurableTaskClientOptions
{
    private DataConverter _dataConverter = JsonDataConverter.Default;

    /// <summary>Defaults: no version, JSON.</summary>
    public DurableTaskClientOptions()
    {
    }

    /// <summary>The version of orchestrations that are started without one; empty for none.</summary>
    public string DefaultVersion { get; set; } = "";

    /// <summary>Writes inputs and events and reads outputs; JSON by default.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public DataConverter DataConverter
    {
        get => _dataConverter;
        set => _dataConverter = value ?? throw new ArgumentNullException(nameof(DataConverter));
    }
}
