using System.Globalization;
using System.Linq.Expressions;

namespace Stockgate.Emulator.Tables.Filters;

/// <summary>Makes the service's filter text.</summary>
internal static class Filter
{
    /// <summary>An interpolated text whose holes become quoted and escaped literals; the text itself must not put quotes around them.</summary>
    public static string Of(FormattableString filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var literals = new object[filter.ArgumentCount];
        for (var i = 0; i < literals.Length; i++) literals[i] = FilterLiteral.Of(filter.GetArgument(i));
        return string.Format(CultureInfo.InvariantCulture, filter.Format, literals);
    }

    /// <summary>A condition written in C#. Null where it is the constant true, which is no condition.</summary>
    /// <exception cref="NotSupportedException">The service has no such condition; the message says which part and what there is instead.</exception>
    public static string? Of<T>(Expression<Func<T, bool>> filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return filter.Body is ConstantExpression { Value: true } ? null : new FilterWriter(filter.Parameters[0]).Write(filter.Body);
    }
}
