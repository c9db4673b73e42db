using System.Linq.Expressions;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using Stockgate.Emulator.Tables.Entities;

namespace Stockgate.Emulator.Tables.Filters;

/// <summary>Recognizes a property of the entity in an expression.</summary>
internal static class EntityProperty
{
    /// <summary>The name that the table has for it, or null where the expression is no property of the entity.</summary>
    public static string? NameOf(Expression expression, ParameterExpression entity) => WithoutConversion(expression) switch
    {
        MemberExpression { Member.Name: "Value", Expression: { } inner } when Nullable.GetUnderlyingType(inner.Type) is not null => NameOf(inner, entity),
        MemberExpression { Expression: { } target, Member: var member } when WithoutConversion(target) == entity =>
            member.DeclaringType == typeof(TableItem) && member.Name == nameof(TableItem.Name) ? "TableName" : EntityMap.NameOf(member),
        // entity["Name"] and entity.GetString("Name") of a dictionary.
        MethodCallExpression { Object: { } target, Arguments: [var name], Method: var method }
            when WithoutConversion(target) == entity && target.Type == typeof(TableEntity) && (method.Name == "get_Item" || method.Name.StartsWith("Get", StringComparison.Ordinal)) &&
                Constant.TryEvaluate(name, entity, out var text) => text as string,
        _ => null,
    };

    /// <summary>The enum type of the property, or null where it is none.</summary>
    public static Type? EnumOf(Expression property)
    {
        var type = WithoutConversion(property).Type;
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type.IsEnum ? type : null;
    }

    private static Expression WithoutConversion(Expression expression) =>
        expression is UnaryExpression { NodeType: ExpressionType.Convert or ExpressionType.ConvertChecked or ExpressionType.TypeAs, Operand: var operand }
            ? WithoutConversion(operand)
            : expression;
}
