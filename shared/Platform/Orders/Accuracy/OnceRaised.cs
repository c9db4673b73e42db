using Stockgate.Domain;
using Stockgate.Domain.Operations;
using Stockgate.Platform.Operations;
using Stockgate.Platform.Orders.Actions;

namespace Stockgate.Platform.Orders.Accuracy;

/// <summary>Exceptions for recurring observations: opened when one appears, closed when it disappears.</summary>
internal sealed class OnceRaised(ExceptionLog exceptions)
{
    /// <summary>
    /// Opens the exception unless one of its type is open about its subject: an exception sums its money over every time, and a look is
    /// not a time.
    /// </summary>
    public async Task RaiseAsync(OperationException raised, CancellationToken cancellationToken)
    {
        if (
            (await exceptions.AboutAsync(raised.Subject, cancellationToken)).Any(e =>
                e.Subject == raised.Subject && e.Type == raised.Type && e.ResolvedAt is null
            )
        )
            return;
        await exceptions.RaiseAsync(raised, cancellationToken);
    }

    public Task ResolveAsync(string type, OrderId order, DateTimeOffset at, CancellationToken cancellationToken) =>
        exceptions.ResolveAsync(type, OrderActionStore.SubjectOf(order), at, cancellationToken);
}
