using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Azure.Functions.Worker;
using Stockgate.Domain.Events;
using Stockgate.Functions.Ingest;
using Stockgate.TestSupport;
using Stockgate.TestSupport.Docs;

namespace Stockgate.Functions.Tests.Docs;

/// <summary>
/// README and docs/ are short, their links and folders exist, and what they say of the API is what the code has. DocumentCommandTests
/// runs their commands.
/// </summary>
public partial class DocumentTests
{
    private const string Readme = "README.md";

    private const int MostOfReadme = 12 * 1024,
        MostOfPage = 14 * 1024,
        MostNotExecuted = 8;

    private static readonly string[] Languages = ["bash", "http", "json", "text", "mermaid"];

    // What a block that no test runs may begin with: it starts the system, or the tests.
    private static readonly string[] NotExecutedCommands = ["dotnet run", "dotnet test", "dotnet build", "npm ci", "cd functions/bin"];

    private static readonly IReadOnlyList<DocumentBlock> Blocks = [.. Document.All.SelectMany(static d => d.Blocks)];

    [Fact]
    public void Every_reason_of_quarantine_stands_in_the_operators_table()
    {
        var page = File.ReadAllText(Path.Combine(SharedData.RepositoryRoot, "docs/operator.md"));
        Assert.All(
            Enum.GetNames<Stockgate.Domain.Ingest.QuarantineReason>(),
            name => Assert.Contains($"| `{name}` |", page, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void A_page_can_be_read_in_one_sitting()
    {
        Assert.InRange(new FileInfo(Document.Read(Readme).FullPath).Length, 1, MostOfReadme);
        // Settings are looked up, not read.
        var read = Document.All.Where(static d => d.Path != "docs/settings.md");
        Assert.All(read, static page => Assert.InRange(new FileInfo(page.FullPath).Length, 1, MostOfPage));
    }

    [Fact]
    public void A_page_begins_with_the_question_that_its_reader_comes_with() =>
        Assert.All(Document.All.Where(static d => d.Path != Readme), static page => Assert.Matches("^\\*\".+\\?.*\"\\*$", page.Lines[2]));

    [Fact]
    public void Every_relative_link_leads_to_something() =>
        None(
            from page in Document.All
            from link in Links().Matches(page.Prose)
            let target = link.Groups["target"].Value
            where !target.StartsWith("https://", StringComparison.Ordinal)
            let parts = target.Split('#')
            let path = parts[0].Length == 0
                ? page.FullPath
                : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(page.FullPath)!, parts[0]))
            where !Path.Exists(path) || (parts.Length > 1 && !Anchors(path).Contains(parts[1]))
            select $"{page.Path}: {target}"
        );

    [Fact]
    public void Every_page_is_linked_from_the_readme()
    {
        var readme = Document.Read(Readme).Prose;
        None(
            Document.All.Select(static d => d.Path).Where(path => path != Readme && !readme.Contains($"({path})", StringComparison.Ordinal))
        );
    }

    [Fact]
    public void Every_folder_and_file_that_is_named_exists()
    {
        var drawn = Blocks.Where(static b => b.Language == "text").SelectMany(PathsOf);
        var named = Document.All.SelectMany(static d => Code().Matches(d.Prose)).Select(static m => m.Groups["path"].Value);
        None(drawn.Concat(named).Distinct().Where(static path => !Path.Exists(Path.Combine(SharedData.RepositoryRoot, path))));
        Assert.True(drawn.Count() > 40);
    }

    [Fact]
    public void A_block_has_a_language_and_no_command_hides_in_another_one()
    {
        None(Blocks.Where(static b => !Languages.Contains(b.Language)).Select(static b => $"{b}: '{b.Language}'"));
        None(Blocks.Where(static b => !b.IsShell && Commands().IsMatch(b.Text)).Select(static b => $"{b} has a command"));
    }

    [Fact]
    public void What_no_test_runs_is_little_and_says_why()
    {
        var notExecuted = Blocks.Where(static b => b.NotExecuted is not null).ToList();
        Assert.InRange(notExecuted.Count, 1, MostNotExecuted);
        Assert.All(notExecuted, static b => Assert.True(b.IsShell && b.NotExecuted!.Length > 20, b.ToString()));
        Assert.All(notExecuted, static b => Assert.Contains(NotExecutedCommands, c => b.Text.StartsWith(c, StringComparison.Ordinal)));
    }

    [Fact]
    public void No_secret_is_sent_in_a_header_and_a_variable_means_one_thing()
    {
        var shell = Blocks.Where(static b => b.IsShell).ToList();
        None(
            shell
                .SelectMany(static b => Headers().Matches(b.Text))
                .Select(static m => m.Value)
                .Where(static header => header.Contains("SECRET", StringComparison.OrdinalIgnoreCase))
        );
        None(shell.Where(static b => AnyKey().IsMatch(b.Text)).Select(static b => $"{b}: say which key"));
        // A key goes into its header and nowhere else: an address is logged on its way.
        None(shell.SelectMany(static b => b.Text.Split('\n')).Where(static line => Keys().Count(line) != KeyHeaders().Count(line)));
    }

    [Fact]
    public void The_event_types_are_those_of_the_code()
    {
        var posting = string.Join('\n', Document.Read("docs/partner.md").Lines);
        var receiving = string.Join('\n', Document.Read("docs/channels.md").Lines);
        None(EventTypes.Names.Where(type => !(posting + receiving).Contains(type, StringComparison.Ordinal)));
        None(EventRows().Matches(posting).Select(static m => m.Groups[1].Value).Where(static t => !EventTypes.Names.Contains(t)));
    }

    [Fact]
    public void The_requests_are_those_of_the_code()
    {
        var routes = Routes().ToHashSet();
        var said = Document.All.SelectMany(SaidIn).ToHashSet();

        None(said.Where(request => !routes.Any(route => Fits(request, route))));
        None(routes.Where(route => !said.Any(request => Fits(request, route))));
    }

    private static void None(IEnumerable<string> found)
    {
        var all = found.ToList();
        Assert.True(all.Count == 0, string.Join('\n', all));
    }

    // HEAD and OPTIONS are what browsers and Event Grid send by themselves.
    private static IEnumerable<string> Routes() =>
        from type in typeof(AcceptChannelEvents).Assembly.GetTypes()
        from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance)
        from parameter in method.GetParameters()
        let trigger = parameter.GetCustomAttribute<HttpTriggerAttribute>()
        where trigger is not null
        from verb in trigger.Methods!.Where(static m => m is not ("head" or "options"))
        select $"{verb.ToUpperInvariant()} /api/{Parameters().Replace(trigger.Route!, "*")}";

