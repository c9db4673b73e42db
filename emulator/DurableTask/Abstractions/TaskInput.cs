namespace Microsoft.DurableTask;

/// <summary>The input of a task as the type that the task takes.</summary>
internal static class TaskInput
{
    /// <summary>The input; <c>default</c> for null.</summary>
    /// <exception cref="ArgumentException">The input is of another type.</exception>
    public static T? As<T>(object? input, string task) => input switch
    {
        null => default,
        T typed => typed,
        _ => throw new ArgumentException($"{task} takes an input of type {typeof(T)}; it was given one of type {input.GetType()}.", nameof(input)),
    };
}
