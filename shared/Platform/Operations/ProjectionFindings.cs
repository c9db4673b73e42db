using Stockgate.Domain.Operations;
using Stockgate.Platform.Operations;

namespace Stockgate.Platform.Operations;

/// <summary>Collects the exceptions of a batch, one per failure. Without failures storage is not accessed.</summary>
internal sealed class ProjectionFindings(ExceptionLog exceptions)
{
    private readonly Dictionary<string, OperationException> raised = new(StringComparer.Ordinal);
    private readonly List<(string Type, string Subject)> mended = [];

    public void Add(OperationException found) => raised[found.Fingerprint] = found.AddedTo(raised.GetValueOrDefault(found.Fingerprint));

    /// <summary>Closes the exceptions of a type and subject.</summary>
    public void Mended(string type, string subject) => mended.Add((type, subject));

    public async Task TellAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (var found in raised.Values)
            await exceptions.RaiseAsync(found, cancellationToken);
        foreach (var (type, subject) in mended)
            await exceptions.ResolveAsync(type, subject, now, cancellationToken);
        Forget();
    }

    public void Forget()
    {
        raised.Clear();
        mended.Clear();
    }
}
