namespace Stockgate.EndToEnd.Tests;

/// <summary>
/// How much slower this machine is now than a quiet one, by how long the last app took to start. What has to happen by a moment of the
/// clock (a promotion's start) is set that much later, and what is waited for is waited for that much longer; so a busy machine makes
/// tests slow and not red.
/// </summary>
internal static class Pace
{
    private const double Quiet = 5,
        Most = 8;

    private static double factor = 1;

    public static void Started(TimeSpan took) => Volatile.Write(ref factor, Math.Clamp(took.TotalSeconds / Quiet, 1, Most));

    public static double Of(double seconds) => seconds * Volatile.Read(ref factor);

    public static TimeSpan Of(TimeSpan time) => time * Volatile.Read(ref factor);
}
