using System.Threading.Channels;

namespace Stockgate.Emulator.Tests.Worker;

/// <summary>What functions tell their test, and what they wait for from it.</summary>
internal sealed class Probe
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly Channel<object?> _seen = Channel.CreateUnbounded<object?>();

    /// <summary>Functions that wait for it go on when the test sets it.</summary>
    public TaskCompletionSource Gate { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Saw(object? what) => _seen.Writer.TryWrite(what);

    /// <summary>The next thing seen; fails where none comes.</summary>
    public async Task<object?> NextAsync() => await _seen.Reader.ReadAsync().AsTask().WaitAsync(Patience);

    public async Task<T> NextAsync<T>() => Assert.IsType<T>(await NextAsync());

    /// <summary>True where nothing more was seen up to now.</summary>
    public bool IsQuiet => _seen.Reader.Count == 0;
}
