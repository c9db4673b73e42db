namespace Microsoft.DurableTask;

public sealed partial class DurableTaskRegistry
{
    /// <summary>Adds an activity from a function.</summary>
    /// <exception cref="ArgumentException">The name is empty, or taken in this version.</exception>
    public DurableTaskRegistry AddActivityFunc<TInput, TOutput>(TaskName name, Func<TaskActivityContext, TInput, Task<TOutput>> activity)
    {
        ArgumentNullException.ThrowIfNull(activity);
        return AddFunc(name, TaskVersion.Unversioned, activity);
    }

    /// <summary>Adds an activity from a function as one version of it.</summary>
    /// <exception cref="ArgumentException">The name is empty, or taken in this version.</exception>
    public DurableTaskRegistry AddActivityFunc<TInput, TOutput>(TaskName name, TaskVersion version, Func<TaskActivityContext, TInput, Task<TOutput>> activity)
    {
        ArgumentNullException.ThrowIfNull(activity);
        return AddFunc(name, version, activity);
    }

    /// <summary>Adds an activity from a function that awaits nothing.</summary>
    /// <exception cref="ArgumentException">The name is empty, or taken in this version.</exception>
    public DurableTaskRegistry AddActivityFunc<TInput, TOutput>(TaskName name, Func<TaskActivityContext, TInput, TOutput> activity)
    {
        ArgumentNullException.ThrowIfNull(activity);
        return AddFunc<TInput, TOutput>(name, TaskVersion.Unversioned, (context, input) => Task.FromResult(activity(context, input)));
    }

    /// <summary>Adds an activity from a function without an output.</summary>
    /// <exception cref="ArgumentException">The name is empty, or taken in this version.</exception>
    public DurableTaskRegistry AddActivityFunc<TInput>(TaskName name, Func<TaskActivityContext, TInput, Task> activity)
    {
        ArgumentNullException.ThrowIfNull(activity);
        return AddFunc<TInput, object?>(name, TaskVersion.Unversioned, (context, input) => WithoutOutput(activity(context, input)));
    }

    /// <summary>Adds an activity from a function without an input.</summary>
    /// <exception cref="ArgumentException">The name is empty, or taken in this version.</exception>
    public DurableTaskRegistry AddActivityFunc<TOutput>(TaskName name, Func<TaskActivityContext, Task<TOutput>> activity)
    {
        ArgumentNullException.ThrowIfNull(activity);
        return AddFunc<object?, TOutput>(name, TaskVersion.Unversioned, (context, _) => activity(context));
    }

    /// <summary>Adds an activity from a function without input or output.</summary>
    /// <exception cref="ArgumentException">The name is empty, or taken in this version.</exception>
    public DurableTaskRegistry AddActivityFunc(TaskName name, Func<TaskActivityContext, Task> activity)
    {
        ArgumentNullException.ThrowIfNull(activity);
        return AddFunc<object?, object?>(name, TaskVersion.Unversioned, (context, _) => WithoutOutput(activity(context)));
    }

    /// <summary>Adds an activity from a function that awaits nothing, without an input.</summary>
    /// <exception cref="ArgumentException">The name is empty, or taken in this version.</exception>
    public DurableTaskRegistry AddActivityFunc<TOutput>(TaskName name, Func<TaskActivityContext, TOutput> activity)
    {
        ArgumentNullException.ThrowIfNull(activity);
        return AddFunc<object?, TOutput>(name, TaskVersion.Unversioned, (context, _) => Task.FromResult(activity(context)));
    }

    /// <summary>Adds an activity from a function that awaits nothing, without an output.</summary>
    /// <exception cref="ArgumentException">The name is empty, or taken in this version.</exception>
    public DurableTaskRegistry AddActivityFunc<TInput>(TaskName name, Action<TaskActivityContext, TInput> activity)
    {
        ArgumentNullException.ThrowIfNull(activity);
        return AddFunc<TInput, object?>(name, TaskVersion.Unversioned, (context, input) =>
        {
            activity(context, input);
            return Task.FromResult<object?>(null);
        });
    }

    /// <summary>Adds an activity from a function that awaits nothing, without input or output.</summary>
    /// <exception cref="ArgumentException">The name is empty, or taken in this version.</exception>
    public DurableTaskRegistry AddActivityFunc(TaskName name, Action<TaskActivityContext> activity)
    {
        ArgumentNullException.ThrowIfNull(activity);
        return AddFunc<object?, object?>(name, TaskVersion.Unversioned, (context, _) =>
        {
            activity(context);
            return Task.FromResult<object?>(null);
        });
    }

    private DurableTaskRegistry AddFunc<TInput, TOutput>(TaskName name, TaskVersion version, Func<TaskActivityContext, TInput, Task<TOutput>> activity) =>
        AddActivity(name, version, () => new DelegateActivity<TInput, TOutput>(name, activity));

    private static async Task<object?> WithoutOutput(Task task)
    {
        await task;
        return null;
    }
}
