using System.Linq.Expressions;
using System.Reflection;

namespace Stockgate.Emulator.Tables.Filters;

/// <summary>Evaluates the parts of a condition that do not depend on the entity: literals, captured variables, calls on them.</summary>
internal static class Constant
{
    public static bool TryEvaluate(Expression expression, ParameterExpression entity, out object? value)
    {
        value = null;
        if (Mentions.Any(expression, entity)) return false;
        value = Evaluate(expression);
        return true;
    }

    /// <summary>Captured variables are fields of a closure: read those directly, because compiling a lambda costs a thousand times as much.</summary>
    private static object? Evaluate(Expression expression) => expression switch
    {
        ConstantExpression constant => constant.Value,
        MemberExpression { Member: FieldInfo field, Expression: var target } => field.GetValue(target is null ? null : Evaluate(target)),
        MemberExpression { Member: PropertyInfo property, Expression: var target } => property.GetValue(target is null ? null : Evaluate(target)),
        UnaryExpression { NodeType: ExpressionType.Convert, Method: null, Operand: var operand, Type: var type }
            when Nullable.GetUnderlyingType(type) == operand.Type || type == typeof(object) => Evaluate(operand),
        _ => Expression.Lambda<Func<object?>>(Expression.Convert(expression, typeof(object))).Compile(preferInterpretation: true)(),
    };

    private sealed class Mentions(ParameterExpression entity) : ExpressionVisitor
    {
        private bool found;

        public static bool Any(Expression expression, ParameterExpression entity)
        {
            var visitor = new Mentions(entity);
            visitor.Visit(expression);
            return visitor.found;
        }

        protected override Expression VisitParameter(ParameterExpression node)
        {
            found |= node == entity;
            return node;
        }
    }
}
