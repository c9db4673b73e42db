namespace Stockgate.Local.ServiceBus.Sqlite;

/// <summary>What a <see cref="GroupCommit{TEngine}"/> runs operations against. All of it is called on the writer's thread.</summary>
internal interface ICommitEngine<TEngine>
    where TEngine : class, ICommitEngine<TEngine>
{
    string ThreadName { get; }

    /// <summary>Runs the operations in one transaction, then publishes those that are done. What it throws ends the engine.</summary>
    void Commit(List<Operation<TEngine>> group);

    /// <summary>An operation has its result, to be published after the commit of the group being run.</summary>
    void Finish(Operation<TEngine> operation);

    /// <summary>The operations without an answer when the engine ends.</summary>
    IEnumerable<Operation<TEngine>> Unanswered();

    /// <summary>The answer to whatever is asked or left over after the end. Callers' threads ask too.</summary>
    /// <param name="fault">Why it ended; null when it was closed.</param>
    Exception Stopped(Exception? fault);
}
