using System.Reflection;

namespace Stockgate.Emulator.Worker.Functions;

/// <summary>Where the functions are, and the files that belong to them.</summary>
internal sealed record FunctionSource(Assembly Assembly)
{
    /// <summary>The types that are searched for functions; all of the assembly's where it is not said.</summary>
    public IReadOnlyCollection<Type>? Types { get; init; }

    /// <summary>The folder of host.json.</summary>
    public string HostFolder { get; init; } = AppContext.BaseDirectory;

    /// <summary>The folder of local.settings.json.</summary>
    public string SettingsFolder { get; init; } = Environment.CurrentDirectory;
}
