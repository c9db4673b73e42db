using Microsoft.AspNetCore.Http;
using Stockgate.Domain.Access;

namespace Stockgate.Functions.Access;

/// <summary>Who may call a function.</summary>
internal sealed record RouteRule
{
    /// <summary>One of them is needed.</summary>
    public IReadOnlyList<string> Roles { get; private init; } = [];

    /// <summary>May call it with <c>?dryRun=true</c> alone, which changes nothing.</summary>
    public IReadOnlyList<string> DryRunRoles { get; private init; } = [];

    /// <summary>Also roles that are no word of the app's: those that approval policies name.</summary>
    public bool PolicyRoles { get; private init; }

    /// <summary>Null where a credential is needed; else why none is, and what protects the route instead.</summary>
    public string? OpenBecause { get; private init; }

    /// <summary>A person opens it in a browser, and is led to the sign-in page.</summary>
    public bool IsPage { get; private init; }

    /// <summary>The answer is sent while it is made, so that it is not kept for an <c>Idempotency-Key</c>.</summary>
    public bool IsStream { get; private init; }

    /// <summary>Works while nothing may be changed: it takes in events, changes nothing, or is how that ends.</summary>
    public bool WorksReadOnly { get; private init; }

    public static RouteRule For(params IReadOnlyList<string> roles) => new() { Roles = roles };

    public static RouteRule Open(string because) => new() { OpenBecause = because };

    public RouteRule AndPolicyRoles() => this with { PolicyRoles = true };

    public RouteRule AndDryRunFor(params IReadOnlyList<string> roles) => this with { DryRunRoles = roles };

    public RouteRule AsPage() => this with { IsPage = true };

    public RouteRule AsStream() => this with { IsStream = true };

    public RouteRule AlsoReadOnly() => this with { WorksReadOnly = true };

    /// <summary>Whether the switch <c>ReadOnly</c> refuses the request.</summary>
    public bool StopsWhenReadOnly(HttpRequest request) =>
        !WorksReadOnly
        && !HttpMethods.IsGet(request.Method)
        && !HttpMethods.IsHead(request.Method)
        && !HttpMethods.IsOptions(request.Method)
        && request.Query["dryRun"] is not ["true"];

    /// <summary>Every POST of a caller does. What is open has other ids: those of events, or of a link.</summary>
    public bool TakesIdempotencyKey(string method) => HttpMethods.IsPost(method) && OpenBecause is null && !IsStream;

    public bool Allows(Caller caller, bool isDryRun) =>
        OpenBecause is not null
        || Roles.Any(caller.Has)
        || (isDryRun && DryRunRoles.Any(caller.Has))
        || (PolicyRoles && caller.Roles.Any(static role => !Role.Known.Contains(role, StringComparer.OrdinalIgnoreCase)));

    /// <summary>What would do, for whoever is refused.</summary>
    public string Needed =>
        (Roles.Count == 1 ? $"the role {Roles[0]}" : $"one of the roles {string.Join(", ", Roles)}")
        + (PolicyRoles ? ", or a role that an approval policy names" : "")
        + (DryRunRoles.Count > 0 ? $"; with dryRun=true also {string.Join(", ", DryRunRoles)}" : "");
}
