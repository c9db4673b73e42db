using Microsoft.AspNetCore.Http;
using Stockgate.Domain.Access;
using Stockgate.Functions.Access;
using Stockgate.Platform;

namespace Stockgate.Functions.Ingest;

/// <summary>A partner reads what is of its own channels, and nothing else.</summary>
internal static class OwnChannel
{
    /// <summary>The channel that <c>?channel=</c> names; null for all of them.</summary>
    /// <exception cref="ProblemException">It is not the caller's.</exception>
    public static string? InQuery(HttpRequest request)
    {
        var asked = request.Query["channel"].ToString();
        var caller = request.Caller();
        if (!caller.Has(Role.Partner))
            return asked.Length > 0 ? asked : null;
        // A partner with one channel means that one; with several it has to say which.
        var channel = asked.Length == 0 && caller.Channels.Count == 1 ? caller.Channels.Single() : asked;
        Require(request, channel);
        return channel;
    }

    /// <exception cref="ProblemException">It is not the caller's.</exception>
    public static void Require(HttpRequest request, string channel)
    {
        if (!request.Caller().MayRead(channel))
            throw new ProblemException(
                StatusCodes.Status403Forbidden,
                "not-your-channel",
                "Not allowed",
                "Your key is not for this channel. Name one of your own in 'channel'.",
                "channel"
            );
    }
}
