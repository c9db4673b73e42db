using System.Text.RegularExpressions;
using Stockgate.TestSupport;

namespace Stockgate.Functions.Tests.Architecture;

/// <summary>Who knows a type's namespace knows its folder.</summary>
public partial class FolderTests
{
    // Their types are used everywhere: they stand in the root namespace.
    private const string Primitives = "shared/Domain/Primitives";

    [Theory]
    [InlineData("shared/Domain", "Stockgate.Domain")]
    [InlineData("shared/Platform", "Stockgate.Platform")]
    [InlineData("shared/Pages", "Stockgate.Pages")]
    [InlineData("functions", "Stockgate.Functions")]
    public void A_files_namespace_is_its_folder(string project, string root)
    {
        var strangers =
            from file in Sources(project)
            let folder = Path.GetRelativePath(SharedData.RepositoryRoot, Path.GetDirectoryName(file)!).Replace('\\', '/')
            where !folder.StartsWith(Primitives, StringComparison.Ordinal)
            let expected = root + folder[project.Length..].Replace('/', '.')
            let declared = Namespace().Match(File.ReadAllText(file)) is { Success: true } found ? found.Groups[1].Value : expected
            where declared != expected
            select $"{Path.GetRelativePath(SharedData.RepositoryRoot, file)} declares {declared}";
        Assert.Empty(strangers);
    }

    private static IEnumerable<string> Sources(string project) =>
        Directory
            .EnumerateFiles(Path.Combine(SharedData.RepositoryRoot, project), "*.cs", SearchOption.AllDirectories)
            .Where(static file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal));

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();
}
