using System.Runtime.CompilerServices;

namespace Stockgate.Emulator.DurableTask.Replay;

/// <summary>Whether anybody awaits a task that has not ended.</summary>
internal static class Continuation
{
    private static volatile bool unknown;

    /// <returns>True also where the base library does not let it be seen.</returns>
    public static bool MayBeThere(Task task)
    {
        if (unknown) return true;
        try
        {
            return Of(task) is not null;
        }
        catch (MissingFieldException)
        {
            // The field is private. Without it, code that can't be resumed is found later: when it goes on elsewhere, or nothing is open any more.
            unknown = true;
            return true;
        }
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "m_continuationObject")]
    private static extern ref object? Of(Task task);
}
