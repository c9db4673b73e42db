namespace Stockgate.Platform.Http;

/// <summary>
/// Room for one body that is larger than most. A few may be in memory at once; whoever comes then is asked to come again, so that many
/// large or slow senders can't take the memory of all others. Per worker on purpose: it is the worker's memory.
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