    private static IEnumerable<string> SaidIn(Document page)
    {
        var drawn = string.Join('\n', page.Blocks.Where(static b => b.Language == "text").Select(static b => b.Text));
        return Requests()
            .Matches($"{page.Prose}\n{drawn}")
            .Select(static m => $"{m.Groups["method"].Value} {Parameters().Replace(m.Groups["path"].Value, "*")}");
    }

    // A page may name a file or a channel where the route has a parameter.
    private static bool Fits(string request, string route)
    {
        var (said, known) = (request.Split('/'), route.Split('/'));
        return said.Length == known.Length && said.Zip(known).All(static part => part.First == part.Second || part.Second == "*");
    }

    private static HashSet<string> Anchors(string path) =>
        [
            .. File.ReadLines(path)
                .Where(static line => line.StartsWith('#'))
                .Select(static line => Regex.Replace(line.TrimStart('#').Trim().ToLowerInvariant(), "[^a-z0-9 -]", "").Replace(' ', '-')),
        ];

    // The first word of a line; a line that is indented is below the last one that is not.
    private static IEnumerable<string> PathsOf(DocumentBlock block)
    {
        var folder = "";
        foreach (var line in block.Text.Split('\n'))
        {
            var word = line.TrimStart().Split(' ')[0];
            if (!word.Contains('/') || word.StartsWith('/') || line.Contains("/api/", StringComparison.Ordinal))
                continue;
            if (!line.StartsWith(' '))
                folder = word;
            yield return line.StartsWith(' ') ? folder + word : word;
        }
    }

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Links();

    [GeneratedRegex(@"`(?<path>(functions|shared|local|demo|infra-bicep|tests|docs)/(?![^`]*([<*…{]|/bin/))[^`\s]*)`")]
    private static partial Regex Code();

    [GeneratedRegex(@"^\s*(curl|dotnet|npm|npx|func|docker|openssl|\./|export) ", RegexOptions.Multiline)]
    private static partial Regex Commands();

    [GeneratedRegex("-H (\"[^\"]*\"|'[^']*')")]
    private static partial Regex Headers();

    [GeneratedRegex(@"(\$\{?KEY\b|\bKEY=)")]
    private static partial Regex AnyKey();

    [GeneratedRegex(@"\$\{?[A-Z]+_KEY")]
    private static partial Regex Keys();

    [GeneratedRegex("-H \"(x-functions-key: \\$MASTER_KEY|Authorization: Bearer \\$[A-Za-z]+_KEY)\"")]
    private static partial Regex KeyHeaders();

    [GeneratedRegex(@"\b(?<method>GET|POST|PUT|DELETE) (?<path>/api/(v1/|sign-|mcp|openapi|docs|health/)[^\s`?""]*)")]
    private static partial Regex Requests();

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameters();

    [GeneratedRegex(@"^\| `(stockgate\.[a-z.-]+\.v1)` \|", RegexOptions.Multiline)]
    private static partial Regex EventRows();
}
