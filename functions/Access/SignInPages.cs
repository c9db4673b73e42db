using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Stockgate.Platform.Access;

namespace Stockgate.Functions.Access;

/// <summary>Sign-in of a browser with a key, and sign-out.</summary>
public sealed class SignInPages(SignIn signIn)
{
    [Function("ShowSignIn")]
    public IResult Show([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "sign-in")] HttpRequest request) => SignIn.Show(request);

    [Function("SignIn")]
    public Task<IResult> Enter(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "sign-in")] HttpRequest request,
        CancellationToken cancellationToken
    ) => signIn.EnterAsync(request, cancellationToken);

    [Function("SignOut")]
    public Task<IResult> Leave(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "sign-out")] HttpRequest request,
        CancellationToken cancellationToken
    ) => signIn.LeaveAsync(request, cancellationToken);
}
