namespace Stockgate.Platform.Http;

/// <summary>
/// Limits how many large bodies are in memory at once; further ones are answered 503, so that large or slow senders can't exhaust the
/// memory. Per worker on purpose.
/// </summary>
public sealed class LargeBodyRoom : IDisposable
{
    private const int Rooms = 4;

    private static readonly SemaphoreSlim Free = new(Rooms, Rooms);

    private bool taken;

    /// <exception cref="ProblemException">All are taken.</exception>
    public void Take()
    {
        if (taken)
            return;
        if (!Free.Wait(0))
            throw BodyProblems.Busy();
        taken = true;
    }

    public void Dispose()
    {
        if (taken)
            Free.Release();
        taken = false;
    }
}
