using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Stockgate.Platform.Settings;

namespace Stockgate.Platform.Suppliers;

internal static class SupplierRegistration
{
    public static IServiceCollection AddSuppliers(this IServiceCollection services, IConfiguration configuration) =>
        services.AddSettings<SupplierOrderOptions>(configuration).AddSingleton<ControlNumbers>().AddSingleton<SupplierOrders>();
}
