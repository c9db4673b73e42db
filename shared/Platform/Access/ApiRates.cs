using Microsoft.AspNetCore.Http;
using Stockgate.Domain.Access;
using Stockgate.Platform.Http.Rates;

namespace Stockgate.Platform.Access;

/// <summary>
/// Limits the requests of each credential, in this process. What needs none is limited elsewhere: channels by their setup, wrong keys and
/// links by the address that they come from.
/// </summary>
public sealed class ApiRates(ApiOptions options) : IAsyncDisposable
{
    private readonly RequestRates rates = new("default");

    /// <summary>Counts a request, and tells its sender how much is left.</summary>
    /// <exception cref="ProblemException">There were too many.</exception>
    public void Admit(Credential credential, HttpResponse response)
    {
        var standing = rates.Take(credential.Id, LimitOf(credential.Caller!));
        standing.Tell(response);
        if (standing.Wait is { } wait)
            throw new ProblemException(
                StatusCodes.Status429TooManyRequests,
                "too-many-requests",
                "Too many requests",
                $"Your key may send {standing.PerMinute} requests per minute. Send the same again after Retry-After."
            )
            {
                RetryAfter = wait,
            };
    }

    public ValueTask DisposeAsync() => rates.DisposeAsync();

    private int LimitOf(Caller caller)
    {
        if (caller.IsAgent)
            return options.AgentRequestsPerMinute;
        return caller.Has(Role.SalesChannel) ? options.SalesChannelRequestsPerMinute : options.RequestsPerMinute;
    }
}
