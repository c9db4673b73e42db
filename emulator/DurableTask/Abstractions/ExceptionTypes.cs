using System.Collections.Concurrent;

namespace Microsoft.DurableTask;

/// <summary>Exception types by the name that a failure recorded.</summary>
internal static class ExceptionTypes
{
    // Only what was found is kept: a type that is missing now may be loaded later, and names that never resolve must not pile up.
    private static readonly ConcurrentDictionary<string, Type> Found = new(StringComparer.Ordinal);

    /// <summary>The loaded exception type of this full name, or null.</summary>
    public static Type? Find(string? fullName)
    {
        if (string.IsNullOrEmpty(fullName)) return null;
        if (Found.TryGetValue(fullName, out var known)) return known;
        var type = Load(fullName);
        return type is null ? null : Found.GetOrAdd(fullName, type);
    }

    private static Type? Load(string fullName)
    {
        try
        {
            return Exceptional(Type.GetType(fullName, throwOnError: false))
                ?? AppDomain.CurrentDomain.GetAssemblies().Select(assembly => Exceptional(assembly.GetType(fullName, throwOnError: false))).FirstOrDefault(type => type is not null);
        }
        catch (Exception)
        {
            // A recorded name is any text; one that cannot even be parsed throws in spite of throwOnError.
            return null;
        }
    }

    private static Type? Exceptional(Type? type) => typeof(Exception).IsAssignableFrom(type) ? type : null;
}
