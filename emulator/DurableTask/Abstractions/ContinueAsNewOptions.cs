namespace Microsoft.DurableTask;

/// <summary>How an orchestration starts over.</summary>
public class ContinueAsNewOptions
{
    /// <summary>Defaults: no input, the same version, unprocessed events are kept.</summary>
    public ContinueAsNewOptions()
    {
    }

    /// <summary>The input of the next run; null by default.</summary>
    public object? NewInput { get; set; }

    /// <summary>Whether events that nobody has waited for yet go over to the next run. True by default.</summary>
    public bool PreserveUnprocessedEvents { get; set; } = true;

    /// <summary>The version of the next run; null or empty keeps the version.</summary>
    public string? NewVersion { get; set; }
}
