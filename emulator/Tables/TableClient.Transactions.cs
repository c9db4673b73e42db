using Azure.Core;
using Stockgate.Emulator.Tables.Transactions;
using Stockgate.Emulator.Tables.Wire;

namespace Azure.Data.Tables;

public partial class TableClient
{
    /// <summary>
    /// Does up to 100 actions (4 MiB) on entities of one partition, all or none. The answer has a response per action, in their order, with its ETag.
    /// </summary>
    /// <exception cref="InvalidOperationException">There are no actions.</exception>
    /// <exception cref="TableTransactionFailedException">The service refused one; <see cref="TableTransactionFailedException.FailedTransactionActionIndex"/> says which.</exception>
    public virtual async Task<Response<IReadOnlyList<Response>>> SubmitTransactionAsync(
        IEnumerable<TableTransactionAction> transactionActions, CancellationToken cancellationToken = default) => await SubmitCore(transactionActions, async: true, cancellationToken);

    /// <inheritdoc cref="SubmitTransactionAsync"/>
    public virtual Response<IReadOnlyList<Response>> SubmitTransaction(IEnumerable<TableTransactionAction> transactionActions, CancellationToken cancellationToken = default) =>
        Completed.Get(SubmitCore(transactionActions, async: false, cancellationToken));

    private async ValueTask<Response<IReadOnlyList<Response>>> SubmitCore(IEnumerable<TableTransactionAction> transactionActions, bool async, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(transactionActions);
        var actions = transactionActions as IReadOnlyList<TableTransactionAction> ?? [.. transactionActions];
        if (actions.Count == 0) throw new InvalidOperationException("A transaction needs at least one action.");
        Check(actions);

        using var message = account.Request(RequestMethod.Post, "/$batch", "application/json");
        var changeset = new Changeset($"{account.Root}/{name}", actions);
        message.Request.Content = changeset.Content;
        message.Request.Headers.SetValue("Content-Type", changeset.ContentType);
        var response = await account.SendAsync(message, async, Accepts.Success, cancellationToken);
        var parts = ChangesetAnswer.Parse(response, actions.Count);
        // A refused transaction has one part: the error of the action that was refused.
        if (parts[0].Status >= 400) throw FailedAction.From(parts[0]);
        return Response.FromValue<IReadOnlyList<Response>>(parts, response);
    }

    /// <summary>Azurite writes to several partitions in one transaction; the service does not. The exception is the one that the service would cause.</summary>
    private static void Check(IReadOnlyList<TableTransactionAction> actions)
    {
        for (var i = 0; i < actions.Count; i++)
        {
            Check(actions[i].Entity);
            if (actions[i].Entity.PartitionKey != actions[0].Entity.PartitionKey)
                throw FailedAction.Refuse(i, 400, "CommandsInBatchActOnDifferentPartitions", "All actions of a transaction must have the same PartitionKey.");
        }
    }
}
