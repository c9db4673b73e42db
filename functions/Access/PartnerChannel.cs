using Microsoft.AspNetCore.Http;
using Stockgate.Platform;

namespace Stockgate.Functions.Access;

/// <summary>A partner's key is for its own channels alone.</summary>
internal static class PartnerChannel
{
    /// <exception cref="ProblemException">The caller is a partner, and the channel is not its own.</exception>
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
