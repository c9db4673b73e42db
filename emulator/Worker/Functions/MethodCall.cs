using System.Linq.Expressions;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace Stockgate.Emulator.Worker.Functions;

/// <summary>A method call compiled once, so that an invocation costs no reflection.</summary>
internal sealed class MethodCall
{
    private readonly ObjectFactory? construct;
    private readonly Func<object?, object?[], object?> invoke;
    private readonly Func<object, ValueTask<object?>> complete;

    private MethodCall(ObjectFactory? construct, Func<object?, object?[], object?> invoke, Func<object, ValueTask<object?>> complete) =>
        (this.construct, this.invoke, this.complete) = (construct, invoke, complete);

    public static MethodCall Compile(MethodInfo method)
    {
        var (instance, arguments) = (Expression.Parameter(typeof(object)), Expression.Parameter(typeof(object?[])));
        var parameters = method.GetParameters().Select((p, i) => Expression.Convert(Expression.ArrayIndex(arguments, Expression.Constant(i)), p.ParameterType));
        Expression call = Expression.Call(method.IsStatic ? null : Expression.Convert(instance, method.DeclaringType!), method, parameters);
        Expression body = method.ReturnType == typeof(void) ? Expression.Block(call, Expression.Constant(null)) : Expression.Convert(call, typeof(object));
        return new MethodCall(
            method.IsStatic ? null : ActivatorUtilities.CreateFactory(method.DeclaringType!, Type.EmptyTypes),
            Expression.Lambda<Func<object?, object?[], object?>>(body, instance, arguments).Compile(),
            Completion(method.ReturnType));
    }

    public async ValueTask<object?> InvokeAsync(IServiceProvider services, object?[] arguments)
    {
        var instance = construct?.Invoke(services, null);
        try
        {
            return invoke(instance, arguments) is { } returned ? await complete(returned) : null;
        }
        finally
        {
            if (instance is IAsyncDisposable asynchronous) await asynchronous.DisposeAsync();
            else (instance as IDisposable)?.Dispose();
        }
    }

    private static Func<object, ValueTask<object?>> Completion(Type returned)
    {
        if (returned == typeof(Task)) return static async task => { await (Task)task; return null; };
        if (returned == typeof(ValueTask)) return static async task => { await (ValueTask)task; return null; };
        if (!returned.IsGenericType) return static value => new(value);
        var definition = returned.GetGenericTypeDefinition();
        var name = definition == typeof(Task<>) ? nameof(OfTask) : definition == typeof(ValueTask<>) ? nameof(OfValueTask) : null;
        return name is null
            ? static value => new(value)
            : typeof(MethodCall).GetMethod(name, BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(returned.GetGenericArguments())
                .CreateDelegate<Func<object, ValueTask<object?>>>();
    }

    private static async ValueTask<object?> OfTask<T>(object task) => await (Task<T>)task;

    private static async ValueTask<object?> OfValueTask<T>(object task) => await (ValueTask<T>)task;
}
