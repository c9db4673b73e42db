using Microsoft.AspNetCore.Http;
using Stockgate.Domain;

namespace Stockgate.Platform.Http;

/// <summary>Why a request's body is not read.</summary>
internal static class BodyProblems
{
    public static ProblemException TooLarge(int most) =>
        new(
            StatusCodes.Status413PayloadTooLarge,
            "body-too-large",
            "Body too large",
            $"A request body may have at most {most} bytes. Send fewer events per request."
        );

    public static ProblemException TooSlow(TimeSpan patience) =>
        new(
            StatusCodes.Status408RequestTimeout,
            "body-too-slow",
            "Body too slow",
            $"The body did not arrive within {patience.TotalSeconds} seconds. Send fewer events per request."
        );

    public static ProblemException Busy() =>
        new(
            StatusCodes.Status503ServiceUnavailable,
            "busy",
            "Temporarily unavailable",
            $"Too many bodies of more than {Limits.BodyBytes} bytes are being read at once. Nothing is lost: repeat the same request in a few seconds."
        );
}
