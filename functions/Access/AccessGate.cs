using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Stockgate.Domain.Access;
using Stockgate.Domain.Operations;
using Stockgate.Platform;
using Stockgate.Platform.Access;
using Stockgate.Platform.Approvals.Links;
using Stockgate.Platform.Operations;

namespace Stockgate.Functions.Access;

/// <summary>Finds out who sends a request, and lets through what <see cref="RouteRoles"/> allows them.</summary>
public sealed class AccessGate(
    Authentication authentication,
    AccessSettings settings,
    KeyGuesses guesses,
    SameOrigin origin,
    ApiRates rates,
    Switches switches
) : IFunctionsWorkerMiddleware
{
    private const string SignInPage = "/api/sign-in";

    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (context.GetHttpContext() is { } http)
        {
            var rule = RouteRoles.Table.GetValueOrDefault(context.FunctionDefinition.Name) ?? throw Unlisted();
            if (await AnswerInsteadAsync(http, rule, context.CancellationToken) is { } answer)
            {
                context.GetInvocationResult().Value = answer;
                return;
            }
        }
        await next(context);
    }

    /// <returns>Null where the function may run; else an answer in its place.</returns>
    /// <exception cref="ProblemException">The caller is refused.</exception>
    internal async Task<IResult?> AnswerInsteadAsync(HttpContext http, RouteRule rule, CancellationToken cancellationToken)
    {
        if (rule.StopsWhenReadOnly(http.Request) && await switches.OnAsync(OperatingSwitch.ReadOnly, cancellationToken) is { } readOnly)
            throw Stopped("read-only", "Nothing can be changed now", readOnly);
        if (rule.OpenBecause is not null)
            return null;
        var credential = await authentication.OfAsync(http.Request, cancellationToken);
        if (credential.Caller is not { } caller)
            return IsBrowser(http.Request, rule) && !credential.IsWrong ? ToSignIn(http.Request) : throw Unknown(http, credential);
        // Before the role is looked at: whoever is refused again and again is limited as well.
        rates.Admit(credential, http.Response);
        if (caller.IsAgent && await switches.OnAsync(OperatingSwitch.AgentsOff, cancellationToken) is { } agentsOff)
            throw Stopped("agents-off", "Agents are switched off", agentsOff);
        Check(http.Request, rule, caller, credential.ByCookie);
        http.Features.Set(caller);
        http.Features.Set(credential);
        return null;
    }

    private void Check(HttpRequest request, RouteRule rule, Caller caller, bool byCookie)
    {
        if (byCookie && !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method) && !origin.Sent(request))
            throw new ProblemException(
                StatusCodes.Status403Forbidden,
                "other-origin",
                "Not allowed",
                "A signed-in browser changes something from a page of this site only. Programs send their key in 'Authorization: Bearer'.",
                "Origin"
            );
        if (settings.AgentsOff && caller.IsAgent)
            throw new ProblemException(
                StatusCodes.Status403Forbidden,
                "agents-off",
                "Agents are switched off",
                "The setting Access__AgentsOff refuses every agent. Nothing is wrong with your key; a person has to do this."
            );
        if (!rule.Allows(caller, IsDryRun(request)))
            throw new ProblemException(
                StatusCodes.Status403Forbidden,
                "role-needed",
                "Not allowed",
                $"This needs {rule.Needed}. Your key has {(caller.Roles.Count == 0 ? "no role" : string.Join(", ", caller.Roles))}."
            );
    }

    // Every function that has a dry run takes exactly this spelling for one.
    private static bool IsDryRun(HttpRequest request) => request.Query["dryRun"] is ["true"];

    private static bool IsBrowser(HttpRequest request, RouteRule rule) =>
        rule.IsPage
        && HttpMethods.IsGet(request.Method)
        && request.GetTypedHeaders().Accept.Any(static a => a.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase));

    private static IResult ToSignIn(HttpRequest request) =>
        Results.Redirect(SignInPage + QueryString.Create("to", ReturnPath.Of($"{request.Path}{request.QueryString}")));

    private ProblemException Unknown(HttpContext http, Credential credential)
    {
        if (!credential.IsWrong)
            return Unauthorized(
                "no-key",
                "No API key",
                "Send your API key in the header 'Authorization: Bearer sgk_…'. An administrator creates keys."
            );
        if (!guesses.Allows(http))
            return new ProblemException(
                StatusCodes.Status429TooManyRequests,
                "too-many-wrong-keys",
                "Too many wrong keys",
                $"More than {KeyGuesses.WrongPerMinute} wrong keys came from your address. Wait a minute."
            )
            {
                Headers = new Dictionary<string, string>
                {
                    ["Retry-After"] = ((int)GuessLimits.Wait.TotalSeconds).ToString(CultureInfo.InvariantCulture),
                },
            };
        guesses.Wrong(http);
        return Unauthorized(
            "wrong-key",
            "Wrong API key",
            "This key opens nothing: it is wrong, expired or revoked. Ask an administrator for another one."
        );
    }

    private static ProblemException Unauthorized(string slug, string title, string detail) =>
        new(StatusCodes.Status401Unauthorized, slug, title, detail, "Authorization")
        {
            Headers = new Dictionary<string, string> { ["WWW-Authenticate"] = "Bearer" },
        };

    private static ProblemException Stopped(string slug, string title, SwitchState on) =>
        new(StatusCodes.Status503ServiceUnavailable, slug, title, $"{on}. GET /api/v1/switches shows when it is off again.");

    private static ProblemException Unlisted() =>
        new(StatusCodes.Status403Forbidden, "closed", "Not allowed", "Nobody may call this: it has no entry in the table of roles.");
}
