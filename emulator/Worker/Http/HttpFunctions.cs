using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Stockgate.Emulator.Worker.Functions;
using Stockgate.Emulator.Worker.Hosting;

namespace Stockgate.Emulator.Worker.Http;

/// <summary>Serves the HTTP functions as endpoints under the route prefix.</summary>
internal static partial class HttpFunctions
{
    private static readonly string[] AllMethods = ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"];

    /// <summary>The route of a function under the prefix of host.json.</summary>
    public static string Route(Function function, HostSettings host)
    {
        var route = (((HttpTriggerAttribute)function.Trigger).Route ?? function.Name).Trim('/');
        return host.RoutePrefix.Length == 0 ? $"/{route}" : $"/{host.RoutePrefix}/{route}";
    }

    /// <summary>Refuses a second function on the same method and route: routing could not choose, and would fail every request.</summary>
    /// <param name="served">Who serves what so far.</param>
    public static void CheckAlone(Function function, HostSettings host, IDictionary<string, Function> served, ICollection<string> mistakes)
    {
        foreach (var method in Methods((HttpTriggerAttribute)function.Trigger))
        {
            // The names of a route's parts make no difference to what it matches, their constraints do.
            var key = $"{method} {PartName().Replace(Route(function, host), "{").ToUpperInvariant()}";
            if (served.TryAdd(key, function)) continue;
            mistakes.Add($"{function}: {method} {Route(function, host)} is served by {served[key]} already");
            return;
        }
    }

    /// <summary>Binds the function's parameters; what is wrong goes to <paramref name="mistakes"/>.</summary>
    public static void Check(Function function, HostSettings host, ICollection<string> mistakes)
    {
        try
        {
            if (HttpParameters.Bind(function, Route(function, host), mistakes) is { } binds) function.BindParameters(binds);
        }
        catch (RoutePatternException broken)
        {
            mistakes.Add($"{function}: its route is not a route template: {broken.Message}");
        }
    }

    public static void Map(IEndpointRouteBuilder endpoints, Function function, HostSettings host, FunctionKeys keys, InvocationPipeline pipeline, ILogger logger)
    {
        var trigger = (HttpTriggerAttribute)function.Trigger;
        var methods = Methods(trigger);
        CheckConstraints(endpoints, function, RoutePatternFactory.Parse(Route(function, host)));
        endpoints.MapMethods(Route(function, host), methods, async http =>
        {
            if (!keys.Allows(http.Request, function.Name, trigger.AuthLevel))
            {
                http.Response.StatusCode = StatusCodes.Status401Unauthorized;
                return;
            }
            var invocation = new HttpInvocation(function, http);
            try
            {
                await pipeline.RunAsync(invocation);
                await HttpResults.WriteAsync(http, invocation.Result);
            }
            catch (BadHttpRequestException broken) when (!http.Response.HasStarted)
            {
                // Too large, cut short: the server knows which status says so.
                http.Response.StatusCode = broken.StatusCode;
            }
            catch (UnfitRequestException unfit) when (!http.Response.HasStarted)
            {
                http.Response.StatusCode = StatusCodes.Status400BadRequest;
                await http.Response.WriteAsJsonAsync(new { title = "The request does not fit the function", status = 400, detail = unfit.Message }, options: null, "application/problem+json");
            }
            catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
            {
                // The caller hung up; nobody is left to answer.
            }
            catch (Exception fault) when (!http.Response.HasStarted)
            {
                logger.LogError(fault, "{Function} failed", function.Name);
                http.Response.Clear();
                http.Response.StatusCode = StatusCodes.Status500InternalServerError;
            }
        });
    }

    // Routing would find out with the first request, and fail that and every other one.
    private static void CheckConstraints(IEndpointRouteBuilder endpoints, Function function, RoutePattern route)
    {
        var constraints = endpoints.ServiceProvider.GetRequiredService<ParameterPolicyFactory>();
        try
        {
            foreach (var part in route.Parameters)
                foreach (var constraint in part.ParameterPolicies) constraints.Create(part, constraint);
        }
        catch (Exception unknown) when (unknown is InvalidOperationException or RouteCreationException)
        {
            throw new InvalidOperationException($"{function}: its route has a constraint that does not exist: {unknown.Message}", unknown);
        }
    }

    private static string[] Methods(HttpTriggerAttribute trigger) => trigger.Methods.Length == 0 ? AllMethods : [.. trigger.Methods.Select(m => m.ToUpperInvariant())];

    [GeneratedRegex(@"\{\w+")]
    private static partial Regex PartName();
}
