using Stockgate.Demo.Forecasting;
using Stockgate.Demo.Local;
using Stockgate.Demo.Orders;
using Stockgate.Demo.Partners;
using Stockgate.Demo.Pricing;
using Stockgate.Demo.Promotions;

namespace Stockgate.Demo.Retail;

/// <summary>What the simulated retailer sets up: its channels, its people, its policies.</summary>
public static class RetailerSettings
{
    /// <param name="settings">Of an app that is about to start.</param>
    /// <param name="channels">Its systems that get messages.</param>
    /// <param name="partners">Where the <see cref="PartnerServer"/> listens.</param>
    public static void AddTo(AppSettings settings, PartnerSettings channels, Uri partners)
    {
        channels.AddTo(settings.Environment, partners);
        ScenePolicy.AddTo(settings.Environment);
        OrderPeople.AddTo(settings.Environment);
        ForecastScene.AddTo(settings.Environment);
        PricingScene.AddTo(settings.Environment);
        // Nobody of the scenes does: it is for whoever follows docs/operator.md.
        settings.Environment["People__Ada__Roles"] = "data-steward";
    }
}
