namespace Microsoft.DurableTask;

public sealed partial class DurableTaskRegistry
{
    /// <summary>Adds an activity that a function makes for every call.</summary>
    /// <exception cref="ArgumentException">The name is empty, or taken in this version.</exception>
    public DurableTaskRegistry AddActivity(TaskName name, Func<IServiceProvider, ITaskActivity> factory)
    {
        _activities.Add(name, TaskVersion.Unversioned, factory);
        return this;
    }

    /// <summary>Adds a version of an activity that a function makes for every call.</summary>
    /// <exception cref="ArgumentException">The name is empty, or taken in this version.</exception>
    public DurableTaskRegistry AddActivity(TaskName name, TaskVersion version, Func<ITaskActivity> factory)
    {
        ArgumentNullException.ThrowIfNull(factory);
        _activities.Add(name, version, _ => factory());
        return this;
    }

    /// <summary>Adds a class under a name; its attribute says the version.</summary>
    /// <exception cref="ArgumentException">The type is abstract or no activity, or the name is empty or taken in this version.</exception>
    public DurableTaskRegistry AddActivity(TaskName name, Type type)
    {
        _activities.Add(name, type);
        return this;
    }

    /// <summary>Adds a class under its own name.</summary>
    /// <exception cref="ArgumentException">The type is abstract or no activity, or the name is empty or taken in this version.</exception>
    public DurableTaskRegistry AddActivity(Type type)
    {
        _activities.Add(null, type);
        return this;
    }

    /// <summary>Adds a class under a name; its attribute says the version.</summary>
    /// <exception cref="ArgumentException">The type is abstract or no activity, or the name is empty or taken in this version.</exception>
    public DurableTaskRegistry AddActivity<TActivity>(TaskName name)
        where TActivity : class, ITaskActivity => AddActivity(name, typeof(TActivity));

    /// <summary>Adds a class under its own name.</summary>
    /// <exception cref="ArgumentException">The type is abstract or no activity, or the name is empty or taken in this version.</exception>
    public DurableTaskRegistry AddActivity<TActivity>()
        where TActivity : class, ITaskActivity => AddActivity(typeof(TActivity));

    /// <summary>Adds one object that serves all calls, under a name; the attribute of its class says the version.</summary>
    /// <exception cref="ArgumentException">The name is empty, or taken in this version.</exception>
    public DurableTaskRegistry AddActivity(TaskName name, ITaskActivity activity)
    {
        _activities.Add(name, activity, nameof(activity));
        return this;
    }

    /// <summary>Adds one object that serves all calls, under the name of its class.</summary>
    /// <exception cref="ArgumentException">The name is empty, or taken in this version.</exception>
    public DurableTaskRegistry AddActivity(ITaskActivity activity)
    {
        _activities.Add(null, activity, nameof(activity));
        return this;
    }
}
