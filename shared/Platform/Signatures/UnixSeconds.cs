using System.Globalization;

namespace Stockgate.Platform.Signatures;

/// <summary>A timestamp of a signature: Unix seconds, in plain digits.</summary>
internal static class UnixSeconds
{
    private static readonly long Last = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    public static bool TryParse(ReadOnlySpan<char> text, out long seconds) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out seconds) && seconds <= Last;

    public static bool IsWithin(TimeSpan window, long seconds, DateTimeOffset now) =>
        (now - DateTimeOffset.FromUnixTimeSeconds(seconds)).Duration() <= window;
}
