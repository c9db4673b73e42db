using System.Runtime.InteropServices;

namespace Stockgate.Domain.Promotions.Gates;

/// <summary>A store's preparation task, such as signage or labour planning.</summary>
/// <param name="Store">The store.</param>
/// <param name="Task">What it is.</param>
/// <param name="DueAt">The last moment by which it is to be done.</param>
/// <param name="DoneAt">Null while it is open. Done late is done.</param>
public readonly record struct StoreTask(LocationId Store, string Task, DateTimeOffset DueAt, DateTimeOffset? DoneAt);

/// <param name="Now">The moment to judge by.</param>
/// <param name="Tasks">All of them, done and open.</param>
/// <param name="ReadAt">When the tasks were read.</param>
/// <param name="Source">The system that holds the stores' tasks.</param>
public sealed record StoresInput(DateTimeOffset Now, StoreTask[] Tasks, DateTimeOffset ReadAt, string Source);

/// <summary>Every store has completed its tasks.</summary>
public static class StoresGate
{
    private record struct Open(int Within, int Past);

    public static GateVerdict Judge(StoresInput input)
    {
        var stores = new Dictionary<LocationId, Open>();
        var done = 0;
        foreach (var task in input.Tasks)
        {
            ref var open = ref CollectionsMarshal.GetValueRefOrAddDefault(stores, task.Store, out _);
            if (task.DoneAt is { } at && at <= input.Now)
                done++;
            else if (input.Now > task.DueAt)
                open.Past++;
            else
                open.Within++;
        }
        var all = stores.ToArray();
        Worst late = new(),
            busy = new();
        var (past, within) = (0, 0);
        for (var i = 0; i < all.Length; i++)
        {
            var open = all[i].Value;
            past += open.Past;
            within += open.Within;
            if (open.Past > 0)
                late.Add(i, open.Past);
            else if (open.Within > 0)
                busy.Add(i, open.Within);
        }
        var ready = $"{Figures.Number(all.Length - late.Count - busy.Count)} of {Figures.Count(all.Length, "store")}";
        var findings = new Judgement(GateNames.Stores, "Every store has done all its tasks; none is open past its due time.");
        var age = Figures.Age(input.Now, input.ReadAt);
        findings.See("stores ready", ready, age, input.Source);
        findings.See("tasks done", $"{Figures.Number(done)} of {Figures.Number(input.Tasks.Length)}", age, input.Source);
        if (late.Count > 0)
            findings.Red(
                $"{Figures.Count(past, "task")} past due in {Figures.Count(late.Count, "store")}: {late.Names(i => $"{all[i].Key} ({Figures.Count(all[i].Value.Past, "task")})")}.",
                "Have these stores finish their tasks, or remove them.",
                "store operations"
            );
        if (within > 0)
            findings.Amber(
                $"{Figures.Count(within, "task")} open and not yet due{(busy.Count == 0 ? "" : $", in {busy.Names(i => $"{all[i].Key} ({Figures.Count(all[i].Value.Within, "task")})")}")}; {ready} are ready.",
                "Have the stores finish their open tasks.",
                "store operations"
            );
        return findings.Verdict(
            all.Length == 0
                ? "No store has a task."
                : $"All {Figures.Count(input.Tasks.Length, "task")} of {Figures.Count(all.Length, "store")} are done."
        );
    }
}
