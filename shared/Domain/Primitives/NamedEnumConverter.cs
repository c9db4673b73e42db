using System.Text.Json.Serialization;

namespace Stockgate.Domain;

/// <summary>
/// An enumeration as its names in JSON, and only as those: a number would be taken for any value, also for one that there is not.
/// </summary>
public sealed class NamedEnumConverter<T>() : JsonStringEnumConverter<T>(namingPolicy: null, allowIntegerValues: false)
    where T : struct, Enum;
