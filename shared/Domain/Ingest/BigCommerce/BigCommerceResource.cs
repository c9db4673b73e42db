using System.Text.Json;

namespace Stockgate.Domain.Ingest.BigCommerce;

/// <summary>
/// What a notification makes readers of the store's API read: resources by their names in the filled body, and their paths. Facts:
/// https://developer.bigcommerce.com/docs/rest-management/orders and https://developer.bigcommerce.com/docs/rest-catalog/products
/// </summary>
public static class BigCommerceResource
{
    public const string Order = "order",
        Product = "product";

    private static readonly string[] ProductScopes = ["store/product/created", "store/product/updated"];

    /// <summary>Whether an event of this scope is of an order or of a product; null if of neither.</summary>
    public static string? KindOf(string scope)
    {
        if (scope.StartsWith("store/order/", StringComparison.Ordinal) || scope.StartsWith("store/shipment/", StringComparison.Ordinal))
            return scope.EndsWith("/archived", StringComparison.Ordinal) || scope.Contains("/message/", StringComparison.Ordinal)
                ? null
                : Order;
        return ProductScopes.Contains(scope) ? Product : null;
    }

    /// <summary>
    /// Paths below the API's address, by the name of what is there. Empty where nothing has to be read, or it was read before.
    /// </summary>
    public static IReadOnlyDictionary<string, string> PathsOf(JsonElement notification)
    {
        var none = new Dictionary<string, string>();
        if (notification.ValueKind != JsonValueKind.Object)
            return none;
        try
        {
            var body = new JsonFields(notification, "");
            if (body.Has(BigCommerceTranslator.Resources) || body.OptionalText("scope") is not { } scope)
                return none;
            var data = body.OptionalObject("data");
            // A shipment names its order beside its own id.
            var id = data?.OptionalId("orderId") ?? data?.OptionalId("id");
            if (id is null || !id.All(char.IsAsciiDigit))
                return none;
            return KindOf(scope) switch
            {
                Order => new Dictionary<string, string>
                {
                    [Order] = $"v2/orders/{id}",
                    ["products"] = $"v2/orders/{id}/products?limit=250",
                    ["shipments"] = $"v2/orders/{id}/shipments?limit=250",
                    ["refunds"] = $"v3/orders/{id}/payment_actions/refunds",
                },
                Product => new Dictionary<string, string> { [Product] = $"v3/catalog/products/{id}?include=variants" },
                _ => none,
            };
        }
        catch (Exception broken) when (broken is FieldException or InvalidOperationException)
        {
            return none;
        }
    }
}
