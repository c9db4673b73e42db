namespace Stockgate.Emulator.Tests.DurableTask;

/// <summary>A process full of orchestrations is killed at random points, a hundred times, on the same file. Then all of them are let to end.</summary>
public sealed class KillTests : IDisposable
{
    private const int Kills = 100;

    private readonly string _folder = Directory.CreateTempSubdirectory("hub-").FullName;
    private readonly Random _random = new(20261121);
    private readonly HashSet<string> _started = [];
    private readonly Dictionary<string, List<string>> _raised = [];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task After_a_hundred_kills_every_orchestration_ends_as_if_there_had_been_none()
    {
        for (var kill = 0; kill < Kills; kill++) await RunAndKillAsync(kill);
        var outcomes = await FinishAsync();
        var effects = File.ReadLines(Path.Combine(_folder, "effects.txt")).Select(line => line.Split(' ')).ToLookup(parts => (parts[0], int.Parse(parts[1])), parts => parts[2]);

        Assert.True(_started.Count > 2_000, $"only {_started.Count} started");
        Assert.Empty(_started.Except(outcomes.Keys));
        Assert.All(outcomes.Values, outcome => Assert.Equal("Completed", outcome.Status));
        foreach (var (id, outcome) in outcomes) Check(id, outcome, effects);
        // Every recorded result is in one output, once, and every activity whose result was recorded did its work.
        var used = outcomes.Values.Where(outcome => !outcome.IsChild && outcome.Name != "Collector").SelectMany(outcome => outcome.Tokens).ToList();
        Assert.Equal(used.Count, used.Distinct().Count());
        Assert.Empty(used.Except(effects.SelectMany(tokens => tokens)));
        // Kills found activities running: some were run again, as at-least-once has it. Were there none, the kills came too late to prove anything.
        Assert.Contains(effects, tokens => tokens.Count() > 1);
    }

    private void Check(string id, Outcome outcome, ILookup<(string, int), string> effects)
    {
        switch (outcome.Name)
        {
            case "Chain": CheckCalls(id, outcome.Tokens, 5, effects); break;
            case "Fan": CheckCalls(id, outcome.Tokens, 20, effects); break;
            case "Counter": CheckCalls(id, outcome.Tokens, 8, effects); break;
            case "Parent": Assert.Equal(15, outcome.Tokens.Length); break;
            case "Collector":
                // What was acknowledged is there, in order; of what was on its way at the kill, at most once.
                Assert.Equal(outcome.Tokens.Length, outcome.Tokens.Distinct().Count());
                Assert.Equal(outcome.Tokens.Order(StringComparer.Ordinal), outcome.Tokens);
                Assert.Empty(_raised.GetValueOrDefault(id, []).Except(outcome.Tokens));
                break;
            default: Assert.Fail($"{id} is a {outcome.Name}"); break;
        }
    }

    private static void CheckCalls(string id, string[] tokens, int calls, ILookup<(string, int), string> effects)
    {
        Assert.Equal(calls, tokens.Length);
        for (var call = 0; call < calls; call++) Assert.Contains(tokens[call], effects[(id, call)]);
    }

    private async Task RunAndKillAsync(int seed)
    {
        using var child = Child.Start(Child.Hub, "work", _folder, seed.ToString());
        // Killed after a number of lines: at a random point of its work, not of its start.
        var lines = _random.Next(1, 300);
        while (await child.StandardOutput.ReadLineAsync() is { } line)
        {
            Note(line);
            if (--lines == 0) child.Kill();
        }
        await child.WaitForExitAsync();
        Assert.True(lines <= 0, $"the process of seed {seed} ended by itself");
    }

    private void Note(string line)
    {
        // The last line may be cut off by the kill: what it names is not known to be acknowledged.
        if (line.Split(' ') is ["started", var started] && started.Count(c => c == '-') == 3 && char.IsDigit(started[^1])) _started.Add(started);
        if (line.Split(' ') is ["raised", var id, var token] && token.StartsWith(id + ".", StringComparison.Ordinal) && token.Length == id.Length + 2)
        {
            if (!_raised.TryGetValue(id, out var tokens)) _raised[id] = tokens = [];
            tokens.Add(token);
        }
    }

    private async Task<Dictionary<string, Outcome>> FinishAsync()
    {
        using var child = Child.Start(Child.Hub, "finish", _folder);
        var outcomes = new Dictionary<string, Outcome>();
        while (await child.StandardOutput.ReadLineAsync() is { } line)
        {
            var parts = line.Split(' ');
            outcomes.Add(parts[0], new Outcome(parts[1], parts[2], parts[3].Split(',', StringSplitOptions.RemoveEmptyEntries), IsChild: !parts[0].Contains('-')));
        }
        await child.WaitForExitAsync();
        Assert.Equal(0, child.ExitCode);
        return outcomes;
    }

    private sealed record Outcome(string Name, string Status, string[] Tokens, bool IsChild);
}
