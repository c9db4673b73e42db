namespace Stockgate.Local.Host.Durable;

/// <summary>What the methods made for durable functions call. Public because they live in an assembly of their own.</summary>
public static class DurableCalls
{
    /// <summary>Runs the function in the worker: name, value of the trigger, instance id (activities alone).</summary>
    internal static Func<string, string, string?, CancellationToken, Task<object?>> Handler { get; set; } =
        static (name, _, _, _) => throw new InvalidOperationException($"{name} was called before the host was ready.");

    public static Task<object?> RunAsync(string function, string input, string? instanceId, CancellationToken cancellationToken) =>
        Handler(function, input, instanceId, cancellationToken);
}
