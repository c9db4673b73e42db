using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Stockgate.Platform.Http.Rates;

/// <summary>How a caller stands after a request.</summary>
/// <param name="Policy">The name of the limit: a word of small letters.</param>
/// <param name="PerMinute">Requests at once, and in a minute after them.</param>
/// <param name="Left">Of these, now.</param>
/// <param name="Wait">Null where the request is admitted; else the time until one is.</param>
public sealed record RateStanding(string Policy, int PerMinute, int Left, TimeSpan? Wait)
{
    private const int WindowSeconds = 60;

    /// <summary>The limit, as draft-ietf-httpapi-ratelimit-headers-10 writes it: quota and window in seconds.</summary>
    internal string PolicyHeader => string.Create(CultureInfo.InvariantCulture, $"\"{Policy}\";q={PerMinute};w={WindowSeconds}");

    /// <summary>What is left; <c>t</c> is the seconds until all of it is there again, of a refused request those until one is admitted.</summary>
    internal string LimitHeader => string.Create(CultureInfo.InvariantCulture, $"\"{Policy}\";r={Left};t={ResetSeconds}");

    private long ResetSeconds =>
        Wait is { } wait ? (long)Math.Ceiling(wait.TotalSeconds) : ((long)(PerMinute - Left) * WindowSeconds + PerMinute - 1) / PerMinute;

    /// <summary>Tells the caller, whatever else the answer will be. Several limits are several members of one list.</summary>
    public void Tell(HttpResponse response)
    {
        response.AddAtStart("RateLimit-Policy", PolicyHeader);
        response.AddAtStart("RateLimit", LimitHeader);
    }
}
