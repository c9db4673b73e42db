using System.ComponentModel;
using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Stockgate.Emulator.Worker.Functions;

namespace Stockgate.Emulator.Worker.Http;

/// <summary>A value in the request that doesn't fit its parameter: answered with 400.</summary>
internal sealed class UnfitRequestException(string message) : Exception(message);

/// <summary>How an HTTP function's parameters get their values.</summary>
internal static class HttpParameters
{
    public static Bind[]? Bind(Function function, string route, ICollection<string> mistakes)
    {
        var names = RoutePatternFactory.Parse(route).Parameters.Select(p => p.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var before = mistakes.Count;
        Bind[] binds = [.. function.Method.GetParameters().Select(p => One(function, p, names, mistakes))];
        return mistakes.Count == before ? binds : null;
    }

    private static Bind One(Function function, ParameterInfo parameter, HashSet<string> routeNames, ICollection<string> mistakes)
    {
        var type = parameter.ParameterType;
        if (CommonParameters.Bind(parameter) is { } common) return common;
        if (type == typeof(HttpRequest)) return static invocation => new(((HttpInvocation)invocation).HttpContext.Request);
        if (parameter.IsDefined(typeof(FromBodyAttribute))) return invocation => BodyAsync((HttpInvocation)invocation, parameter);
        if (routeNames.Contains(parameter.Name!))
        {
            var plain = Nullable.GetUnderlyingType(type) ?? type;
            if (plain == typeof(string) || TypeDescriptor.GetConverter(plain).CanConvertFrom(typeof(string))) return RouteValue(parameter);
            mistakes.Add($"{function}: parameter '{parameter.Name}' of type {type.Name} can't be made from a part of the route; take a string, a number, a Guid, a date or an enum");
            return static _ => new((object?)null);
        }
        mistakes.Add($"{function}: parameter '{parameter.Name}' of type {type.Name} can't be bound; it may be HttpRequest, FunctionContext, CancellationToken, [DurableClient] DurableTaskClient, " +
                     $"marked [FromBody], or named as a part of the route ({(routeNames.Count == 0 ? "which has none" : string.Join(", ", routeNames))})");
        return static _ => new((object?)null);
    }

    private static Bind RouteValue(ParameterInfo parameter)
    {
        var (name, type) = (parameter.Name!, Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType);
        // What an optional part that was left out gives.
        var absent = parameter.HasDefaultValue ? parameter.DefaultValue : null;
        absent ??= parameter.ParameterType.IsValueType ? Activator.CreateInstance(parameter.ParameterType) : null;
        if (type == typeof(string)) return invocation => new(((HttpInvocation)invocation).HttpContext.Request.RouteValues[name] as string ?? absent);
        var converter = TypeDescriptor.GetConverter(type);
        return invocation =>
        {
            if (((HttpInvocation)invocation).HttpContext.Request.RouteValues[name] is not string text) return new(absent);
            try
            {
                return new(converter.ConvertFromInvariantString(text));
            }
            catch (Exception unfit) when (unfit is FormatException or ArgumentException or NotSupportedException)
            {
                throw new UnfitRequestException($"'{text}' in the path is not a {type.Name}, which '{name}' has to be.");
            }
        };
    }

    private static async ValueTask<object?> BodyAsync(HttpInvocation invocation, ParameterInfo parameter)
    {
        try
        {
            return await invocation.HttpContext.Request.ReadFromJsonAsync(parameter.ParameterType, invocation.CancellationToken);
        }
        catch (Exception unfit) when (unfit is JsonException or InvalidOperationException)
        {
            throw new UnfitRequestException($"The body is not JSON of the form that '{parameter.Name}' has: {unfit.Message}");
        }
    }
}
