namespace Stockgate.TestSupport;

/// <summary>The third-party data beside the repository (<c>../shared/data</c>): read by path, never copied in.</summary>
public static class SharedData
{
    /// <summary>The repository's root: the folder that holds Serverless.sln.</summary>
    public static string RepositoryRoot { get; } = Root(AppContext.BaseDirectory);

    /// <summary>The folder, or null where this machine has none.</summary>
    public static string? Folder { get; } =
        Directory.Exists(Path.Combine(RepositoryRoot, "..", "shared", "data"))
            ? Path.GetFullPath(Path.Combine(RepositoryRoot, "..", "shared", "data"))
            : Environment.GetEnvironmentVariable("STOCKGATE_SHARED_DATA");

    // Not by local/Run, which would bring all of the app to tests that are of the domain alone.
    private static string Root(string folder) =>
        File.Exists(Path.Combine(folder, "Serverless.sln")) ? folder
        : Path.GetDirectoryName(folder) is { } parent ? Root(parent)
        : throw new InvalidOperationException("The tests do not run in a build of the repository: no folder above has Serverless.sln.");

    /// <summary>
    /// The full path of a failing input of an earlier trial, under <c>../shared/cases/trials</c>; null where it is absent.
    /// </summary>
    public static string? Trial(string name) =>
        Folder is { } folder
        && Path.GetFullPath(Path.Combine(folder, "..", "cases", "trials", $"{name}.json")) is var path
        && File.Exists(path)
            ? path
            : null;

    /// <summary>The full path of a file or folder under <c>../shared/data</c>; null where it is absent.</summary>
    public static string? Find(string relativePath) =>
        Folder is { } folder && Path.Combine(folder, relativePath) is var path && Path.Exists(path) ? path : null;
}

/// <summary>A fact that needs a file under <c>../shared/data</c> and is skipped, with a message, where it is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedDataFactAttribute : FactAttribute
{
    public SharedDataFactAttribute(string relativePath)
    {
        if (SharedData.Find(relativePath) is null)
            Skip = $"../shared/data/{relativePath} is not on this machine";
    }
}

/// <summary>A theory that needs a file or folder under <c>../shared/data</c> and is skipped, with a message, where it is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedDataTheoryAttribute : TheoryAttribute
{
    public SharedDataTheoryAttribute(string relativePath)
    {
        if (SharedData.Find(relativePath) is null)
            Skip = $"../shared/data/{relativePath} is not on this machine";
    }
}

/// <summary>A theory on inputs of earlier trials that is skipped, with a message, where they are absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TrialTheoryAttribute : TheoryAttribute
{
    public TrialTheoryAttribute(string first)
    {
        if (SharedData.Trial(first) is null)
            Skip = $"../shared/cases/trials/{first}.json is not on this machine";
    }
}
