using System.Text.Json;

namespace Stockgate.TestSupport;

/// <summary>An input that failed in a trial (<c>../shared/cases/trials</c>): read by path, never copied in.</summary>
public static class TrialCase
{
    private static readonly string Folder = Path.GetFullPath(Path.Combine(SharedData.RepositoryRoot, "..", "shared", "cases", "trials"));

    /// <summary>Whether the folder beside the repository has the case.</summary>
    public static bool Exists(string name) => File.Exists(PathOf(name));

    public static JsonElement Read(string name)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(PathOf(name)));
        return document.RootElement.Clone();
    }

    private static string PathOf(string name) => Path.Combine(Folder, $"{name}.json");
}

/// <summary>A fact on a trial's input, skipped with a message where the input is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TrialFactAttribute : FactAttribute
{
    public TrialFactAttribute(string name)
    {
        if (!TrialCase.Exists(name))
            Skip = $"../shared/cases/trials/{name}.json is not on this machine";
    }
}
