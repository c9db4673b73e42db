namespace Stockgate.Functions.Tests.Approvals;

/// <summary>A fact that needs a Chromium: <c>STOCKGATE_CHROMIUM</c>, or where Debian puts it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ChromiumFactAttribute : FactAttribute
{
    public static readonly string? Chromium = new[]
    {
        Environment.GetEnvironmentVariable("STOCKGATE_CHROMIUM"),
        "/usr/bin/chromium",
        "/usr/bin/chromium-headless-shell",
    }.FirstOrDefault(static path => File.Exists(path));

    public ChromiumFactAttribute()
    {
        if (Chromium is null)
            Skip = "no Chromium on this machine; install it or set STOCKGATE_CHROMIUM to its path";
    }
}
