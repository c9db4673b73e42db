namespace Stockgate.Emulator.DurableTask.Engine;

/// <summary>A name that no orchestrator or activity has.</summary>
internal sealed class UnknownFunctionException(string message) : Exception(message)
{
    public static UnknownFunctionException Orchestrator(string name, string? version, IEnumerable<string> known) => new(Said("orchestrator", "[OrchestrationTrigger]", name, version, known));

    public static UnknownFunctionException Activity(string name, string? version, IEnumerable<string> known) => new(Said("activity", "[ActivityTrigger]", name, version, known));

    private static string Said(string kind, string trigger, string name, string? version, IEnumerable<string> known)
    {
        var names = string.Join(", ", known.Distinct(StringComparer.OrdinalIgnoreCase).Order());
        return $"There is no {kind} '{name}'{(string.IsNullOrEmpty(version) ? string.Empty : $" of version '{version}'")}. " +
               $"Give a function with {trigger} that name, or correct the call. There are: {(names.Length == 0 ? "none" : names)}.";
    }
}

/// <summary>An orchestrator or activity that reads its input from its context, and gets none handed in.</summary>
internal interface IReadsOwnInput;
