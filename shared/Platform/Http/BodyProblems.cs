using Microsoft.AspNetCore.Http;
using Stockgate.Domain.Ingest;

namespace Stockgate.Platform.Http;

/// <summary>Why a request's body is not read.</summary>
internal static class BodyProblems
{
    public static ProblemException TooLarge(int most) =>
        new(
            StatusCodes.Status413PayloadTooLarge,
            "body-too-large",
            "Body too large",
            $"A request here may have {most} bytes. Send less at once."
        );

    public static ProblemException TooSlow(TimeSpan patience) =>
        new(
            StatusCodes.Status408RequestTimeout,
            "body-too-slow",
            "Body too slow",
            $"The body did not arrive within {patience.TotalSeconds} seconds. Send fewer events at once."
        );

    public static ProblemException Busy() =>
        new(
            StatusCodes.Status503ServiceUnavailable,
            "busy",
            "Not available now",
            $"Several bodies of more than {Limits.BodyBytes} bytes are being read. Nothing is lost: send the same request again in a few seconds."
        );
}
