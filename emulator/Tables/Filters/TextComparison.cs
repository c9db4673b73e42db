using System.Linq.Expressions;

namespace Stockgate.Emulator.Tables.Filters;

/// <summary>Recognizes <c>string.Compare(a, b)</c>, <c>string.CompareOrdinal(a, b)</c> and <c>a.CompareTo(b)</c> compared with 0.</summary>
internal static class TextComparison
{
    /// <summary>What is compared, or null where it is something else.</summary>
    public static (Expression Left, Expression Right)? Operands(Expression comparison, Expression zero)
    {
        if (comparison is not MethodCallExpression call || zero is not ConstantExpression { Value: 0 }) return null;
        return call switch
        {
            { Method: { Name: nameof(string.Compare) or nameof(string.CompareOrdinal), DeclaringType: var type }, Arguments.Count: 2 }
                when type == typeof(string) => (call.Arguments[0], call.Arguments[1]),
            { Method.Name: nameof(IComparable.CompareTo), Object: { } left, Arguments.Count: 1 } => (left, call.Arguments[0]),
            _ => null,
        };
    }
}
