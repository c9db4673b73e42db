namespace Stockgate.Emulator.Tables.Wire;

/// <summary>
/// The end of the synchronous methods. They run the same code as the asynchronous ones with <c>async: false</c>, in which no await ever waits, so that no thread
/// blocks on a task.
/// </summary>
internal static class Completed
{
    public static T Get<T>(ValueTask<T> task) =>
        task.IsCompleted ? task.GetAwaiter().GetResult() : throw new InvalidOperationException("A synchronous call went asynchronous on the way; this is a bug of the client.");
}
