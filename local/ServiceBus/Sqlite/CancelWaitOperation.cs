namespace Stockgate.Local.ServiceBus.Sqlite;

/// <summary>The caller cancelled the wait.</summary>
internal sealed class CancelWaitOperation<TEngine>(Action<TEngine> cancel) : Operation<TEngine, bool>
    where TEngine : class, ICommitEngine<TEngine>
{
    public override void Execute(TEngine engine)
    {
        cancel(engine);
        Succeed(engine, true);
    }
}
