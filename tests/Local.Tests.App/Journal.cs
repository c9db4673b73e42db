namespace Stockgate.Local.Tests.App;

/// <summary>What functions did, in a folder that outlives the worker; the tests read it.</summary>
public static class Journal
{
    private static readonly string Folder =
        Environment.GetEnvironmentVariable("JOURNAL") ?? Path.Combine(Path.GetTempPath(), "stockgate-journal");
    private static readonly Lock Gate = new();

    public static void Write(string id, string line)
    {
        Directory.CreateDirectory(Folder);
        lock (Gate)
            File.AppendAllText(Path.Combine(Folder, id), line + "\n");
    }

    public static string[] Read(string id)
    {
        var file = Path.Combine(Folder, id);
        lock (Gate)
            return File.Exists(file) ? File.ReadAllLines(file) : [];
    }
}
