using System.Threading.RateLimiting;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace Stockgate.Platform.Outbound;

/// <summary>How one call, or one attempt of it, ended.</summary>
/// <param name="Status">Null if there was no answer.</param>
/// <param name="Body">Of an answer that is read: the first 16 KiB.</param>
/// <param name="Transient">A retry may succeed.</param>
/// <param name="Tried">False if nothing was sent: the circuit is open, or too many wait.</param>
/// <param name="Reached">False if nobody was there to take it.</param>
internal sealed record Attempt(
    int? Status,
    ReadOnlyMemory<byte> Body,
    string Detail,
    bool Transient,
    TimeSpan? RetryAfter = null,
    bool Tried = true,
    bool Reached = true
);

/// <summary>
/// The resilience pipeline of one channel, from the outside in: concurrency limiter with a queue, total timeout, retries with jitter,
/// circuit breaker, timeout per attempt.
/// </summary>
internal sealed class ChannelPipeline : IDisposable
{
    private readonly ResiliencePipeline<Attempt> pipeline;
    private readonly ConcurrencyLimiter limiter;
    private readonly CircuitBreakerStateProvider breaker = new();

    /// <param name="name">The channel's.</param>
    /// <param name="timeout">Of one attempt.</param>
    /// <param name="limits">The same for every channel.</param>
    /// <param name="time">Our clock.</param>
    /// <param name="retried">Called before each further attempt.</param>
    public ChannelPipeline(string name, TimeSpan timeout, SendLimits limits, TimeProvider time, Action retried)
    {
        limiter = new ConcurrencyLimiter(
            new ConcurrencyLimiterOptions
            {
                PermitLimit = limits.AtOnce,
                QueueLimit = limits.Waiting,
                QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
            }
        );
        pipeline = new ResiliencePipelineBuilder<Attempt> { TimeProvider = time, Name = name }
            .AddStrategy(_ => new Turns(limiter))
            .AddTimeout(timeout * limits.TotalTimeouts)
            .AddRetry(
                new RetryStrategyOptions<Attempt>
                {
                    MaxRetryAttempts = limits.Retries,
                    BackoffType = DelayBackoffType.Exponential,
                    UseJitter = true,
                    Delay = limits.Pause,
                    MaxDelay = limits.LongestPause,
                    ShouldHandle = args =>
                        ValueTask.FromResult(Failed(args.Outcome) && !(args.Outcome.Result?.RetryAfter > limits.LongestRetryAfter)),
                    DelayGenerator = args => ValueTask.FromResult(args.Outcome.Result?.RetryAfter),
                    OnRetry = _ =>
                    {
                        retried();
                        return ValueTask.CompletedTask;
                    },
                }
            )
            .AddCircuitBreaker(
                new CircuitBreakerStrategyOptions<Attempt>
                {
                    FailureRatio = 0.5,
                    MinimumThroughput = limits.BreakerAttempts,
                    SamplingDuration = limits.BreakerWindow,
                    BreakDuration = limits.BreakerPause,
                    StateProvider = breaker,
                    // A channel that asks for fewer calls is there; it is slowed down for, not cut off.
                    ShouldHandle = args => ValueTask.FromResult(Failed(args.Outcome) && args.Outcome.Result?.Status != 429),
                }
            )
            .AddTimeout(timeout)
            .Build();
    }

    public CircuitState Circuit => breaker.CircuitState;

    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<Attempt> RunAsync(Func<CancellationToken, ValueTask<Attempt>> attempt, CancellationToken cancellationToken)
    {
        try
        {
            return await pipeline.ExecuteAsync(static (call, token) => call(token), attempt, cancellationToken);
        }
        catch (TimeoutRejectedException late)
        {
            return new Attempt(null, default, $"did not answer within {late.Timeout.TotalSeconds:0.#} s", Transient: true);
        }
        catch (BrokenCircuitException)
        {
            return new Attempt(
                null,
                default,
                "is not called for some seconds: too many recent calls failed",
                Transient: true,
                Tried: false
            );
        }
    }

    public void Dispose() => limiter.Dispose();

    private static bool Failed(Outcome<Attempt> outcome) =>
        outcome.Exception is TimeoutRejectedException || outcome.Result is { Transient: true };

    // Calls beyond the limit wait in line instead of failing: five hundred promotions may start in the same second.
    private sealed class Turns(ConcurrencyLimiter limiter) : ResilienceStrategy<Attempt>
    {
        protected override async ValueTask<Outcome<Attempt>> ExecuteCore<TState>(
            Func<ResilienceContext, TState, ValueTask<Outcome<Attempt>>> callback,
            ResilienceContext context,
            TState state
        )
        {
            using var turn = await limiter.AcquireAsync(1, context.CancellationToken);
            return turn.IsAcquired
                ? await callback(context, state)
                : Outcome.FromResult(
                    new Attempt(null, default, "was not called: too many calls are waiting", Transient: true, Tried: false)
                );
        }
    }
}
