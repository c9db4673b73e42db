using System.Text.Json.Serialization.Metadata;

namespace Stockgate.Domain.Ingest;

/// <summary>A field of an event that its type does not have. The event counts without it.</summary>
/// <param name="Path">From the record's root, such as <c>data.lines[0].qty</c>.</param>
/// <param name="DidYouMean">The nearest field that the type has; null if none is near.</param>
public sealed record PassedOver(string Path, string? DidYouMean)
{
    /// <summary>More are not named: they are one mistake repeated, or another form altogether.</summary>
    public const int Most = 10;

    internal static IReadOnlyList<PassedOver> In(ReadOnlyMemory<byte> data, JsonTypeInfo form) =>
        [.. UnknownField.All(data, form, Most).Select(static u => new PassedOver($"data.{u.Path}", NearestName.To(u.Name, u.Known)))];
}
