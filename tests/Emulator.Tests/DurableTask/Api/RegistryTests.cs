using Microsoft.DurableTask;
using Microsoft.Extensions.DependencyInjection;

namespace Stockgate.Emulator.Tests.DurableTask.Api;

public sealed class RegistryTests
{
    private static readonly IServiceProvider Services = new ServiceCollection().AddSingleton("!").BuildServiceProvider();

    [Fact]
    public void The_same_name_and_version_twice_is_refused_by_name()
    {
        var registry = new DurableTaskRegistry().AddActivityFunc("Pay", _ => { }).AddActivityFunc<int, int>("Pay", "2", (_, x) => Task.FromResult(x));
        Assert.Contains("'PAY'", Assert.Throws<ArgumentException>(() => registry.AddActivityFunc("PAY", _ => { })).Message);
        var versioned = Assert.Throws<ArgumentException>(() => registry.AddActivityFunc<int, int>("pay", "2", (_, x) => Task.FromResult(x)));
        Assert.Contains("'pay'", versioned.Message);
        Assert.Contains("'2'", versioned.Message);
        Assert.Equal(["Pay"], registry.ActivityNames);
        Assert.Equal(2, registry.GetActivities().Count());
    }

    [Fact]
    public async Task A_version_is_found_exactly_or_else_the_one_without()
    {
        var registry = new DurableTaskRegistry()
            .AddOrchestratorFunc<object, string>("Run", (_, _) => Task.FromResult("none"))
            .AddOrchestratorFunc<object, string>("Run", "V2", (_, _) => Task.FromResult("two"));
        Assert.Equal("two", await RunAsync(registry, "run", "v2"));
        Assert.Equal("none", await RunAsync(registry, "RUN", "v3"));
        Assert.Equal("none", await RunAsync(registry, "Run", null));
        Assert.False(registry.TryFindOrchestrator("Walk", null, out _));
    }

    [Fact]
    public async Task A_class_takes_name_and_version_from_its_attribute_and_services_from_the_provider()
    {
        var registry = new DurableTaskRegistry().AddActivity<Shout>();
        Assert.True(registry.TryFindActivity("louder", "1", out var factory));
        Assert.False(registry.TryFindActivity("louder", null, out _));
        var activity = factory(Services);
        Assert.Equal(typeof(string), activity.InputType);
        Assert.Equal("hi!", await activity.RunAsync(new Call(), "hi"));
        var wrong = await Assert.ThrowsAsync<ArgumentException>(() => activity.RunAsync(new Call(), 5));
        Assert.Contains(nameof(Shout), wrong.Message);
        Assert.Contains("System.String", wrong.Message);
        Assert.Contains("System.Int32", wrong.Message);
    }

    [Fact]
    public void Types_that_cannot_be_made_or_are_no_task_are_refused_by_name()
    {
        Assert.Contains("TaskActivity", Assert.Throws<ArgumentException>(() => new DurableTaskRegistry().AddActivity(typeof(TaskActivity<int, int>))).Message);
        Assert.Contains(nameof(Shout), Assert.Throws<ArgumentException>(() => new DurableTaskRegistry().AddOrchestrator(typeof(Shout))).Message);
    }

    private static async Task<object?> RunAsync(DurableTaskRegistry registry, TaskName name, string? version)
    {
        Assert.True(registry.TryFindOrchestrator(name, version, out var factory));
        return await factory(Services).RunAsync(null!, null);
    }

    [DurableTask("Louder", Version = "1")]
    private sealed class Shout(string mark) : TaskActivity<string, string>
    {
        public override Task<string> RunAsync(TaskActivityContext context, string input) => Task.FromResult(input + mark);
    }

    private sealed class Call : TaskActivityContext
    {
        public override TaskName Name => "Louder";

        public override string InstanceId => "i";
    }
}
