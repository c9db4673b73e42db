using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Stockgate.Functions.Api;
using Stockgate.Platform.Access;

namespace Stockgate.Functions.Access;

/// <summary>Sign-in of a browser with a key, and sign-out.</summary>
public sealed class SignInPages(SignIn signIn)
{
    [Function("ShowSignIn")]
    [Summary("Shows the sign-in page")]
    [Answers(200, MediaType = "text/html")]
    public IResult Show([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "sign-in")] HttpRequest request) => SignIn.Show(request);

    [Function("SignIn")]
    [Summary("Signs a browser in with an API key")]
    [Accepts(null, MediaType = "application/x-www-form-urlencoded")]
    [Answers(303)]
    public Task<IResult> Enter(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "sign-in")] HttpRequest request,
        CancellationToken cancellationToken
    ) => signIn.EnterAsync(request, cancellationToken);

    [Function("SignOut")]
    [Summary("Signs the browser out")]
    [Answers(303)]
    public Task<IResult> Leave(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "sign-out")] HttpRequest request,
        CancellationToken cancellationToken
    ) => signIn.LeaveAsync(request, cancellationToken);
}
