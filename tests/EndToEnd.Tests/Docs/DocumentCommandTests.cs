using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Stockgate.TestSupport.Docs;

namespace Stockgate.EndToEnd.Tests.Docs;

/// <summary>
/// Every shell block of the README and of docs/ works as it is written: a page is followed from its top in one shell, beside the retailer
/// of the demo. Each curl has to be answered with success, or as the <c>http</c> block behind it shows.
/// </summary>
public sealed partial class DocumentCommandTests(DocumentWorld world) : IClassFixture<DocumentWorld>
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    public static TheoryData<string> Pages { get; } =
    [.. Document.All.Where(static d => d.Blocks.Any(static b => b.IsShell && b.NotExecuted is null)).Select(static d => d.Path)];

    [Theory, MemberData(nameof(Pages))]
    public async Task The_commands_of_a_page_work_as_they_are_written(string page)
    {
        var blocks = Document.Read(page).Blocks;
        using var folder = await world.NewFolderAsync();
        var (ran, script) = (new List<(DocumentBlock Block, DocumentBlock? Answer)>(), new List<string> { Prelude });
        for (var i = 0; i < blocks.Count; i++)
        {
            if (!blocks[i].IsShell || blocks[i].NotExecuted is not null)
                continue;
            ran.Add((blocks[i], i + 1 < blocks.Count && blocks[i + 1].HttpStatus is not null ? blocks[i + 1] : null));
            await File.WriteAllTextAsync(Path.Combine(folder.Path, $"block-{ran.Count}"), blocks[i].Text + "\n");
            script.Add($". ./block-{ran.Count} > output-{ran.Count} 2>&1");
        }
        await RunAsync(folder.Path, string.Join('\n', script));

        for (var i = 0; i < ran.Count; i++)
        {
            var output = await File.ReadAllTextAsync(Path.Combine(folder.Path, $"output-{i + 1}"));
            Check(ran[i].Block, ran[i].Answer, output);
        }
    }

    private static void Check(DocumentBlock block, DocumentBlock? answer, string output)
    {
        var statuses = StatusLine().Matches(output).Select(static m => int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture)).ToList();
        var (isFailure, said) = (answer?.HttpStatus >= 400, $"{block}:\n{block.Text}\n\nsays\n\n{output}");
        Assert.True(isFailure || !output.Contains(Failed, StringComparison.Ordinal), $"A command failed. {said}");
        var curls = block.Text.Contains("curl ", StringComparison.Ordinal);
        Assert.True(!curls || statuses.Count > 0, $"No request was made. {said}");
        Assert.True(isFailure || statuses.All(static s => s is >= 200 and < 300), $"A request was refused. {said}");
        if (answer is null)
            return;
        Assert.True(statuses[^1] == answer.HttpStatus, $"It is not answered {answer.HttpStatus}. {said}");
        // What the page shows of headers and fields is there, whatever its values are.
        foreach (var shown in Shown().Matches(answer.Text).Select(static m => m.Groups[1].Value))
            Assert.True(output.Contains(shown, StringComparison.OrdinalIgnoreCase), $"{shown} is not in the answer. {said}");
    }

    private const string Failed = "@@@ failed";

    // A page has to set what it uses; BASH_ENV would run a file of this machine's.
    private static readonly string[] Variables = ["BASE", "MASTER_KEY", "SIGNING_SECRET", "BASH_ENV"];

    // A curl that is refused fails, and says with what. What fails outside of a condition is noted; the page goes on, as its reader would.
    private const string Prelude = $$"""
        set -o pipefail
        curl() { command curl -sS --fail-with-body --max-time 60 -w '%{stderr}\n@@@ %{http_code}\n' "$@"; }
        trap 'echo "{{Failed}} with $?: $BASH_COMMAND" >&2' ERR
        """;

    private static async Task RunAsync(string folder, string script)
    {
        var start = new ProcessStartInfo("bash", ["-c", script]) { WorkingDirectory = folder, UseShellExecute = false };
        var keys = start.Environment.Keys.Where(static name => name.EndsWith("_KEY", StringComparison.Ordinal));
        foreach (var name in Variables.Concat(keys).ToList())
            start.Environment.Remove(name);
        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(Pace.Of(Patience));
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            var outputs = Directory.GetFiles(folder, "output-*").Order(StringComparer.Ordinal);
            Assert.Fail(
                $"It does not end.\n{string.Join('\n', outputs.Select(static f => $"{Path.GetFileName(f)}:\n{File.ReadAllText(f)}"))}"
            );
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    [GeneratedRegex(@"^@@@ (\d{3})$", RegexOptions.Multiline)]
    private static partial Regex StatusLine();

    [GeneratedRegex(@"(^[A-Za-z-]+: .+$|""[A-Za-z]+"":)", RegexOptions.Multiline)]
    private static partial Regex Shown();
}
