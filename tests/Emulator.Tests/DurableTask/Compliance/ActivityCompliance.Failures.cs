using Microsoft.DurableTask;

namespace Stockgate.Emulator.Tests.DurableTask.Compliance;

public abstract partial class ActivityCompliance
{
    [Fact]
    public async Task An_exception_arrives_with_its_type_message_and_cause()
    {
        var seen = await OutputAsync<string[]>(Orchestrate(async c =>
        {
            try
            {
                await c.CallActivityAsync("Pay");
                return ["nothing thrown"];
            }
            catch (TaskFailedException e)
            {
                var details = e.FailureDetails;
                return new[]
                {
                    e.TaskName, details.ErrorType, details.ErrorMessage, details.InnerFailure?.ErrorType ?? "-", details.InnerFailure?.ErrorMessage ?? "-",
                    $"{details.IsCausedBy<ArgumentException>()} {details.IsCausedBy<IOException>()} {e.IsCausedByException<InvalidDataException>()}",
                };
            }
        }).AddActivityFunc("Pay", _ => throw new ArgumentOutOfRangeException("amount is below zero", new InvalidDataException("row 7"))));
        Same(["Pay", typeof(ArgumentOutOfRangeException).FullName!, "amount is below zero", typeof(InvalidDataException).FullName!, "row 7", "True False False"], seen);
    }

    [Fact]
    public async Task One_that_nobody_catches_fails_the_instance()
    {
        var failure = await FailureAsync(Orchestrate(c => c.CallActivityAsync("Pay")).AddActivityFunc("Pay", _ => throw new InvalidOperationException("the card is blocked")));
        Assert.Equal(typeof(TaskFailedException).FullName, failure.ErrorType);
        AssertContains(failure.ErrorMessage, "Pay", "the card is blocked");
        Assert.Equal(typeof(InvalidOperationException).FullName, failure.InnerFailure?.ErrorType);
        Assert.True(failure.InnerFailure!.IsCausedBy<InvalidOperationException>());
    }

    [Fact]
    public async Task An_orchestrator_goes_on_after_one_that_it_caught() =>
        Assert.Equal("plan B", await OutputAsync<string>(Orchestrate(async c =>
        {
            try
            {
                return await c.CallActivityAsync<string>("A");
            }
            catch (TaskFailedException)
            {
                return await c.CallActivityAsync<string>("B");
            }
        }).AddActivityFunc<string>("A", _ => Task.FromException<string>(new TimeoutException())).AddActivityFunc("B", _ => "plan B")));

    [Fact]
    public async Task An_unknown_activity_is_named_with_those_there_are() =>
        AssertContains((await FailureAsync(Orchestrate(c => c.CallActivityAsync("Chrage")).AddActivityFunc("Charge", _ => { }))).ErrorMessage, "'Chrage'", "Charge");

    [Fact]
    public async Task A_result_that_cant_be_serialized_is_an_error_that_names_the_activity() =>
        AssertContains((await FailureAsync(Orchestrate(c => c.CallActivityAsync("Loop")).AddActivityFunc("Loop", _ => new Loop()))).ErrorMessage, "result", "'Loop'");

    [Fact]
    public async Task An_input_that_cant_be_serialized_is_an_error_that_names_the_activity_and_can_be_caught()
    {
        var said = await OutputAsync<string>(Orchestrate(async c =>
        {
            try
            {
                await c.CallActivityAsync("Take", new Loop());
                return "taken";
            }
            catch (InvalidOperationException e)
            {
                return e.Message;
            }
        }).AddActivityFunc("Take", _ => { }));
        AssertContains(said!, "input", "'Take'");
    }

    [Fact]
    public async Task An_input_that_does_not_fit_is_an_error_that_names_the_activity() =>
        AssertContains((await FailureAsync(Orchestrate(c => c.CallActivityAsync("Count", "many")).AddActivityFunc<int, int>("Count", (_, n) => n))).ErrorMessage, "input", "'Count'", "Int32");

    [Fact]
    public async Task A_result_that_does_not_fit_is_an_error_that_names_the_activity() =>
        AssertContains((await FailureAsync(Orchestrate(c => c.CallActivityAsync<int>("Word")).AddActivityFunc("Word", _ => "many"))).ErrorMessage, "result", "'Word'", "Int32");

    [Fact]
    public async Task An_exception_whose_message_throws_is_a_failure_like_any_other()
    {
        var failure = await FailureAsync(Orchestrate(c => c.CallActivityAsync("Poison")).AddActivityFunc("Poison", _ => throw new Poison()));
        Assert.Equal(typeof(Poison).FullName, failure.InnerFailure?.ErrorType);
    }

    [Fact]
    public async Task An_orchestrators_exception_whose_message_throws_fails_the_instance() =>
        Assert.Equal(typeof(Poison).FullName, (await FailureAsync(Orchestrate(_ => throw new Poison()))).ErrorType);

    [Fact]
    public async Task One_that_throws_at_once_and_one_that_fails_later_fail_alike()
    {
        var failures = await OutputAsync<string[]>(Orchestrate(async c => new[] { await Caught(c.CallActivityAsync("AtOnce")), await Caught(c.CallActivityAsync("Later")) })
            .AddActivityFunc("AtOnce", _ => throw new IOException("at once"))
            .AddActivityFunc("Later", async _ =>
            {
                await Task.Yield();
                throw new IOException("later");
            }));
        Same(["at once", "later"], failures);
    }

    private static async Task<string> Caught(Task call)
    {
        try
        {
            await call;
            return "-";
        }
        catch (TaskFailedException e)
        {
            return e.FailureDetails.ErrorMessage;
        }
    }

    private sealed class Loop
    {
        public Loop Self => this;
    }

    private sealed class Poison : Exception
    {
        public override string Message => throw new NotSupportedException();
    }
}
