using System.Globalization;
using System.Text.RegularExpressions;

namespace Stockgate.TestSupport.Docs;

/// <summary>A fenced block of a page.</summary>
/// <param name="Page">Below the repository's root.</param>
/// <param name="Line">Of its fence, from 1.</param>
/// <param name="Language">Behind the fence; empty where it has none.</param>
/// <param name="Text">Without its indentation.</param>
/// <param name="NotExecuted">The reason of the comment before it; null where it has none.</param>
public sealed record DocumentBlock(string Page, int Line, string Language, string Text, string? NotExecuted)
{
    private const string StatusLine = "HTTP/1.1 ";

    public bool IsShell => Language is "bash" or "sh";

    /// <summary>What the answer of the command before has to be; null where it is none.</summary>
    public int? HttpStatus =>
        Language == "http" && Text.StartsWith(StatusLine, StringComparison.Ordinal)
            ? int.Parse(Text.AsSpan(StatusLine.Length, 3), CultureInfo.InvariantCulture)
            : null;

    public override string ToString() => $"{Page}:{Line}";
}

/// <summary>A page for people: the README, or one of docs/.</summary>
public sealed partial class Document
{
    private Document(string path, string[] lines)
    {
        Path = path;
        Lines = lines;
        Blocks = [.. BlocksOf(path, lines)];
    }

    /// <summary>The README and the pages of docs/, without the decisions of docs/adr.</summary>
    public static IReadOnlyList<Document> All { get; } =
    [
        .. new[] { "README.md" }
            .Concat(
                Directory
                    .GetFiles(System.IO.Path.Combine(SharedData.RepositoryRoot, "docs"), "*.md")
                    .Select(static file => $"docs/{System.IO.Path.GetFileName(file)}")
                    .Order(StringComparer.Ordinal)
            )
            .Select(Read),
    ];

    /// <summary>Below the repository's root.</summary>
    public string Path { get; }

    public IReadOnlyList<string> Lines { get; }

    public IReadOnlyList<DocumentBlock> Blocks { get; }

    public string FullPath => System.IO.Path.Combine(SharedData.RepositoryRoot, Path);

    /// <summary>The page without its fenced blocks.</summary>
    public string Prose
    {
        get
        {
            var (kept, inside) = (new List<string>(), false);
            foreach (var line in Lines)
            {
                if (Fence().IsMatch(line))
                    inside = !inside;
                else if (!inside)
                    kept.Add(line);
            }
            return string.Join('\n', kept);
        }
    }

    /// <param name="path">Below the repository's root.</param>
    public static Document Read(string path) => new(path, File.ReadAllLines(System.IO.Path.Combine(SharedData.RepositoryRoot, path)));

    private static IEnumerable<DocumentBlock> BlocksOf(string page, string[] lines)
    {
        for (var i = 0; i < lines.Length; i++)
        {
            if (Fence().Match(lines[i]) is not { Success: true } fence)
                continue;
            var (start, indent) = (i, fence.Groups["indent"].Value);
            var text = new List<string>();
            for (i++; i < lines.Length && !Fence().IsMatch(lines[i]); i++)
                text.Add(lines[i].StartsWith(indent, StringComparison.Ordinal) ? lines[i][indent.Length..] : lines[i]);
            var before = start > 0 ? NotExecuted().Match(lines[start - 1]) : Match.Empty;
            var reason = before.Success ? before.Groups["reason"].Value : null;
            yield return new DocumentBlock(page, start + 1, fence.Groups["language"].Value, string.Join('\n', text), reason);
        }
    }

    [GeneratedRegex(@"^(?<indent>\s*)```(?<language>\w*)\s*$")]
    private static partial Regex Fence();

    [GeneratedRegex("^\\s*<!-- not executed: (?<reason>.+) -->\\s*$")]
    private static partial Regex NotExecuted();
}
