using System.Linq.Expressions;
using System.Text;

namespace Stockgate.Emulator.Tables.Filters;

/// <summary>Writes a C# condition as an OData filter. What does not touch the entity is evaluated first and becomes a literal.</summary>
internal sealed class FilterWriter(ParameterExpression entity)
{
    private readonly StringBuilder text = new();

    public string Write(Expression condition)
    {
        Condition(condition);
        return text.ToString();
    }

    private void Condition(Expression expression)
    {
        switch (expression)
        {
            case BinaryExpression { NodeType: ExpressionType.AndAlso or ExpressionType.And or ExpressionType.OrElse or ExpressionType.Or } both:
                Grouped(both.Left);
                text.Append(both.NodeType is ExpressionType.AndAlso or ExpressionType.And ? " and " : " or ");
                Grouped(both.Right);
                break;
            case UnaryExpression { NodeType: ExpressionType.Not } not:
                text.Append("not ");
                Grouped(not.Operand);
                break;
            case BinaryExpression comparison when Operator(comparison.NodeType) is { } op:
                Comparison(comparison, op);
                break;
            case var _ when Constant.TryEvaluate(expression, entity, out var value):
                text.Append(FilterLiteral.Of(value));
                break;
            case var _ when EntityProperty.NameOf(expression, entity) is { } name:
                text.Append(name).Append(" eq true");
                break;
            default:
                throw Unsupported(expression);
        }
    }

    private void Grouped(Expression operand)
    {
        text.Append('(');
        Condition(operand);
        text.Append(')');
    }

    private void Comparison(BinaryExpression comparison, string op)
    {
        var (left, right) = (comparison.Left, comparison.Right);
        // C# has no < for strings: Compare(a, b) < 0 and a.CompareTo(b) < 0 stand for a < b, also with the 0 first.
        if (TextComparison.Operands(left, right) is { } operands) (left, right) = operands;
        else if (TextComparison.Operands(right, left) is { } flipped) (right, left) = flipped;

        var leftName = EntityProperty.NameOf(left, entity);
        var rightName = EntityProperty.NameOf(right, entity);
        if (leftName is null && rightName is null) throw Unsupported(comparison);
        var enumType = EntityProperty.EnumOf(leftName is null ? right : left);
        Operand(left, leftName, enumType);
        text.Append(' ').Append(op).Append(' ');
        Operand(right, rightName, enumType);
    }

    private void Operand(Expression operand, string? name, Type? enumType)
    {
        if (name is not null) text.Append(name);
        else if (!Constant.TryEvaluate(operand, entity, out var value)) throw Unsupported(operand);
        // The compiler compares enums as numbers; the table holds their names.
        else text.Append(FilterLiteral.Of(enumType is null || value is null ? value : Enum.ToObject(enumType, value).ToString()));
    }

    private static string? Operator(ExpressionType type) => type switch
    {
        ExpressionType.Equal => "eq",
        ExpressionType.NotEqual => "ne",
        ExpressionType.GreaterThan => "gt",
        ExpressionType.GreaterThanOrEqual => "ge",
        ExpressionType.LessThan => "lt",
        ExpressionType.LessThanOrEqual => "le",
        _ => null,
    };

    private static NotSupportedException Unsupported(Expression expression) => new(
        $"'{expression}' is no condition that the Table service knows. It compares properties with values " +
        "(==, !=, <, <=, >, >=, string.Compare(…) or CompareTo(…) against 0), joined by &&, || and !.");
}
