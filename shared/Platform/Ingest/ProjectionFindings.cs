using Stockgate.Domain.Operations;
using Stockgate.Platform.Operations;

namespace Stockgate.Platform.Ingest;

/// <summary>What people have to be told of a batch: collected while it is applied, one exception for each failure. Nothing is asked of the storage where there is nothing to tell.</summary>
internal sealed class ProjectionFindings(ExceptionLog exceptions)
{
    private readonly Dictionary<string, OperationException> raised = new(StringComparer.Ordinal);

    public void Add(OperationException found) => raised[found.Fingerprint] = found.AddedTo(raised.GetValueOrDefault(found.Fingerprint));

    public async Task TellAsync(CancellationToken cancellationToken)
    {
        foreach (var found in raised.Values) await exceptions.RaiseAsync(found, cancellationToken);
        raised.Clear();
    }

    public void Forget() => raised.Clear();
}
