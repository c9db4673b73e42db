using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>One invocation of a function: what started it, its services, its state.</summary>
public abstract class FunctionContext
{
    protected FunctionContext() { }

    public abstract string InvocationId { get; }

    public abstract string FunctionId { get; }

    public abstract TraceContext TraceContext { get; }

    public abstract BindingContext BindingContext { get; }

    public abstract RetryContext RetryContext { get; }

    public abstract IServiceProvider InstanceServices { get; set; }

    public abstract FunctionDefinition FunctionDefinition { get; }

    public abstract IDictionary<object, object> Items { get; set; }

    public abstract IInvocationFeatures Features { get; }

    public virtual CancellationToken CancellationToken { get; }
}

/// <summary>The trigger's data by name: route values, message properties.</summary>
public abstract class BindingContext
{
    protected BindingContext() { }

    public abstract IReadOnlyDictionary<string, object?> BindingData { get; }
}

/// <summary>Which try this is.</summary>
public abstract class RetryContext
{
    protected RetryContext() { }

    /// <summary>0 on the first try.</summary>
    public abstract int RetryCount { get; }

    /// <summary>-1 for without end.</summary>
    public abstract int MaxRetryCount { get; }
}

/// <summary>W3C trace context of what started the invocation.</summary>
public abstract class TraceContext
{
    protected TraceContext() { }

    public abstract string TraceParent { get; }

    public abstract string TraceState { get; }
}

/// <summary>Objects that middleware and bindings hang on an invocation, by type.</summary>
public interface IInvocationFeatures : IEnumerable<KeyValuePair<Type, object>>
{
    void Set<T>(T instance);

    T? Get<T>();
}

/// <summary>Loggers in the name of the function's code.</summary>
public static class FunctionContextLoggerExtensions
{
    public static ILogger<T> GetLogger<T>(this FunctionContext context) => context.InstanceServices.GetRequiredService<ILogger<T>>();

    public static ILogger GetLogger(this FunctionContext context, string categoryName) =>
        context.InstanceServices.GetRequiredService<ILoggerFactory>().CreateLogger(categoryName);
}
