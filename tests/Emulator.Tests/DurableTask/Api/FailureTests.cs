using System.Text.Json;
using Microsoft.DurableTask;

namespace Stockgate.Emulator.Tests.DurableTask.Api;

public sealed class FailureTests
{
    [Fact]
    public void A_failure_is_caused_by_its_type_and_the_bases_of_it()
    {
        var failure = TaskFailureDetails.FromException(new FileNotFoundException("gone", new TimeoutException("late")));
        Assert.True(failure.IsCausedBy<FileNotFoundException>());
        Assert.True(failure.IsCausedBy<IOException>());
        Assert.False(failure.IsCausedBy<TimeoutException>());
        Assert.True(failure.InnerFailure!.IsCausedBy<TimeoutException>());
        Assert.Throws<ArgumentException>(() => failure.IsCausedBy(typeof(string)));
    }

    [Theory]
    [InlineData("Nowhere.LostException")]
    [InlineData("[[broken, name`]]")]
    [InlineData("")]
    public void A_type_that_is_not_loaded_causes_nothing(string type) =>
        Assert.False(new TaskFailureDetails(type, "", null, null, null).IsCausedBy<Exception>());

    [Fact]
    public void Exceptions_are_followed_sixteen_levels_deep()
    {
        var exception = Enumerable.Range(0, 40).Aggregate(new Exception("root"), (inner, i) => new Exception($"{i}", inner));
        var depth = 0;
        for (var at = TaskFailureDetails.FromException(exception); at is not null; at = at.InnerFailure) depth++;
        Assert.Equal(16, depth);
    }

    [Fact]
    public void An_exception_that_cannot_tell_its_message_is_still_described()
    {
        var failure = TaskFailureDetails.FromException(new Mute());
        Assert.True(failure.IsCausedBy<Mute>());
        Assert.Contains("could not be read", failure.ErrorMessage);
        Assert.Contains("could not be read", failure.StackTrace);
    }

    [Fact]
    public void A_failed_task_carries_the_failure_of_the_task()
    {
        var failed = new TaskFailedException("Pay", 7, new AggregateException(new TimeoutException("late")));
        Assert.StartsWith("Task 'Pay' (#7) failed with an unhandled exception: ", failed.Message);
        Assert.True(failed.IsCausedByException<AggregateException>());
        var outer = TaskFailureDetails.FromException(failed);
        Assert.True(outer.IsCausedBy<TaskFailedException>());
        Assert.Equal("late", outer.InnerFailure!.InnerFailure!.ErrorMessage);
    }

    [Fact]
    public void A_failure_survives_json()
    {
        var failure = TaskFailureDetails.FromException(new InvalidOperationException("outer", new TimeoutException("inner")));
        var text = JsonSerializer.Serialize(failure, JsonSerializerOptions.Web);
        Assert.Equal(failure, JsonSerializer.Deserialize<TaskFailureDetails>(text, JsonSerializerOptions.Web));
        Assert.Equal(failure, JsonDataConverter.Default.Deserialize<TaskFailureDetails>(JsonDataConverter.Default.Serialize(failure)));
    }

    private sealed class Mute : Exception
    {
        public override string Message => throw new InvalidOperationException();

        public override string StackTrace => throw new InvalidOperationException();
    }
}
