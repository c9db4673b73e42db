using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;
using Stockgate.Local.Host.Functions;

namespace Stockgate.Local.Host.Http;

internal enum AuthorizationLevel
{
    Anonymous,
    Function,
    Admin,
}

/// <summary>The route of one HTTP function: template, methods and who may call it.</summary>
internal sealed class HttpRoute
{
    private readonly TemplateMatcher matcher;
    private readonly (string Name, IRouteConstraint Constraint)[] constraints;
    private readonly string[] methods;
    private readonly string literal;

    /// <exception cref="RouteCreationException">The template or a constraint is wrong.</exception>
    /// <exception cref="ArgumentException">The template is wrong.</exception>
    public HttpRoute(FunctionDefinition function, string prefix, IInlineConstraintResolver resolver)
    {
        Function = function;
        var trigger = function.Trigger!;
        var own = trigger["route"] is { Length: > 0 } route ? route : function.Name;
        Template = string.Join('/', new[] { prefix, own.Trim('/') }.Where(part => part.Length > 0));
        methods = [.. trigger.List("methods").Select(method => method.ToUpperInvariant())];
        Level = Enum.TryParse<AuthorizationLevel>(trigger["authLevel"], ignoreCase: true, out var level)
            ? level
            : AuthorizationLevel.Function;
        var template = TemplateParser.Parse(Template);
        var defaults = new RouteValueDictionary();
        foreach (var parameter in template.Parameters)
            if (parameter.DefaultValue is { } value)
                defaults[parameter.Name!] = value;
        matcher = new TemplateMatcher(template, defaults);
        constraints =
        [
            .. template.Parameters.SelectMany(parameter =>
                parameter.InlineConstraints.Select(inline =>
                    (parameter.Name!, Constraint(resolver, inline.Constraint, parameter.IsOptional))
                )
            ),
        ];
        // What every match begins with: cheaper to compare than the template is to match.
        var open = Template.IndexOf('{');
        literal = "/" + (open < 0 ? Template : Template[..open].TrimEnd('/'));
    }

    public FunctionDefinition Function { get; }

    public string Template { get; }

    public AuthorizationLevel Level { get; }

    public string Methods => methods.Length == 0 ? "ALL" : string.Join(',', methods);

    /// <summary>What two routes have in common that can't both be reached.</summary>
    public string Shape => $"{Methods} {Template.ToUpperInvariant()}";

    public bool Matches(HttpRequest request, RouteValueDictionary values)
    {
        if (!Takes(request.Method))
            return false;
        if (!request.Path.Value!.StartsWith(literal, StringComparison.OrdinalIgnoreCase))
            return false;
        if (!matcher.TryMatch(request.Path, values))
            return false;
        foreach (var (name, constraint) in constraints)
            if (!constraint.Match(request.HttpContext, null, name, values, RouteDirection.IncomingRequest))
                return false;
        return true;
    }

    private bool Takes(string method)
    {
        if (methods.Length == 0)
            return true;
        foreach (var taken in methods)
            if (string.Equals(taken, method, StringComparison.OrdinalIgnoreCase))
                return true;
        return false;
    }

    private static IRouteConstraint Constraint(IInlineConstraintResolver resolver, string text, bool optional)
    {
        var constraint = resolver.ResolveConstraint(text) ?? throw new RouteCreationException($"the constraint '{text}' is not known");
        return optional ? new Microsoft.AspNetCore.Routing.Constraints.OptionalRouteConstraint(constraint) : constraint;
    }
}
