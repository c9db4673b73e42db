using Microsoft.AspNetCore.Http;
using Stockgate.Domain;

namespace Stockgate.Platform.Ingest.Files;

/// <summary>Why a file is refused.</summary>
internal static class FileProblems
{
    public static ProblemException TakesNone(string channel) =>
        new(
            StatusCodes.Status409Conflict,
            "no-files",
            "The channel takes no files",
            $"It is not said how files of channel '{channel}' are written. Have its Files__Format set (docs/files.md).",
            "channel"
        );

    public static ProblemException Name() =>
        new(
            StatusCodes.Status400BadRequest,
            "file-name",
            "Invalid file name",
            "A name begins with a letter or digit and has at most 128 letters, digits, dots, hyphens and underscores, no two dots together.",
            "name"
        );

    public static ProblemException TooLarge() =>
        new(
            StatusCodes.Status413PayloadTooLarge,
            "too-large",
            "File too large",
            $"A request holds at most {Limits.DeliveryBytes} bytes. Put a larger file into the blob container inbox, in the channel's folder.",
            "body"
        );

    public static ProblemException TooSlow(TimeSpan patience) =>
        new(
            StatusCodes.Status408RequestTimeout,
            "body-too-slow",
            "Body too slow",
            $"The file did not arrive within {patience.TotalSeconds} seconds. Put it into the blob container inbox, in the channel's folder.",
            "body"
        );

    public static ProblemException Empty() =>
        new(StatusCodes.Status400BadRequest, "empty-file", "Empty file", "The body has no bytes. Send the file as the body.", "body");

    public static ProblemException InWork(string name) =>
        new(
            StatusCodes.Status409Conflict,
            "file-in-work",
            "The file is being worked",
            $"Another content of '{name}' is not done yet. GET on the same address shows how far it is; send this one then, or under another name.",
            "name"
        );

    public static ProblemException Unknown(string name) =>
        new(StatusCodes.Status404NotFound, "unknown-file", "Not found", $"The channel has had no file '{name}'.", "name");
}
