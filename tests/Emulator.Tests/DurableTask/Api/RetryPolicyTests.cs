using Microsoft.DurableTask;

namespace Stockgate.Emulator.Tests.DurableTask.Api;

public sealed class RetryPolicyTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData(1, 0, null, null, 2.0)]
    [InlineData(2, 0, null, null, 4.0)]
    [InlineData(3, 0, null, null, 8.0)]
    [InlineData(3, 0, 5.0, null, 5.0)]
    [InlineData(2, 0, null, 4.0, 4.0)]
    [InlineData(2, 1, null, 4.0, null)]
    [InlineData(9, 0, null, null, 512.0)]
    [InlineData(10, 0, null, null, null)]
    [InlineData(11, 0, null, null, null)]
    public void Delays_double_within_their_limits(int failed, int elapsed, double? longest, double? timeout, double? expected)
    {
        var policy = new RetryPolicy(10, 2 * Second, 2, longest * Second, timeout * Second);
        Assert.Equal(expected * Second, policy.NextDelay(failed, elapsed * Second));
    }

    [Fact]
    public void A_delay_that_grows_without_end_can_still_be_added_to_a_date()
    {
        var delay = new RetryPolicy(int.MaxValue, Second, 1e300).NextDelay(int.MaxValue - 1, TimeSpan.Zero);
        Assert.Equal(TimeSpan.FromDays(36_500), delay);
    }

    [Fact]
    public void Arguments_outside_their_range_are_refused_with_the_range()
    {
        Refused("at least 1", () => new RetryPolicy(0, Second));
        Refused("more than zero", () => new RetryPolicy(1, TimeSpan.Zero));
        Refused("at least 1", () => new RetryPolicy(1, Second, 0.9));
        Refused("finite", () => new RetryPolicy(1, Second, double.NaN));
        Refused("at least firstRetryInterval", () => new RetryPolicy(1, Second, 1, Second / 2));
        Refused("at least firstRetryInterval", () => new RetryPolicy(1, Second, 1, null, TimeSpan.Zero));
        Assert.Equal(Timeout.InfiniteTimeSpan, new RetryPolicy(1, Second, 1, Timeout.InfiniteTimeSpan).MaxRetryInterval);
    }

    [Theory]
    [InlineData(true, true, true)]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    public async Task Everything_that_decides_must_agree(bool byDetails, bool byException, bool expected)
    {
        var policy = new RetryPolicy(2, Second) { HandleFailure = _ => byDetails, HandleAsync = _ => Task.FromResult(byException) };
        Assert.Equal(expected, await policy.Allows(new TaskFailedException("Pay", 1, new InvalidOperationException("no"))));
    }

    [Fact]
    public async Task A_handler_becomes_one_that_can_await()
    {
        var options = TaskRetryOptions.FromRetryHandler(context => context.LastAttemptNumber < 3);
        Assert.Null(options.Policy);
        Assert.True(await options.Handler!(new RetryContext(null!, 2, null!, Second, default)));
        Assert.False(await options.Handler!(new RetryContext(null!, 3, null!, Second, default)));
    }

    private static void Refused(string range, Func<object> make) => Assert.Contains(range, Assert.Throws<ArgumentOutOfRangeException>(make).Message);
}
